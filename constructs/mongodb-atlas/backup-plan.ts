import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, inDays, inSeconds } from "../units";
import { type AtlasRegion, isAtlasRegion } from "./regions";

/** Which snapshots are taken, and how long each is kept. */
export interface BackupPlan {
  /** Every 1, 2, 4, 6, 8 or 12 hours. */
  readonly hourly: { readonly every: Duration; readonly keep: Duration };
  readonly daily: { readonly keep: Duration };
  /** At least 7 days, and no shorter than the daily ones. */
  readonly weekly: { readonly keep: Duration };
  /** At least 31 days, and no shorter than the weekly ones. */
  readonly monthly: { readonly keep: Duration };
  /** At least a year, and no shorter than the monthly ones. */
  readonly yearly: { readonly keep: Duration } | "none";
  /** How far back any moment can be restored: whole days, no longer than the hourly ones are kept. */
  readonly restoreWindow: Duration;
  /** Atlas's names of the regions that get a copy of every snapshot but the hourly ones. */
  readonly copyTo: AtlasRegion | readonly AtlasRegion[] | "none";
}

/** The plans that environments start from. Another plan is one of these with differences. */
export const BackupPolicies = {
  /**
   * Six-hourly for a week, with any moment of it; daily for 30 days, weekly for 8 weeks, monthly for 13 months, yearly
   * for 7 years.
   *
   * @param copyTo the second region, without which the loss of a region is the loss of the data
   */
  production: (copyTo: BackupPlan["copyTo"]): BackupPlan => ({
    hourly: { every: "6 hours", keep: "7 days" },
    daily: { keep: "30 days" },
    weekly: { keep: "8 weeks" },
    monthly: { keep: "13 months" },
    yearly: { keep: "7 years" },
    restoreWindow: "7 days",
    copyTo,
  }),

  /** As production, but what is kept for years is not: drills look back one quarter. */
  staging: (copyTo: BackupPlan["copyTo"] = "none"): BackupPlan => ({
    ...BackupPolicies.production(copyTo),
    monthly: { keep: "3 months" },
    yearly: "none",
  }),

  /** Enough to undo a mistake with made-up data. */
  development: (): BackupPlan => ({
    hourly: { every: "12 hours", keep: "2 days" },
    daily: { keep: "7 days" },
    weekly: { keep: "2 weeks" },
    monthly: { keep: "2 months" },
    yearly: "none",
    restoreWindow: "2 days",
    copyTo: "none",
  }),
} as const;

/** Regions that get copies. */
export function copyRegions({ copyTo }: Pick<BackupPlan, "copyTo">): readonly AtlasRegion[] {
  return copyTo === "none" ? [] : typeof copyTo === "string" ? [copyTo] : copyTo;
}

/**
 * Every rule of Atlas's that the plan breaks: a rarer snapshot is kept no shorter than a more frequent one.
 *
 * @param region the cluster's own, which gets no copies
 * @see https://www.mongodb.com/docs/atlas/backup/cloud-backup/scheduling/
 */
export function checkPlan(plan: BackupPlan, region: AtlasRegion): (Problem | undefined)[] {
  const { hourly, daily, weekly, monthly, yearly, restoreWindow } = plan;
  const days = inDays(restoreWindow);
  return [
    check(
      [1, 2, 4, 6, 8, 12].map((hours) => hours * 3600).includes(inSeconds(hourly.every)),
      "hourly.every",
      hourly.every,
      "1, 2, 4, 6, 8 or 12 hours",
    ),
    wholeDays("hourly.keep", hourly.keep),
    wholeDays("daily.keep", daily.keep),
    check(Number.isInteger(days) && days >= 1, "restoreWindow", restoreWindow, "whole days"),
    check(
      days <= inDays(hourly.keep),
      "restoreWindow",
      restoreWindow,
      `no longer than the hourly snapshots are kept (${hourly.keep})`,
    ),
    ...keptLongEnough("weekly", weekly.keep, "7 days", "daily", daily.keep),
    ...keptLongEnough("monthly", monthly.keep, "31 days", "weekly", weekly.keep),
    ...(yearly === "none" ? [] : keptLongEnough("yearly", yearly.keep, "1 year", "monthly", monthly.keep)),
    ...copyRegions(plan).flatMap((copy, index, all) => [
      check(copy !== region, "copyTo", copy, `a region other than the cluster's (${region})`),
      check(
        isAtlasRegion(copy),
        "copyTo",
        copy,
        "Atlas's name of a Google Cloud region, such as EUROPE_WEST_3",
      ),
      check(all.indexOf(copy) === index, "copyTo", copy, "each region once"),
    ]),
  ];
}

function wholeDays(field: string, keep: Duration): Problem | undefined {
  return check(Number.isInteger(inDays(keep)) && inDays(keep) >= 1, field, keep, "whole days, at least 1");
}

function keptLongEnough(
  field: string,
  keep: Duration,
  least: Duration,
  shorter: string,
  shorterKeep: Duration,
): (Problem | undefined)[] {
  return [
    check(inDays(keep) >= inDays(least), `${field}.keep`, keep, `at least ${least}`),
    check(
      inDays(keep) >= inDays(shorterKeep),
      `${field}.keep`,
      keep,
      `no shorter than the ${shorter} snapshots are kept (${shorterKeep})`,
    ),
  ];
}
