import { createHash } from "node:crypto";

/** First part of the name of everything of a preview in the preview environment's buckets: `previews/`. */
export const previewsPrefix = "previews/";

/** The largest number of a pull request that fits into every name. */
export const largestPullRequest = 9_999_999;

/**
 * All names of one pull request, computed from its number (and a commit for what is made anew with each push). Whoever
 * makes, finds or removes something of a preview asks here; nothing else of a preview has a name.
 */
export class PreviewNames {
  constructor(readonly pullRequest: number) {}

  /** `pr-12`; channel of every site, and first part of what stands beside shared things. */
  get mark(): string {
    return `pr-${this.pullRequest}`;
  }

  /** `preview-pr-12`: the stack as commands and policies know it. */
  get stack(): string {
    return `preview-${this.mark}`;
  }

  /** `previews/pr-12`: prefix of the state in the state bucket. The record and the lease lie beside it. */
  get statePrefix(): string {
    return `${previewsPrefix}${this.mark}`;
  }

  /** `previews/pr-12/default.tfstate`. */
  get state(): string {
    return `${this.statePrefix}/default.tfstate`;
  }

  /** `previews/pr-12/default.tflock`: Terraform's own lock. */
  get stateLock(): string {
    return `${this.statePrefix}/default.tflock`;
  }

  /** `previews/pr-12/preview.json`: what is known of the preview, in the state bucket. */
  get record(): string {
    return `${this.statePrefix}/preview.json`;
  }

  /** `previews/pr-12/lease.json`: who works on the preview now, in the state bucket. */
  get lease(): string {
    return `${this.statePrefix}/lease.json`;
  }

  /** `previews/pr-12/`: where its artifacts lie in the artifact bucket. */
  get artifactPrefix(): string {
    return `${previewsPrefix}${this.mark}/`;
  }

  /** `previews/pr-12/3f9a1c2/orders.zip` in the artifact bucket. */
  artifact(sha: string, service: string): string {
    return `${this.artifactPrefix}${shortSha(sha)}/${service}.zip`;
  }

  /** `pr-12-3f9a1c2`: a version of a shared service, or of its own; see `versionHash`. */
  version(sha: string, ownCluster = false): string {
    return `${this.mark}-${versionHash(sha, ownCluster)}`;
  }

  /** Channel of each Hosting site. */
  get channel(): string {
    return this.mark;
  }

  /** `pr_12`: database in the shared cluster. */
  get database(): string {
    return `pr_${this.pullRequest}`;
  }

  /** `pr_12`: custom database role, which the only database user has. */
  get role(): string {
    return this.database;
  }

  /** `preview-pr-12`: account that everything of the preview runs as; the database's user signs in as it. */
  get account(): string {
    return `preview-${this.mark}`;
  }

  /** `pr-12-secret`: a secret of its own, by label. */
  get secret(): string {
    return `${this.mark}-secret`;
  }

  /** `pr-12-cluster`: the secret with the address of its own cluster, by label, with user and password. */
  get clusterSecret(): string {
    return `${this.mark}-cluster`;
  }

  /** `pr-12-shop-api`: an API of its own, by label. */
  api(api: string): string {
    return `${this.mark}-${api}-api`;
  }

  /** `pr-12-shop-gateway`: a gateway of its own, by label. */
  gateway(api: string): string {
    return `${this.mark}-${api}-gateway`;
  }

  /** `pr-12-orders`: a service of its own, by label. */
  ownService(service: string): string {
    return `${this.mark}-${service}`;
  }

  /** `pr-12`: a Flex cluster of its own, by label. */
  get cluster(): string {
    return this.mark;
  }

  /**
   * Labels and tags of whatever can have some.
   *
   * @param owner who opened the pull request, as GitHub writes it
   * @param expiresAt ISO 8601; the label carries its day
   */
  labels(owner: string, expiresAt: string): { pr: string; owner: string; "expires-at": string } {
    return {
      pr: String(this.pullRequest),
      owner: owner
        .toLowerCase()
        .replace(/[^a-z0-9_-]/g, "-")
        .slice(0, 63),
      "expires-at": expiresAt.slice(0, 10),
    };
  }
}

/**
 * 7 digits that stand for what a version runs: the commit's first, or others where it works with a cluster of its own. A
 * version is never changed, so whoever gives a preview another database makes another version.
 */
export function versionHash(sha: string, ownCluster: boolean): string {
  if (!ownCluster) return shortSha(sha);
  return createHash("sha256")
    .update(`${shortSha(sha)} own-cluster`)
    .digest("hex")
    .slice(0, 7);
}

/** The first 7 digits of a commit. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/**
 * The pull request that a name belongs to, whatever kind of name it is: `pr-12`, `pr-12-3f9a1c2`, `pr_12`,
 * `preview-pr-12`, `previews/pr-12/default.tfstate`.
 *
 * @returns undefined for what is no preview's; a number with leading zeros is none
 */
export function pullRequestOf(name: string): number | undefined {
  const [, digits] = /^(?:previews\/|preview-)?pr[-_]([1-9]\d{0,6})(?=$|[-/])/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
