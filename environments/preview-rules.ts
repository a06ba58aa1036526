import { UserError } from "@groundwork/user-error";

/** What previews may take, together and each. */
export const previewLimits = {
  /** Previews at once. */
  previews: 25,
  /** Versions of all previews: App Engine allows 210 in a project; the shared services have theirs. */
  versions: 180,
  /** Days that a preview lives after the last push. */
  days: 7,
  /** Days that a label can make of it at most. */
  longestDays: 30,
  /** Days before its end at which the pull request is told, at the latest. */
  warningDays: 1,
  /** Hours between two sweeps, as `preview-sweep.yml` is scheduled. */
  sweepHours: 6,
  /** Previews that one sweep removes, so that a mistake doesn't remove everything at once. */
  sweptAtOnce: 50,
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

/** `preview:keep-14d`: how many days it lives after the last push. */
const lifetimeLabel = /^preview:keep-([1-9]\d{0,3})d$/;
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
 * @throws UserError for a `preview:` label that means nothing
 */
export function previewOptions(labels: readonly string[]): PreviewOptions {
  const known: readonly string[] = Object.values(previewLabels);
  const problems = labels
    .filter((label) => label.startsWith("preview:") && !known.includes(label) && !isLifetime(label))
    .map((label) => ({
      field: "labels",
      found: label,
      expected: `${known.join(", ")}, or preview:keep-<days>d for up to ${previewLimits.longestDays} days`,
    }));
  if (problems.length > 0) throw new UserError("The labels of the pull request can't be followed.", problems);
  return {
    ownGateway: labels.includes(previewLabels.ownGateway),
    ownService: labels.includes(previewLabels.ownService),
    ownCluster: labels.includes(previewLabels.ownCluster),
    ownSecret: labels.includes(previewLabels.ownSecret),
    days: daysOf(labels),
  };
}

/**
 * When a preview ends. A label extends its life, up to the longest, and never shortens it.
 *
 * @param pushedAt ISO 8601; the last push
 * @param labels of the pull request; those that mean something else don't count
 * @returns ISO 8601
 */
export function previewEnd(pushedAt: string, labels: readonly string[]): string {
  return new Date(Date.parse(pushedAt) + daysOf(labels) * dayMilliseconds).toISOString();
}

/** Of several labels the longest counts. */
function daysOf(labels: readonly string[]): number {
  const asked = labels.map((label) => Number(lifetimeLabel.exec(label)?.[1] ?? 0));
  return Math.min(Math.max(previewLimits.days, ...asked), previewLimits.longestDays);
}

function isLifetime(label: string): boolean {
  return lifetimeLabel.test(label);
}
