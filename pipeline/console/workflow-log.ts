import { appendFileSync, statSync } from "node:fs";

/** What a step's summary may hold. @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const longestSummary = 1024 * 1024;
/** What people take in at a glance; more is folded. */
const linesAtAGlance = 40;

/**
 * Adds Markdown to the summary that a workflow run of GitHub shows for its step; elsewhere nothing. What the summary has no
 * room for is cut at a line.
 */
export function addToSummary(markdown: string, env: NodeJS.ProcessEnv): void {
  const file = env.GITHUB_STEP_SUMMARY;
  if (env.GITHUB_ACTIONS !== "true" || !file) return;
  const used = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const text = cutTo(`${markdown.trimEnd()}\n\n`, longestSummary - used);
  if (text !== "") appendFileSync(file, text);
}

const rest = "\n\nThe rest is in the log.\n";

function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const room = bytes - Buffer.byteLength(rest);
  const kept = Buffer.from(text).subarray(0, Math.max(0, room)).toString("utf8");
  const end = kept.lastIndexOf("\n");
  return end <= 0 ? "" : `${kept.slice(0, end)}${rest}`;
}

/**
 * A long text as a workflow run's log folds it, under a title; what is short, or read elsewhere, stays as it is.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#grouping-log-lines
 */
export function folded(title: string, text: string, env: NodeJS.ProcessEnv): string {
  if (env.GITHUB_ACTIONS !== "true" || text.split("\n").length <= linesAtAGlance) return text;
  return `::group::${title.replaceAll(/[\r\n]/g, " ")}\n${text}\n::endgroup::`;
}
