import type { PreviewTruth } from "../contract";
import type { PreviewedPullRequest } from "../pull-requests/previewed";

/** What there is, on all sides, and what should be. The pull requests were read last: see `readSweepTruth`. */
export interface SweepTruth extends PreviewTruth {
  /** Open ones. */
  pullRequests: readonly PreviewedPullRequest[];
}
