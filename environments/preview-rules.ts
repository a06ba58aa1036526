import { UserError } from "@groundwork/user-error";

/** What previews may take, together and each. */
export const previewLimits = {
  /** Previews at once. */
  previews: 25,
  /** Versions of all previews: App Engine allows 210 in a project; the shared services have theirs. */
  versions: 180,
  /** Days that a preview lives after the last push. */
  days: 7,
  /** Days that a label can ask for at most. */
  longestDays: 30,
  /** Days before its end at which the pull request is told. */
  warningDays: 1,
} as const;

/** What a label on the pull request can ask for. */
export const previewLabels = {
  /** A gateway for each API. */
  ownGateway: "preview:own-gateway",
  /** Services instead of versions of shared ones, to test traffic splits. */
  ownService: "preview:own-service",
  /** A Flex cluster, to test what destroys databases. */
  ownCluster: "preview:own-cluster",
  /** An empty secret that goes with the preview. */
  ownSecret: "preview:own-secret",
} as const;

/** `preview:14d`: how many days it lives after the last push. */
const lifetimeLabel = /^preview:(\d{1,4})d$/;
const dayMilliseconds = 86_400_000;

/** What the labels of a pull request ask for. */
export interface PreviewOptions {
  ownGateway: boolean;
  ownService: boolean;
  ownCluster: boolean;
  ownSecret: boolean;
  /** Days that it lives after the last push. */
  days: number;
}

/**
 * Reads labels; those that don't start with `preview:` are somebody else's.
 *
 * @throws UserError for a `preview:` label that means nothing, or a life that is too long
 */
export function previewOptions(labels: readonly string[]): PreviewOptions {
  const known: readonly string[] = Object.values(previewLabels);
  const problems = labels
    .filter((label) => label.startsWith("preview:") && !known.includes(label) && !isLifetime(label))
    .map((label) => ({
      field: "labels",
      found: label,
      expected: `${known.join(", ")}, or preview:<days>d with 1 to ${previewLimits.longestDays} days`,
    }));
  if (problems.length > 0) throw new UserError("The labels of the pull request can't be followed.", problems);
  const lifetimes = labels.filter(isLifetime).map(daysOf);
  return {
    ownGateway: labels.includes(previewLabels.ownGateway),
    ownService: labels.includes(previewLabels.ownService),
    ownCluster: labels.includes(previewLabels.ownCluster),
    ownSecret: labels.includes(previewLabels.ownSecret),
    days: lifetimes.length > 0 ? Math.max(...lifetimes) : previewLimits.days,
  };
}

/**
 * When a preview ends.
 *
 * @param pushedAt ISO 8601; the last push
 * @param labels of the pull request; one that can't be followed doesn't extend anything
 * @returns ISO 8601
 */
export function previewEnd(pushedAt: string, labels: readonly string[]): string {
  const lifetimes = labels.filter(isLifetime).map(daysOf);
  const days = lifetimes.length > 0 ? Math.max(...lifetimes) : previewLimits.days;
  return new Date(Date.parse(pushedAt) + days * dayMilliseconds).toISOString();
}

function isLifetime(label: string): boolean {
  const days = daysOf(label);
  return days >= 1 && days <= previewLimits.longestDays;
}

function daysOf(label: string): number {
  return Number(lifetimeLabel.exec(label)?.[1] ?? 0);
}
