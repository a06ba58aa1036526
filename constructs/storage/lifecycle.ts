import type { StorageBucketLifecycleRule } from "@cdktf/provider-google/lib/storage-bucket";
import { type Duration, inDays } from "../units";

/** Classes of storage, from the warmest: each next one is cheaper to keep in, and dearer to read from. */
export const storageClasses = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"] as const;

/** Cheaper storage for objects of an age. */
export interface Cooling {
  /** Age of the object, in whole days. */
  readonly after: Duration;
  /** NEARLINE bills at least 30 days of keeping, COLDLINE 90, ARCHIVE 365. */
  readonly to: "NEARLINE" | "COLDLINE" | "ARCHIVE";
}

/** What becomes of objects with time. */
export interface Ageing {
  readonly keepReplacedDays: number | undefined;
  readonly keepVersions: number | undefined;
  readonly deleteAfter: Duration | undefined;
  readonly cool: readonly Cooling[] | undefined;
}

/** Rules of the bucket's lifecycle; each takes effect within a day of its condition. */
export function lifecycleRules(ageing: Ageing): StorageBucketLifecycleRule[] {
  const { keepReplacedDays, keepVersions, deleteAfter, cool = [] } = ageing;
  return [
    ...(keepReplacedDays === undefined ? [] : [oldVersions(keepReplacedDays, keepVersions)]),
    ...cool.map(({ after, to }) => ({
      action: { type: "SetStorageClass", storageClass: to },
      condition: { age: Math.ceil(inDays(after)), withState: "LIVE" },
    })),
    ...(deleteAfter === undefined
      ? []
      : [
          {
            action: { type: "Delete" },
            condition: { age: Math.ceil(inDays(deleteAfter)), withState: "LIVE" },
          },
        ]),
  ];
}

/** Conditions of one rule all have to hold: old enough, and enough newer ones. */
function oldVersions(days: number, keep: number | undefined): StorageBucketLifecycleRule {
  return {
    action: { type: "Delete" },
    condition: {
      daysSinceNoncurrentTime: days,
      ...(keep !== undefined && { numNewerVersions: keep }),
      withState: "ARCHIVED",
    },
  };
}
