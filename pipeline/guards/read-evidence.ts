import { readFileSync } from "node:fs";
import { UserError } from "@groundwork/user-error";
import type { Delivery } from "../../environments/delivery-schema";
import { answers, type GitHub, openGitHub } from "../github/client";
import { pullRequestOf, readPullRequest } from "../github/pull-request";
import { RunFailed } from "../run-failed";
import { type Evidence, evidenceSchema } from "./evidence";

export interface EvidenceSource {
  /** A file in the format of `evidenceSchema`, where the repository is not on GitHub. */
  file?: string;
  env: NodeJS.ProcessEnv;
  /** Full hash of the commit that is applied. */
  commit: string;
  approvers: Delivery["approvers"];
  /**
   * Hears why GitHub can't be asked, where that is no reason to stop: in the sandbox. Nobody approved anything then.
   *
   * @default - it is one
   */
  onSilence?: (why: string) => void;
}

/**
 * What people said about the change that a commit came from.
 *
 * @returns undefined where nobody can be asked, or the commit came without a pull request: then nobody approved anything
 * @throws UserError when the file can't be used
 * @throws RunFailed when GitHub refuses to tell
 */
export async function readEvidence({
  file,
  env,
  commit,
  approvers,
  onSilence,
}: EvidenceSource): Promise<Evidence | undefined> {
  if (file !== undefined) return readFile(file);
  if (!env.GITHUB_REPOSITORY || !env.GITHUB_TOKEN) return undefined;
  // Requests of the client are repeated for minutes.
  if (onSilence && !(await answers(env))) {
    onSilence("GitHub can't be reached from here");
    return undefined;
  }
  try {
    return await ask(await openGitHub(env), commit, approvers);
  } catch (error) {
    if (!onSilence || !(error instanceof RunFailed)) throw error;
    onSilence(error.message);
    return undefined;
  }
}

async function ask(
  github: GitHub,
  commit: string,
  approvers: Delivery["approvers"],
): Promise<Evidence | undefined> {
  const origin = await pullRequestOf(github, commit);
  if (!origin) return undefined;
  const teams = [...new Set(Object.values(approvers).flat())];
  const { said } = await readPullRequest(github, origin.number, teams);
  return evidenceSchema.parse(said);
}

function readFile(file: string): Evidence {
  const refuse = (found: string) =>
    new UserError("The evidence can't be used.", [
      { field: "--evidence", found, expected: "JSON with authors, pushedAt, labels and reviews" },
    ]);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { success, data, error } = evidenceSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw refuse(`${issue?.path.join(".") || "it"}: ${issue?.message ?? "something else"}`);
}
