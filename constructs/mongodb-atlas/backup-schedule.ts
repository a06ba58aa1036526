import {
  CloudBackupSchedule,
  type CloudBackupScheduleConfig,
} from "@cdktf/provider-mongodbatlas/lib/cloud-backup-schedule";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, inDays, inSeconds, parts } from "../units";
import type { ClusterLike } from "./dedicated-cluster";

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
  /** Atlas's name of the region that gets a copy of every snapshot. */
  readonly copyTo: string | "none";
}

/** Props of `BackupSchedule`. */
export interface BackupScheduleProps
  extends BackupPlan,
    Transformable<{ schedule: CloudBackupScheduleConfig }> {
  readonly cluster: ClusterLike;
}

/**
 * The snapshots of a cluster. Atlas refuses a schedule in which a rarer snapshot is kept shorter than a more frequent
 * one; here that is found before anything is planned.
 *
 * @throws UserError with every rule that the plan breaks
 * @see https://www.mongodb.com/docs/atlas/backup/cloud-backup/scheduling/
 */
export class BackupSchedule extends Construct {
  constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.createSchedule(props);
  }

  private validate(props: BackupScheduleProps): void {
    const { hourly, daily, weekly, monthly, yearly, restoreWindow, copyTo, cluster } = props;
    const days = inDays(restoreWindow);
    refuse(this, `the backup schedule of ${cluster.clusterName}`, [
      check(
        [1, 2, 4, 6, 8, 12].map((hours) => hours * 3600).includes(inSeconds(hourly.every)),
        "hourly.every",
        hourly.every,
        "1, 2, 4, 6, 8 or 12 hours",
      ),
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
      check(
        copyTo !== cluster.region,
        "copyTo",
        copyTo,
        `a region other than the cluster's (${cluster.region})`,
      ),
    ]);
  }

  private createSchedule(props: BackupScheduleProps): void {
    const { cluster, hourly, daily, weekly, monthly, yearly, restoreWindow, transform } = props;
    new CloudBackupSchedule(
      this,
      "schedule",
      transformed<CloudBackupScheduleConfig>(
        {
          projectId: cluster.project.projectId,
          clusterName: cluster.clusterName,
          referenceHourOfDay: 2,
          referenceMinuteOfHour: 30,
          restoreWindowDays: inDays(restoreWindow),
          // A shorter retention applies to snapshots to come; those that exist keep what they were promised.
          updateSnapshots: false,
          policyItemHourly: { frequencyInterval: parts(hourly.every).amount, ...retention(hourly.keep) },
          policyItemDaily: { frequencyInterval: 1, ...retention(daily.keep) },
          // Saturday; the last day of the month; December. Atlas counts these intervals, 1 is Monday, 40 is the last day.
          policyItemWeekly: [{ frequencyInterval: 6, ...retention(weekly.keep) }],
          policyItemMonthly: [{ frequencyInterval: 40, ...retention(monthly.keep) }],
          ...(yearly === "none"
            ? {}
            : { policyItemYearly: [{ frequencyInterval: 12, ...retention(yearly.keep) }] }),
          ...this.copies(props),
        },
        transform?.schedule,
      ),
    );
  }

  private copies({
    cluster,
    copyTo,
    yearly,
  }: BackupScheduleProps): Pick<CloudBackupScheduleConfig, "copySettings"> {
    if (copyTo === "none") {
      return {};
    }
    return {
      copySettings: [
        {
          cloudProvider: "GCP",
          regionName: copyTo,
          zoneId: cluster.zoneId,
          frequencies: ["DAILY", "WEEKLY", "MONTHLY", ...(yearly === "none" ? [] : ["YEARLY"])],
          shouldCopyOplogs: cluster.pointInTime,
        },
      ],
    };
  }
}

function keptLongEnough(
  field: string,
  keep: Duration,
  least: Duration,
  shorter: string,
  shorterKeep: Duration,
) {
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

function retention(keep: Duration): { retentionUnit: string; retentionValue: number } {
  const { amount, unit } = parts(keep);
  return { retentionUnit: `${unit}s`, retentionValue: amount };
}
