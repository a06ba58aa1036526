import type { AttributeChange, ShownValue } from "../plan/attribute-changes";
import type { ResourceChange } from "../plan/changes";
import { flexMonthlyUsd, nodeMonthlyUsd } from "./list-prices";
import type { Risk } from "./report";
import type { CostFact } from "./resource-types/resource-type";
import { factsOf } from "./resource-types/resource-types";

/** What a change in place does to the bill, each thing once; with prices where they are known, and none invented. */
export function costsOf({ kind, type, attributes }: ResourceChange): Risk[] {
  if (kind !== "update") return [];
  const texts = (factsOf(type)?.costs ?? []).flatMap((fact) =>
    attributes
      .filter(({ path }) => plain(path) === fact.path)
      .flatMap((attribute) => {
        const before = formerPlan(attribute, fact, attributes) ?? textIn(attribute.before);
        return costText(fact, before, textIn(attribute.after)) ?? [];
      }),
  );
  return [...new Set(texts)].map(cost);
}

const flex = "mongodbatlas_flex_cluster";
const dedicated = "mongodbatlas_advanced_cluster";
const size = "replication_specs.region_configs.electable_specs.instance_size";

/** A cluster that is made as one of another kind was: what that does to the bill. */
export function costsOfAnotherKind(change: ResourceChange, all: readonly ResourceChange[]): Risk[] {
  const other = change.type === flex ? dedicated : change.type === dedicated ? flex : undefined;
  if (change.kind !== "create" || other === undefined) return [];
  const name = shownIn(change, "name", "after");
  const gone = all.find(
    (one) => one.type === other && one.kind === "delete" && shownIn(one, "name", "before") === name,
  );
  if (!gone || name === undefined) return [];
  const [before, after] =
    change.type === flex ? [shownIn(gone, size, "before"), "Flex"] : ["Flex", shownIn(change, size, "after")];
  const text = before && after && costText({ path: size, is: "size" }, before, after);
  return text ? [cost(text)] : [];
}

function cost(text: string): Risk {
  return { kind: "cost", text };
}

function shownIn({ attributes }: ResourceChange, path: string, side: "before" | "after") {
  const found = attributes.find((one) => plain(one.path) === path);
  return found && textIn(found[side]);
}

/** Clusters without a size of their own: what they were is told by their provider. */
const plansByProvider: Readonly<Record<string, string>> = { FLEX: "Flex", TENANT: "a shared tier" };

function formerPlan(
  { path, before }: AttributeChange,
  { is }: CostFact,
  attributes: readonly AttributeChange[],
): string | undefined {
  const [place] = path.split(".electable_specs");
  if (is !== "size" || before.is !== "absent" || place === path) return undefined;
  const provider = attributes.find((one) => one.path === `${place}.provider_name`);
  return provider && plansByProvider[textIn(provider.before) ?? ""];
}

function costText(fact: CostFact, before: string | undefined, after: string | undefined): string | undefined {
  const { is, what, unit, maybe = false, note } = fact;
  if (is === "switch") {
    const [was, now] = [before === "true", after === "true"];
    if (was === now || after === undefined) return undefined;
    return now ? `may cost more: ${what}` : `may cost less: no longer: ${what}`;
  }
  // What is new or gone is a cost only where it bounds one; else its object says more.
  if (after === undefined || (before === undefined && !maybe)) return undefined;
  const direction =
    before === undefined ? 1 : is === "amount" ? Number(after) - Number(before) : compareSizes(before, after);
  if (direction === 0) return undefined;
  const verb =
    direction === undefined
      ? `${maybe ? "may cost" : "costs"} something else`
      : `${maybe ? "may cost" : "costs"} ${direction > 0 ? "more" : "less"}`;
  const values = [before, after].filter((one) => one !== undefined).join(" → ");
  const told = [what, values, unit].filter((one) => one !== undefined).join(" ");
  return `${verb}: ${told}${is === "size" ? priceText(before, after) : ""}${note === undefined ? "" : `, ${note}`}`;
}

/** Above zero when the second is the larger one; undefined where nobody can tell by their names. */
function compareSizes(before: string, after: string): number | undefined {
  const rank = ([kind, number]: readonly [string, number]) => (kind === "M" ? number : undefined);
  const [a, b] = [sizeIn(before), sizeIn(after)];
  if (before === after) return 0;
  if (a && b && a[0] === b[0]) return b[1] - a[1];
  if (plans.includes(before)) return b && rank(b) !== undefined ? 1 : undefined;
  if (plans.includes(after)) return a && rank(a) !== undefined ? -1 : undefined;
  return undefined;
}

const plans = Object.values(plansByProvider);

/** `["M", 30]` of `M30`. */
function sizeIn(name: string): readonly [string, number] | undefined {
  const [, kind, number] = /^([A-Z])(\d+)$/.exec(name) ?? [];
  return kind === undefined ? undefined : [kind, Number(number)];
}

function priceText(before: string | undefined, after: string): string {
  const [was, now] = [before, after].map((one) => (one === undefined ? undefined : nodeMonthlyUsd(one)));
  if (before === "Flex" || after === "Flex") {
    const [other, price] = before === "Flex" ? [after, now] : [before, was];
    if (price === undefined) return "";
    return `; Flex costs at most ${flexMonthlyUsd} US dollars a month, ${other} about ${price} for each node, by list price`;
  }
  if (now === undefined || (before !== undefined && was === undefined)) return "";
  const prices = was === undefined ? `${now}` : `${was} → ${now}`;
  return `, about ${prices} US dollars a month for each node, by list price`;
}

/** Path without the positions in lists. */
function plain(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}

function textIn(shown: ShownValue): string | undefined {
  return shown.is === "value" ? String(shown.value) : undefined;
}
