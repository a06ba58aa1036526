import { UserError } from "@groundwork/user-error";
import type { CommitPlans } from "../commit-plans/commit-plans";
import type { Manifest } from "../commit-plans/manifest";
import { GitRepository } from "../git/repository";
import { openGitHub } from "../github/client";
import { pullRequestOf } from "../github/pull-request";
import type { CommitWork } from "./apply-commit";
import { resolved } from "./commit-option";
import type { CommandContext } from "./session";

/** Where the plans of this commit are: under itself, under what it merged, or under the head of its pull request. */
export async function findReviewed(
  { root, env, console }: CommandContext,
  plans: CommitPlans,
  { commit, reviewed, plannedItself }: Pick<CommitWork, "commit" | "reviewed" | "plannedItself">,
): Promise<{ reviewed: string; manifests: Map<string, Manifest> }> {
  const tried: string[] = [];
  const look = async (candidates: readonly string[]) => {
    for (const candidate of candidates) {
      tried.push(candidate);
      const manifests = await plans.manifests(candidate);
      if (manifests.size > 0) return { reviewed: candidate, manifests };
    }
    return undefined;
  };
  const named = reviewed === undefined ? undefined : [await resolved(root, "--reviewed", reviewed)];
  const merged = plannedItself ? [] : await new GitRepository(root).mergedBy(commit);
  const found = await look(named ?? [commit, ...merged]);
  if (found) return found;
  if (plannedItself && !named) return { reviewed: commit, manifests: new Map() };
  // A squash or a rebase makes commits that nobody planned; GitHub knows where they come from.
  if (!named && env.GITHUB_TOKEN && env.GITHUB_REPOSITORY) {
    const github = await openGitHub(env, { onWait: (text) => console.note(text) });
    const origin = await pullRequestOf(github, commit);
    const byPullRequest = origin && (await look([origin.head]));
    if (byPullRequest) return byPullRequest;
  }
  throw new UserError("Nothing was planned for this commit, or its plans have expired.", [
    {
      field: named ? "--reviewed" : "--sha",
      found: tried.join(", "),
      expected: 'a commit that was planned with "groundwork plan ENV --save"',
    },
  ]);
}

/** @throws UserError when something was not planned that had to be */
export function refuseMissing(
  { commit, plannedItself = [] }: CommitWork,
  environment: string,
  manifests: ReadonlyMap<string, Manifest>,
): void {
  const missing = plannedItself.filter((name) => !manifests.has(name));
  if (missing.length === 0) return;
  throw new UserError(
    "A tag may bring several merges at once, so all that it changes is planned for itself; this was not.",
    [
      {
        field: environment,
        found: `no plan of ${missing.join(", ")} for commit ${commit}, or it has expired`,
        expected: `groundwork plan ${environment} --save --sha ${commit}, and then its review (the job "Plan" of the workflow Deploy does it: run that again)`,
      },
    ],
  );
}
