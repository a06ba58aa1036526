/** A pull request, as far as its preview depends on it. */
export interface PreviewedPullRequest {
  number: number;
  title: string;
  url: string;
  /** Login of whoever opened it. */
  owner: string;
  /** Full hash. */
  head: string;
  isOpen: boolean;
  /** Whether its head lies in another repository. */
  fromFork: boolean;
  labels: readonly string[];
  /** ISO 8601, by GitHub's clock; when it was last pushed to, opened or reopened. Of a closed one, when it was opened. */
  activeAt: string;
}
