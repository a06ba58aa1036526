import { appendFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { admitSynthesis } from "../admission/admit-synthesis";
import { affectedSince, selectAffected } from "../affected/affected";
import { synthesizeBase } from "../affected/base";
import { tableText } from "../console/table";
import { countText } from "../console/words";
import { type MatrixJob, matrixOf, mostJobs, sharedJob } from "../matrix/matrix";
import { selectStacks } from "../synthesis/selection";
import { readOrphanDecisions, type Stack } from "../synthesis/stack-list";
import { synthesisFolder, synthesize } from "../synthesis/synthesize";
import type { CommandContext } from "./session";

export interface MatrixCommandOptions {
  /** Only what differs from this git ref, or from this folder of something synthesized. @default - everything */
  changedSince?: string;
  /** Folder with what was synthesized elsewhere. @default - the code here is run */
  synthesized?: string;
  /** So many stacks of an environment share a job. @default 8 */
  together?: string;
  /** Most jobs. @default 256 */
  most?: string;
  /** Also for the workflow's next jobs: appended to the file that `GITHUB_OUTPUT` names. */
  githubOutput?: boolean;
}

/** `groundwork matrix`: the jobs of a workflow that plans, looks for drift, or does anything else stack by stack. */
export async function matrixCommand(
  context: CommandContext,
  names: readonly string[],
  options: MatrixCommandOptions,
): Promise<number> {
  const { console, env } = context;
  const limits = limitsIn(options);
  const output = options.githubOutput ? outputFile(env) : undefined;
  const stacks = await stacksToVisit(context, names, options);
  const include = matrixOf(stacks, limits);
  const any = include.length > 0;
  // GitHub refuses a matrix without jobs: whoever uses it asks `any` first.
  if (output !== undefined) appendFileSync(output, `matrix=${JSON.stringify({ include })}\nany=${any}\n`);
  console.printJson({ include });
  console.print(any ? tableOf(include, context) : "No stack is affected: no jobs.");
  return 0;
}

interface VisitOptions extends Pick<MatrixCommandOptions, "changedSince" | "synthesized"> {
  /**
   * Leave out what the code no longer has and lets stay: reviewers are told of it, but nothing is done about it.
   * @default false
   */
  leaveKept?: boolean;
}

/** What a job has to look at: what differs, what the code no longer has too; without a base everything. */
export async function stacksToVisit(
  { root, interruption }: CommandContext,
  names: readonly string[],
  { changedSince, synthesized, leaveKept = false }: VisitOptions,
): Promise<readonly Stack[]> {
  const folder = synthesized === undefined ? join(root, synthesisFolder) : resolve(root, synthesized);
  const [all, base] = await Promise.all([
    synthesized === undefined ? synthesize(root, interruption) : admitSynthesis(folder),
    changedSince === undefined ? undefined : synthesizeBase(root, changedSince, interruption),
  ]);
  if (!base) return selectStacks(all, names);
  const affected = affectedSince(base, all, readOrphanDecisions(folder));
  const former = affected.orphans.map(({ stack }) => stack);
  const { stacks, orphans } = selectAffected(affected, selectStacks([...all, ...former], names));
  const told = leaveKept ? orphans.filter(({ decision }) => decision !== "keep") : orphans;
  return [...stacks, ...told.map(({ stack }) => stack)];
}

function limitsIn({ together, most }: MatrixCommandOptions): { together: number; most: number } {
  const problems: Problem[] = [];
  const whole = (field: string, found: string | undefined, otherwise: number, highest: number) => {
    if (found === undefined) return otherwise;
    const number = /^[1-9]\d{0,3}$/.test(found) ? Number(found) : 0;
    if (number >= 1 && number <= highest) return number;
    problems.push({ field, found, expected: `a whole number from 1 to ${highest}` });
    return otherwise;
  };
  const limits = {
    together: whole("--together", together, sharedJob, 9999),
    most: whole("--most", most, mostJobs, mostJobs),
  };
  if (problems.length > 0) throw new UserError("There can't be such a matrix.", problems);
  return limits;
}

/** @throws UserError outside of a workflow */
function outputFile({ GITHUB_OUTPUT: file }: NodeJS.ProcessEnv): string {
  if (file) return file;
  throw new UserError("There is no workflow to tell.", [
    { field: "GITHUB_OUTPUT", found: "nothing", expected: "the file that GitHub names in it" },
  ]);
}

function tableOf(jobs: readonly MatrixJob[], { console }: CommandContext): string {
  const columns = [{ title: "Job" }, { title: "Environment" }, { title: "Stacks" }];
  const rows = jobs.map(({ job, environment, stacks }) => [job, environment, stacks.replaceAll(",", ", ")]);
  return `${tableText(columns, rows, console.colours)}\n\n${countText(jobs.length, "job")}.`;
}
