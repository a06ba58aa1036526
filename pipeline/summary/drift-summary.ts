import { code, escapeHtml, foldedDetails } from "../report/markdown";

/** What a summary tells of one stack that was looked at. */
export interface SummarizedDrift {
  name: string;
  result: string;
  /** How many objects drifted, and how many wait for an apply. */
  drifted: number;
  pending: number;
  /** What is to be told of it, line by line, with nothing secret in it; none when it is in step. */
  lines: readonly string[];
  /** Address of its issue. */
  issue?: string;
}

/** What was changed behind Terraform's back, in GitHub's Markdown: a row for each stack, and below it what. */
export function driftSummary(stacks: readonly SummarizedDrift[]): string {
  const drifted = stacks.filter((one) => one.drifted > 0).length;
  const number = (count: number) => (count === 0 ? "" : ` ${count}`);
  const rows = stacks.map(
    ({ name, result, drifted, pending, issue }) =>
      `| ${code(name)} | ${result} |${number(drifted)} |${number(pending)} |${issue === undefined ? "" : ` ${issue}`} |`,
  );
  return `${[
    `## Drift: ${drifted === 0 ? "none" : `${drifted} of ${stacks.length}`}`,
    ["| Stack | Result | Drifted | Pending | Issue |", "| --- | --- | --: | --: | --- |", ...rows].join("\n"),
    ...stacks.flatMap(({ name, result, lines }) =>
      lines.length === 0
        ? []
        : [foldedDetails(`<b>${escapeHtml(name)}</b>: ${result}`, lines, { open: stacks.length === 1 })],
    ),
  ].join("\n\n")}\n`;
}
