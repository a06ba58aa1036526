import type { CheckResult, Finding, Outcome } from "@groundwork/policies/finding";
import type { Colours } from "../console/console";
import { tableText } from "../console/table";
import { countText } from "../console/words";

/** What the rules say: by environment and rule, each place with what is wrong and what to do; then the sums. */
export function renderFindings({ findings, outcomes }: CheckResult, colours: Colours): string {
  const shown = findings.filter(({ state }) => state === "open");
  const environments = [...new Set(outcomes.map(({ environment }) => environment))];
  const parts = environments.flatMap((environment) => {
    const own = shown.filter((finding) => finding.environment === environment);
    if (own.length === 0) return [];
    const rules = [...new Set(own.map(({ rule, severity }) => `${rule} ${severity}`))];
    const blocks = rules.map((key) =>
      ruleBlock(
        own.filter(({ rule, severity }) => `${rule} ${severity}` === key),
        colours,
      ),
    );
    return [colours.bold(environment), ...blocks, ""];
  });
  return [...parts, ...notCheckedLines(outcomes, colours), sums(findings, outcomes, colours)].join("\n");
}

/** Long sentences don't fit in columns: a headline for the rule, then its places. */
function ruleBlock(findings: readonly Finding[], colours: Colours): string {
  const [first] = findings;
  if (!first) return "";
  const { severity, rule, title, mapsTo } = first;
  const mark = severity === "error" ? colours.red("error  ") : colours.yellow("warning");
  const advice = findings.map(
    ({ todo, approval }) => `${todo}${approval ? `; or: ${approvalText(approval)}` : ""}`,
  );
  const isOneAdvice = new Set(advice).size === 1;
  const arrow = (text: string | undefined) => `             ${colours.dim("→")} ${text}`;
  const places = findings.flatMap(({ stack, address, attribute, found }, index) => {
    const where = [stack, address, attribute].filter((one) => one !== undefined).join("  ");
    return [`           ${where}: ${found}`, ...(isOneAdvice ? [] : [arrow(advice[index])])];
  });
  if (isOneAdvice) places.push(arrow(advice[0]));
  return [`  ${mark}  ${title} (${[rule, ...mapsTo].join(", ")})`, ...places].join("\n");
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
