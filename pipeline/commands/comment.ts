import { resolve } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { z } from "zod";
import { openGitHub } from "../github/client";
import { longestBody } from "../github/marked";
import { markStale, writeStickyComment } from "../github/sticky-comment";
import { commentBody } from "../report/comment-body";
import { type ExpectedStack, mergeReports } from "../report/merge-reports";
import { readReports } from "../report/read-reports";
import { resolved } from "./commit-option";
import type { CommandContext } from "./session";
import { nobodyToTell } from "./silence";

export interface CommentOptions {
  /** Number of the pull request. */
  pr: string;
  /** Folder with `report.json`, or with a folder for each job that planned. */
  report?: string;
  /** @default - what is checked out */
  sha?: string;
  /** Address of the whole report. */
  link?: string;
  /** The jobs that had to plan, as `groundwork matrix --json` says them. @default - whatever reported */
  matrix?: string;
  /** Only mark what is there. */
  stale?: boolean;
}

/** Characters that the mark and a notice on top may need. */
const reserve = 600;

/** `groundwork comment --pr N --report DIR`: the one comment of a pull request. */
export async function commentCommand(
  context: CommandContext,
  { pr, report: folder, sha, link, matrix, stale }: CommentOptions,
): Promise<number> {
  const { root, console, env } = context;
  const problems: Problem[] = [];
  if (!/^[1-9]\d{0,9}$/.test(pr)) {
    problems.push({ field: "--pr", found: pr, expected: "the number of a pull request" });
  }
  const expected = expectedIn(matrix, problems);
  const reports = folder === undefined ? [] : readReports(resolve(root, folder));
  // A matrix without jobs is an answer too: nothing differs, and so nothing was planned.
  if (!stale && reports.length === 0 && matrix === undefined) {
    const expected = 'a folder that "groundwork plan --out" wrote';
    problems.push({ field: "--report", found: folder ?? "nothing", expected });
  }
  if (problems.length > 0) throw new UserError("The comment can't be written.", problems);

  const pullRequest = Number(pr);
  const unheard = await nobodyToTell(context, {});
  if (stale && unheard) {
    console.printJson({ pullRequest, marked: false });
    return 0;
  }
  const github = await openGitHub(env, { onWait: (text) => console.note(text) });
  if (stale) {
    const marked = await markStale(github, pullRequest);
    console.printJson({ pullRequest, marked });
    console.print(marked ? "Marked as stale." : "There is no comment of an older commit.");
    return 0;
  }
  const commit = await resolved(root, "--sha", sha ?? "HEAD");
  const report = mergeReports(reports, expected);
  const body = commentBody(report, { limit: longestBody - reserve, ...(link === undefined ? {} : { link }) });
  if (unheard) {
    console.printJson({ pullRequest, commit, result: "unheard" });
    console.print(body);
    return 0;
  }
  const written = await writeStickyComment(github, { pullRequest, sha: commit, body });
  console.printJson({ pullRequest, commit, ...written });
  const words = {
    created: "Commented",
    updated: "Changed the comment",
    unchanged: "The comment stays as it is",
    "newer there": "There is a comment of a newer commit already",
  };
  console.print(`${words[written.result]}: ${written.url}`);
  return 0;
}

const jobs = z.object({ include: z.array(z.object({ environment: z.string(), stacks: z.string() })) });

function expectedIn(matrix: string | undefined, problems: Problem[]): ExpectedStack[] {
  if (matrix === undefined) return [];
  try {
    const { include } = jobs.parse(JSON.parse(matrix));
    return include.flatMap(({ environment, stacks }) =>
      stacks.split(",").map((name) => ({ name, environment })),
    );
  } catch {
    problems.push({ field: "--matrix", found: matrix, expected: 'what "groundwork matrix --json" says' });
    return [];
  }
}
