import { previewLimits, previewOptions } from "../../environments/preview-rules";
import type { PreviewRecord } from "./contract";

/** Whether there is room for a preview; if not, what to do. */
export type Admission = { admitted: true } | { admitted: false; answer: string };

/**
 * Decides whether a preview fits beside the others. Those that were there first stay, so two that come at once don't
 * refuse each other, and one that is there already is never refused for its number.
 *
 * @param record of the preview, written before the others are read
 * @param all every record, this one among them or not
 * @param released versions of the shared services, which count too
 */
export function admitPreview(
  record: PreviewRecord,
  all: readonly PreviewRecord[],
  released: number,
): Admission {
  const others = all.filter(({ pr }) => pr !== record.pr);
  const before = others.filter((other) => cameBefore(other, record));
  if (before.length >= previewLimits.previews) {
    return refused(
      before,
      `There are ${before.length} previews already, of ${previewLimits.previews} at most.`,
    );
  }
  const versions = released + before.reduce((sum, other) => sum + versionsOf(other), 0) + versionsOf(record);
  if (versions > previewLimits.versions) {
    return refused(
      before,
      `It would be version ${versions} of App Engine's, of ${previewLimits.versions} at most for previews.`,
    );
  }
  return { admitted: true };
}

function refused(before: readonly PreviewRecord[], what: string): Admission {
  const oldest = [...before].sort((a, b) => (a.pushedAt < b.pushedAt ? -1 : 1))[0];
  if (!oldest) return { admitted: false, answer: `${what} Preview fewer services.` };
  const { pr, title, owner, pushedAt, expiresAt } = oldest;
  return {
    admitted: false,
    answer: [
      what,
      `The oldest is pull request #${pr}${title === "" ? "" : ` (${title})`} by ${owner}: last push ${day(pushedAt)}, ends ${day(expiresAt)}.`,
      `To free a place, close or merge a pull request, or run "groundwork preview down --pr ${pr}". Then push again, or run this again.`,
    ].join(" "),
  };
}

function cameBefore(other: PreviewRecord, { createdAt, pr }: PreviewRecord): boolean {
  return other.createdAt === createdAt ? other.pr < pr : other.createdAt < createdAt;
}

/** A service of its own has main's version beside the pull request's. */
function versionsOf({ changedServices, labels }: PreviewRecord): number {
  return changedServices.length * (labelsAsk(labels) ? 2 : 1);
}

function labelsAsk(labels: readonly string[]): boolean {
  try {
    return previewOptions(labels).ownService;
  } catch {
    return false;
  }
}

function day(moment: string): string {
  return moment.slice(0, 10);
}
