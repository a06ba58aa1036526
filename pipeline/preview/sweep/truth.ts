import type { PreviewSide, PreviewTruth } from "../contract";

/** A pull request that is open now. */
export interface OpenPullRequest {
  number: number;
  title: string;
  url: string;
  /** Login of whoever opened it. */
  owner: string;
  /** Full hash. */
  head: string;
  /** Whether its head lies in another repository. */
  fromFork: boolean;
  labels: readonly string[];
  /** ISO 8601, by GitHub's clock; when it was last pushed to, opened or reopened. */
  activeAt: string;
}

/** What there is, on all sides, and what should be. The pull requests were read last: see `readSweepTruth`. */
export interface SweepTruth extends PreviewTruth {
  pullRequests: readonly OpenPullRequest[];
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
