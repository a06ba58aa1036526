import type { GitHub } from "../../github/client";
import { writeStickyComment } from "../../github/sticky-comment";
import type { PreviewDown, PreviewListener, PreviewUp } from "../contract";
import { readPreviewed } from "../pull-requests/read-pull-requests";
import { commentBody, type Told } from "./body";

/** The comment's topic. */
const topic = "preview";

/**
 * Writes what there is to say into the one comment on the pull request that previews have.
 *
 * @throws RunFailed when GitHub refuses
 */
export async function tellPullRequest(github: GitHub, pr: number, told: Told): Promise<void> {
  const pullRequest = await readPreviewed(github, pr);
  if (!pullRequest) return;
  const { head } = pullRequest;
  const about = "record" in told ? told.record.sha : told.kind === "mistaken" ? told.sha : head;
  const sha = head.startsWith(about) ? head : about;
  await writeStickyComment(github, { pullRequest: pr, topic, sha, body: commentBody(told) });
}

/** Comments on how `up` and `down` went. */
export function commentListener(github: GitHub): PreviewListener {
  return {
    async up(_place, outcome) {
      const told = toldOfUp(outcome);
      if (told) await tellPullRequest(github, outcome.record.pr, told);
    },
    mistaken: (_place, { pr, sha, answer }) => tellPullRequest(github, pr, { kind: "mistaken", sha, answer }),
    async down(_place, { pr, steps }: PreviewDown) {
      if (steps.some(({ result }) => result === "removed")) {
        await tellPullRequest(github, pr, { kind: "gone" });
      }
    },
  };
}

/** @returns undefined when whoever took over tells */
function toldOfUp({ result, record, answer = "" }: PreviewUp): Told | undefined {
  switch (result) {
    case "up":
      return { kind: "up", record };
    case "failed":
      return { kind: "failed", record, answer };
    case "refused":
      return { kind: "refused", answer };
    default:
      return undefined;
  }
}
