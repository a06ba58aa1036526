import type { Colours } from "../console/console";
import { countText } from "../console/words";
import type { AttributeChange } from "../plan/attribute-changes";
import type { ChangeKind } from "../plan/changes";
import { countsText } from "../plan/counts-text";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import { changePhrase, orphanText, rehearsal } from "./phrases";
import type { Report, ReportedAttribute, ReportedChange, ReportedOrphan, ReportedStack } from "./report";
import { changeText } from "./value-text";

export interface RenderTextOptions {
  colours: Colours;
  /** Leaves out what only adds: a first `up` adds hundreds of resources. @default false */
  withoutCreations?: boolean;
}

/** The report for people at a terminal: what must be seen first, then by environment and stack. */
export function renderText(report: Report, options: RenderTextOptions): string {
  const { colours } = options;
  const environments = [...new Set(report.stacks.map(({ environment }) => environment))];
  const sections = environments.map((environment) => {
    const own = report.stacks.filter((stack) => stack.environment === environment);
    const stacks = own
      .filter(({ result }) => result === "changes" || result === "failed")
      .sort((a, b) => destructiveness(b) - destructiveness(a))
      .map((one) => renderStack(one, options));
    return [colours.bold(environment), ...stacks, ...quietLines(own, colours)].join("\n");
  });
  const first = [...renderOrphans(report.orphans, colours), ...renderRisks(report, colours)];
  const last = [
    ...(report.rehearsed ? [`This is ${rehearsal}.`] : []),
    ...renderRenames(report),
    totalLine(report, colours),
  ];
  return [...first, ...sections, ...last].join("\n\n");
}

/** The last line: what all stacks change together. */
export function totalLine({ stacks, counts, digest }: Report, colours: Colours): string {
  const named = (result: ReportedStack["result"]) => stacks.filter((stack) => stack.result === result);
  const changing = named("changes").length;
  const failed = named("failed").map(({ name }) => name);
  const numbers: [number, string][] = [
    [named("no changes").length, "up to date"],
    [named("not affected").length, "not affected"],
    [named("not planned").length, "not planned"],
  ];
  const parts = [
    ...(changing > 0 ? [`${countsText(counts) || "outputs change"} in ${countText(changing, "stack")}`] : []),
    ...numbers.flatMap(([number, what]) => (number > 0 ? [`${countText(number, "stack")} ${what}`] : [])),
    ...(failed.length > 0 ? [colours.red(`planning failed for ${failed.join(", ")}`)] : []),
  ];
  const headline =
    changing > 0 ? "Plan" : failed.length + named("not planned").length > 0 ? "No plan" : "No changes";
  const sealed = changing > 0 && digest !== undefined ? `\nDigest: ${digest}` : "";
  return `${headline}: ${parts.join("; ")}.${sealed}`;
}

function quietLines(stacks: readonly ReportedStack[], colours: Colours): string[] {
  const quiet = stacks.filter(({ result }) => result === "no changes").length;
  const untouched = stacks.filter(({ result }) => result === "not affected").length;
  return [
    ...(quiet > 0 ? [colours.dim(`  ${countText(quiet, "stack")} without changes`)] : []),
    ...(untouched > 0 ? [colours.dim(`  ${countText(untouched, "stack")} not affected`)] : []),
  ];
}

/** Risks of a first `up` in an empty cloud would fill the screen; the page has all of them. */
const mostRisks = 20;

function renderRisks({ risks }: Report, colours: Colours): string[] {
  if (risks.length === 0) return [];
  const lines = risks.slice(0, mostRisks).map(({ kind, stack, address, text }) => {
    return `  ${colours.red(kind.padEnd(12))} ${stack}: ${text}${address === undefined ? "" : colours.dim(`  ${address}`)}`;
  });
  const more = risks.length - mostRisks;
  return [[colours.bold("Look first"), ...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n")];
}

function renderOrphans(orphans: readonly ReportedOrphan[], colours: Colours): string[] {
  if (orphans.length === 0) return [];
  return [
    [colours.bold("No longer in the code"), ...orphans.map((one) => `  ${orphanText(one)}`)].join("\n"),
  ];
}

function renderRenames({ stacks }: Report): string[] {
  const commands = [...new Set(stacks.flatMap(({ renames }) => renames.map(({ command }) => command)))];
  if (commands.length === 0) return [];
  const all = commands.length > 1 ? ["  groundwork move --offered  (all of these)"] : [];
  return [
    [
      "Only the name in the code changed? Then keep the object:",
      ...all,
      ...commands.map((one) => `  ${one}`),
    ].join("\n"),
  ];
}

function destructiveness({ changes, result }: ReportedStack): number {
  if (result === "failed") return 2;
  return changes.some(({ kind }) => kind === "delete" || kind === "replace") ? 1 : 0;
}

function renderStack(
  { name, result, counts, changes, outputs, drifted, diagnostics }: ReportedStack,
  { colours, withoutCreations }: RenderTextOptions,
): string {
  const problems = renderDiagnostics(diagnostics, colours).map((line) => `    ${line}`);
  if (result === "failed")
    return [`  ${colours.bold(name)}  ${colours.red("failed")}`, ...problems].join("\n");
  const shown = withoutCreations ? changes.filter(({ kind }) => kind !== "create") : changes;
  return [
    `  ${colours.bold(name)}  ${countsText(counts) || "outputs change"}`,
    ...problems,
    ...shown.flatMap((change) => renderChange(change, colours)),
    ...outputs.map((output) => `    ${colours.yellow("~")}   output ${attributeText(output)}`),
    ...drifted.map(({ address }) => colours.dim(`    !   ${address} was changed outside of Terraform`)),
  ].join("\n");
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

function renderChange(change: ReportedChange, colours: Colours): string[] {
  const { kind, address, createsFirst, attributes } = change;
  const [symbol, colour] = symbols[kind];
  const sign = kind === "replace" && createsFirst ? "+/-" : symbol;
  const phrase = changePhrase(change);
  const heading = `    ${colours[colour](sign.padEnd(3))} ${address}${phrase === "" ? "" : `  (${phrase})`}`;
  if (kind !== "update" && kind !== "replace") return [heading];
  const told = attributes.filter(
    ({ after, forcesReplacement }) => forcesReplacement || after.is !== "unknown",
  );
  const computed = attributes.length - told.length;
  return [
    heading,
    ...told.flatMap((attribute) => renderAttribute(attribute, colours)),
    ...(computed === 0
      ? []
      : [colours.dim(`          and ${countText(computed, "value")} known after apply`)]),
  ];
}

/** Leaves of a document beyond these are for the page. */
const mostLeaves = 12;

function renderAttribute(attribute: ReportedAttribute, colours: Colours): string[] {
  const forces = attribute.forcesReplacement ? colours.red("  makes it necessary") : "";
  const { document } = attribute;
  if (document === undefined) return [`          ${attributeText(attribute)}${forces}`];
  const more = document.length - mostLeaves;
  return [
    `          ${attribute.path}, inside:${forces}`,
    ...document.slice(0, mostLeaves).map((leaf) => `            ${attributeText(leaf)}`),
    ...(document.length === 0 ? ["            only its layout changes"] : []),
    ...(more > 0 ? [colours.dim(`            and ${more} more`)] : []),
  ];
}

function attributeText({ path, before, after }: AttributeChange): string {
  return `${path}: ${changeText(before, after)}`;
}
