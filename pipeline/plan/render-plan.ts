import type { Colours } from "../console/console";
import { countText } from "../console/words";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import type { AttributeChange } from "./attribute-changes";
import { addCounts, type ChangeKind, countChanges, type ResourceChange } from "./changes";
import { countsText } from "./counts-text";
import type { PlannedStack } from "./plan-stacks";
import { maskSecrets } from "./secrets";
import { changeText } from "./value-text";

export interface RenderPlanOptions {
  colours: Colours;
  /** Leaves out what only adds: a first `up` adds hundreds of resources. @default false */
  withoutCreations?: boolean;
}

/** The plans of several stacks for people: by environment, then by stack, what is destroyed first. */
export function renderPlan(planned: readonly PlannedStack[], options: RenderPlanOptions): string {
  const { colours } = options;
  const environments = [...new Set(planned.map(({ stack }) => stack.environment))];
  const sections = environments.map((environment) => {
    const own = planned.filter(({ stack }) => stack.environment === environment);
    const quiet = own.filter(({ result }) => result === "no changes").length;
    const stacks = own
      .filter(({ result }) => result !== "no changes" && result !== "not planned")
      .sort((a, b) => destructiveness(b) - destructiveness(a))
      .map((one) => renderStack(one, options));
    const rest = quiet === 0 ? [] : [colours.dim(`  ${countText(quiet, "stack")} without changes`)];
    return [colours.bold(environment), ...stacks, ...rest].join("\n");
  });
  return [...sections, totalLine(planned, colours)].join("\n\n");
}

/** The last line: what all stacks change together. */
export function totalLine(planned: readonly PlannedStack[], colours: Colours): string {
  const changing = planned.filter(({ result }) => result === "changes");
  const failed = planned.filter(({ result }) => result === "failed").map(({ stack }) => stack.name);
  const notPlanned = planned.filter(({ result }) => result === "not planned").length;
  const counts = countsText(addCounts(changing.map(({ changes }) => countChanges(changes?.resources ?? []))));
  const upToDate = planned.length - changing.length - failed.length - notPlanned;
  const parts = [
    changing.length > 0 && `${counts || "outputs change"} in ${countText(changing.length, "stack")}`,
    upToDate > 0 && `${countText(upToDate, "stack")} up to date`,
    notPlanned > 0 && `${countText(notPlanned, "stack")} not planned`,
    failed.length > 0 && colours.red(`planning failed for ${failed.join(", ")}`),
  ].filter((part) => part !== false);
  return `${changing.length > 0 ? "Plan" : failed.length + notPlanned > 0 ? "No plan" : "No changes"}: ${parts.join("; ")}.`;
}

function destructiveness({ changes, result }: PlannedStack): number {
  if (result === "failed") return 2;
  return changes?.resources.some(({ kind }) => kind === "delete" || kind === "replace") ? 1 : 0;
}

function renderStack(
  { stack, result, changes, diagnostics, secrets }: PlannedStack,
  options: RenderPlanOptions,
): string {
  const { colours, withoutCreations } = options;
  const problems = renderDiagnostics(diagnostics, colours).map((line) => `    ${line}`);
  if (result === "failed" || !changes) {
    return maskSecrets(
      [`  ${colours.bold(stack.name)}  ${colours.red("failed")}`, ...problems].join("\n"),
      secrets,
    );
  }
  const counts = countsText(countChanges(changes.resources)) || "outputs change";
  const shown = withoutCreations
    ? changes.resources.filter(({ kind }) => kind !== "create")
    : changes.resources;
  const lines = [
    `  ${colours.bold(stack.name)}  ${counts}`,
    ...problems,
    ...shown.flatMap((change) => renderResource(change, colours)),
    ...changes.outputs.map((output) => `    ${colours.yellow("~")}   output ${attributeText(output)}`),
    ...changes.drifted.map(({ address }) =>
      colours.dim(`    !   ${address} was changed outside of Terraform`),
    ),
  ];
  return maskSecrets(lines.join("\n"), secrets);
}

const symbols: {
  readonly [kind in ChangeKind]: [symbol: string, colour: "red" | "yellow" | "green" | "cyan"];
} = {
  delete: ["-", "red"],
  replace: ["-/+", "red"],
  forget: ["x", "yellow"],
  update: ["~", "yellow"],
  create: ["+", "green"],
  import: ["<", "cyan"],
  move: [">", "cyan"],
};

function renderResource(change: ResourceChange, colours: Colours): string[] {
  const { kind, address, createsFirst, attributes } = change;
  const [symbol, colour] = symbols[kind];
  const sign = kind === "replace" && createsFirst ? "+/-" : symbol;
  const heading = `    ${colours[colour](sign.padEnd(3))} ${address}${phrase(change)}`;
  if (kind !== "update" && kind !== "replace") return [heading];
  const told = attributes.filter(
    ({ after, forcesReplacement }) => forcesReplacement || after.is !== "unknown",
  );
  const computed = attributes.length - told.length;
  return [
    heading,
    ...told.map((attribute) => `          ${attributeText(attribute)}${forces(attribute, colours)}`),
    ...(computed === 0
      ? []
      : [colours.dim(`          and ${countText(computed, "value")} known after apply`)]),
  ];
}

function phrase({ kind, createsFirst, reason, movedFrom, importedBy }: ResourceChange): string {
  const parts = [
    kind === "replace" &&
      (createsFirst ? "the new one is there before the old one goes" : "the old one goes first"),
    kind === "forget" && "stays, but is no longer managed",
    reason,
    movedFrom && `moved from ${movedFrom}`,
    importedBy && `imported by ${importedBy}`,
  ].filter((part) => part);
  return parts.length === 0 ? "" : `  (${parts.join("; ")})`;
}

function attributeText({ path, before, after }: AttributeChange): string {
  return `${path}: ${changeText(before, after)}`;
}

function forces({ forcesReplacement }: AttributeChange, colours: Colours): string {
  return forcesReplacement ? colours.red("  makes it necessary") : "";
}
