import { countText } from "../console/words";
import { type ChangeKind, changeKinds } from "../plan/changes";
import { countsText } from "../plan/counts-text";
import { code, escapeHtml, foldedDetails, prose } from "./markdown";
import { changePhrase, orphanText, rehearsal } from "./phrases";
import type { Report, ReportedAttribute, ReportedChange, ReportedStack } from "./report";
import { changeText } from "./value-text";

/** Parts of the report in GitHub's Markdown, so that what doesn't fit can be left out piece by piece. */
export interface MarkdownParts {
  /** Headline, digest, what was compared. */
  head: string;
  /** One line each, the worst first: risks, orphans, renames. */
  first: string[];
  /** Heading of the table, and a row per stack, those with changes first. */
  table: { heading: string; rows: string[] };
  /** What each stack changes, line by line, those with deletions first. */
  details: StackDetails[];
}

export interface StackDetails {
  summary: string;
  lines: string[];
}

/** The whole report in Markdown. */
export function renderMarkdown(report: Report): string {
  const { head, first, table, details } = markdownParts(report);
  return `${[
    head,
    ...(first.length > 0 ? [first.join("\n")] : []),
    ...(table.rows.length > 0 ? [[table.heading, ...table.rows].join("\n")] : []),
    ...details.map(({ summary, lines }) => foldedDetails(summary, lines)),
  ].join("\n\n")}\n`;
}

export function markdownParts(report: Report): MarkdownParts {
  const order = [...report.stacks].sort((a, b) => weight(b) - weight(a));
  return {
    head: head(report),
    first: [
      ...report.orphans.map(
        (one) => `- **${one.decision === "undecided" ? "decide" : "orphan"}** ${prose(orphanText(one))}`,
      ),
      ...report.stacks
        .filter(({ result }) => result === "failed")
        .map(({ name }) => `- **failed** ${code(name)} could not be planned`),
      ...report.risks.map(
        ({ kind, stack, address, text }) =>
          `- **${kind}** ${code(stack)}: ${prose(text)}${address === undefined ? "" : ` (${code(address)})`}`,
      ),
      ...renameCommands(report).map((command) => `- **renamed?** keep the object: ${code(command)}`),
    ],
    table: {
      heading:
        "| Stack | Delete | Replace | Change | Add | Other | Digest |\n| --- | --: | --: | --: | --: | --: | --- |",
      rows: order.filter(({ result }) => result !== "not affected").map(row),
    },
    details: order.filter(hasDetails).map(details),
  };
}

function head({ counts, stacks, digest, changedSince, rehearsed }: Report): string {
  const named = (result: ReportedStack["result"]) => stacks.filter((stack) => stack.result === result).length;
  const changing = named("changes");
  const headline =
    changing > 0
      ? `Plan: ${countsText(counts) || "outputs change"} in ${countText(changing, "stack")}`
      : named("failed") + named("not planned") > 0
        ? "No plan"
        : "No changes";
  const facts = [
    digest === undefined ? "No digest: not every stack could be planned" : `Digest ${code(digest)}`,
    ...(changedSince === undefined ? [] : [`compared with ${code(changedSince)}`]),
    ...(rehearsed ? [rehearsal] : []),
    ...(stacks.length === 0 ? ["no stack is affected"] : []),
    ...(["no changes", "not affected", "not planned"] as const).flatMap((result) =>
      named(result) > 0
        ? [`${countText(named(result), "stack")} ${result === "no changes" ? "up to date" : result}`]
        : [],
    ),
  ];
  return `## ${headline}\n\n${facts.join(" · ")}`;
}

function renameCommands({ stacks }: Report): string[] {
  const commands = [...new Set(stacks.flatMap(({ renames }) => renames.map(({ command }) => command)))];
  return commands.length > 1 ? ["groundwork move --offered", ...commands] : commands;
}

function row({ name, result, counts, digest }: ReportedStack): string {
  const number = (count: number) => (count === 0 ? "" : String(count));
  if (result !== "changes") return `| ${code(name)} | | | | | | ${result} |`;
  const other = counts.forget + counts.import + counts.move;
  const numbers = [counts.delete, counts.replace, counts.update, counts.create, other].map(number);
  return `| ${code(name)} | ${numbers.join(" | ")} | ${digest === undefined ? "" : code(digest.slice(7, 19))} |`;
}

/** Failed ones first, then by what they destroy; otherwise as they are applied. */
function weight({ result, counts }: ReportedStack): number {
  if (result === "failed") return 4;
  if (result !== "changes") return result === "no changes" ? 0 : 1;
  return counts.delete + counts.replace > 0 ? 3 : 2;
}

function hasDetails({ result }: ReportedStack): boolean {
  return result === "changes" || result === "failed";
}

function details({
  name,
  result,
  counts,
  changes,
  outputs,
  drifted,
  diagnostics,
}: ReportedStack): StackDetails {
  const what = result === "failed" ? "failed" : countsText(counts) || "outputs change";
  return {
    summary: `<b>${escapeHtml(name)}</b>: ${what}`,
    lines: [
      ...diagnostics.flatMap(({ severity, summary, detail, address }) =>
        [`${severity}: ${summary}`, ...(address ? [`in ${address}`] : []), ...detail.split("\n")]
          .filter((line) => line.trim() !== "")
          .map((line) => `${severity === "error" ? "-" : "!"} ${line}`),
      ),
      ...changes.flatMap(changeLines),
      ...outputs.map((output) => `! output ${attributeText(output)}`),
      ...drifted.map(({ address }) => `# ${address} was changed outside of Terraform`),
    ],
  };
}

const signs: { readonly [kind in ChangeKind]: string } = {
  delete: "-",
  replace: "-",
  forget: "!",
  update: "!",
  create: "+",
  import: "+",
  move: "#",
};
const verbs: { readonly [kind in ChangeKind]: string } = {
  delete: "delete",
  replace: "replace",
  forget: "forget",
  update: "change",
  create: "add",
  import: "import",
  move: "move",
};
const widest = Math.max(...changeKinds.map((kind) => verbs[kind].length));

function changeLines(change: ReportedChange): string[] {
  const { kind, address, attributes } = change;
  const phrase = changePhrase(change);
  const heading = `${signs[kind]} ${verbs[kind].padEnd(widest)} ${address}${phrase === "" ? "" : `  (${phrase})`}`;
  if (kind !== "update" && kind !== "replace") return [heading];
  const told = attributes.filter(
    ({ after, forcesReplacement }) => forcesReplacement || after.is !== "unknown",
  );
  const computed = attributes.length - told.length;
  return [
    heading,
    ...told.flatMap(attributeLines),
    ...(computed > 0 ? [`      and ${countText(computed, "value")} known after apply`] : []),
  ];
}

function attributeLines(attribute: ReportedAttribute): string[] {
  const { path, document, forcesReplacement } = attribute;
  const forces = forcesReplacement ? "  (makes it necessary)" : "";
  if (document === undefined) return [`      ${attributeText(attribute)}${forces}`];
  if (document.length === 0) return [`      ${path}: only its layout changes${forces}`];
  return [`      ${path}, inside:${forces}`, ...document.map((leaf) => `        ${attributeText(leaf)}`)];
}

function attributeText({
  path,
  before,
  after,
}: Pick<ReportedAttribute, "path" | "before" | "after">): string {
  return `${path}: ${changeText(before, after)}`;
}
