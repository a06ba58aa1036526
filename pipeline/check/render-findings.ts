import type { CheckResult, Finding, Outcome } from "@groundwork/policies/finding";
import type { Colours } from "../console/console";
import { tableText } from "../console/table";
import { countText } from "../console/words";

/** What the rules say, as a table of findings by environment and a line of sums. */
export function renderFindings({ findings, outcomes }: CheckResult, colours: Colours): string {
  const shown = findings.filter(({ state }) => state === "open");
  const environments = [...new Set(outcomes.map(({ environment }) => environment))];
  const parts = environments.flatMap((environment) => {
    const own = shown.filter((finding) => finding.environment === environment);
    if (own.length === 0) return [];
    return [colours.bold(environment), ...own.map((finding) => findingBlock(finding, colours)), ""];
  });
  return [...parts, ...notCheckedLines(outcomes, colours), sums(findings, outcomes, colours)].join("\n");
}

/** Long sentences don't fit in columns: a headline, where, and what to do. */
function findingBlock({ severity, rule, title, mapsTo, ...finding }: Finding, colours: Colours): string {
  const mark = severity === "error" ? colours.red("error  ") : colours.yellow("warning");
  const number = [rule, ...mapsTo].join(", ");
  const { stack, address, attribute, found, todo, approval } = finding;
  const where = [stack, address, attribute].filter((one) => one !== undefined).join("  ");
  return [
    `  ${mark}  ${title} (${number})`,
    `           ${where}`,
    `           ${found}`,
    `           ${colours.dim("→")} ${todo}`,
    ...(approval ? [`           ${colours.dim("→")} or approve it: ${approvalText(approval)}`] : []),
  ].join("\n");
}

/** `the label approve:destroy, by somebody of an allowed team`. */
export function approvalText({ label, people }: NonNullable<Finding["approval"]>): string {
  const who =
    people === 1 ? "somebody of an allowed team" : "somebody of an allowed team, and a second one's review";
  return `the label ${label}, by ${who}`;
}

function notCheckedLines(outcomes: readonly Outcome[], colours: Colours): string[] {
  return outcomes
    .filter(({ result }) => result === "not checked")
    .map(({ rule, environment, why }) => colours.dim(`  not checked  ${rule} in ${environment}: ${why}`));
}

function sums(findings: readonly Finding[], outcomes: readonly Outcome[], colours: Colours): string {
  const environments = [...new Set(outcomes.map(({ environment }) => environment))];
  const rows = environments.map((environment) => {
    const own = findings.filter((finding) => finding.environment === environment);
    const results = outcomes.filter((outcome) => outcome.environment === environment);
    const open = own.filter(({ state }) => state === "open");
    return [
      environment,
      open.filter(({ severity }) => severity === "error").length,
      open.filter(({ severity }) => severity === "warning").length,
      own.length - open.length,
      results.filter(({ result }) => result === "compliant").length,
      results.filter(({ result }) => result === "not applicable" || result === "off").length,
    ].map(String);
  });
  const right = { align: "right" } as const;
  const columns = [
    { title: "Environment" },
    ...["Errors", "Warnings", "Settled", "Rules kept", "Not about it"].map((title) => ({ title, ...right })),
  ];
  return tableText(columns, rows, colours);
}

/** `3 errors, 1 warning`. */
export function findingCounts(findings: readonly Finding[]): string {
  const open = findings.filter(({ state }) => state === "open");
  const errors = open.filter(({ severity }) => severity === "error").length;
  return `${countText(errors, "error")}, ${countText(open.length - errors, "warning")}`;
}
