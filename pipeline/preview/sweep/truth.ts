import type { PreviewSide, PreviewTruth } from "../contract";
import type { PreviewedPullRequest } from "../pull-requests/previewed";

/** What there is, on all sides, and what should be. The pull requests were read last: see `readSweepTruth`. */
export interface SweepTruth extends PreviewTruth {
  /** Open ones. */
  pullRequests: readonly PreviewedPullRequest[];
}

/**
 * In which order remnants are removed: first what can still be called or still writes, then what was written, last what
 * tells that there was a preview.
 */
export const removalOrder: readonly PreviewSide[] = [
  "channel",
  "gateway",
  "service",
  "version",
  "user",
  "role",
  "cluster",
  "database",
  "secret",
  "account",
  "artifact",
  "state",
  "lease",
  "record",
];
