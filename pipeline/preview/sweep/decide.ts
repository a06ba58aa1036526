import { previewEnd, previewLimits } from "../../../environments/preview-rules";
import type { PreviewRemnant } from "../contract";
import type { PreviewedPullRequest } from "../pull-requests/previewed";
import { removalOrder } from "../remnants/removal-order";
import type { SweepTruth } from "./truth";

/** A preview that goes. */
export interface Removal {
  pr: number;
  /** `closed`: no pull request of this number is open. */
  why: "closed" | "expired";
  /** ISO 8601; when it expired. */
  expiredAt?: string;
  /** In the order of their removal. */
  remnants: readonly PreviewRemnant[];
}

/** A preview that stays. */
export interface Kept {
  pullRequest: PreviewedPullRequest;
  /** ISO 8601 */
  expiresAt: string;
  /** The sweep after this one might come too late to tell of the end in time. */
  endsSoon: boolean;
}

/** What a sweep does. */
export interface SweepDecision {
  /** In this order. */
  remove: readonly Removal[];
  /** Left for the next sweep. */
  postponed: readonly Removal[];
  /** By number. */
  keep: readonly Kept[];
}

export interface SweepSettings {
  /** How many previews are removed at most. @default - previewLimits.sweptAtOnce */
  limit?: number;
}

const day = 86_400_000;
const warnedWithin = previewLimits.warningDays * day + (previewLimits.sweepHours * day) / 24;

/**
 * Decides what a sweep removes: everything of pull requests that are not open, the oldest first; then everything of those
 * that are open but whose preview has expired, the longest overdue first. Nothing else.
 */
export function decideSweep(
  { pullRequests, remnants }: Pick<SweepTruth, "pullRequests" | "remnants">,
  now: Date,
  { limit = previewLimits.sweptAtOnce }: SweepSettings = {},
): SweepDecision {
  const open = new Map(pullRequests.map((one) => [one.number, one]));
  const removals: Removal[] = [];
  const keep: Kept[] = [];
  for (const [pr, own] of byPullRequest(remnants)) {
    const pullRequest = open.get(pr);
    if (!pullRequest) removals.push({ pr, why: "closed", remnants: own });
    else {
      const expiresAt = previewEnd(pullRequest.activeAt, pullRequest.labels);
      const left = Date.parse(expiresAt) - now.getTime();
      if (left <= 0) removals.push({ pr, why: "expired", expiredAt: expiresAt, remnants: own });
      else keep.push({ pullRequest, expiresAt, endsSoon: left <= warnedWithin });
    }
  }
  removals.sort(inTurn);
  return { remove: removals.slice(0, limit), postponed: removals.slice(limit), keep };
}

/** Sorted by number, and each one's remnants in the order of their removal. */
function byPullRequest(remnants: readonly PreviewRemnant[]): [number, PreviewRemnant[]][] {
  const found = new Map<number, PreviewRemnant[]>();
  for (const remnant of remnants) {
    const own = found.get(remnant.pr);
    if (own) own.push(remnant);
    else found.set(remnant.pr, [remnant]);
  }
  const turn = ({ side }: PreviewRemnant) => removalOrder.indexOf(side);
  const place = ({ within = "", name }: PreviewRemnant) => `${within}/${name}`;
  for (const own of found.values()) own.sort((a, b) => turn(a) - turn(b) || compare(place(a), place(b)));
  return [...found].sort(([a], [b]) => a - b);
}

function inTurn(a: Removal, b: Removal): number {
  if (a.why !== b.why) return a.why === "closed" ? -1 : 1;
  return compare(a.expiredAt ?? "", b.expiredAt ?? "") || a.pr - b.pr;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
