import { type ObjectValue, UNKNOWN, type Value } from "../../values/value";
import { parse } from "./diff-reader";
import { type DiffNode, someDifference } from "./diff-tree";
import { isLegacyObject, type LegacyObject, LegacySet, type LegacyValue, textOf } from "./legacy-values";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/**
 * The planned state: the state with the differences applied (rules of `InstanceDiff.Apply` in terraform/diff.go of
 * the plugin SDK v2).
 */
export function applyDifferences(
  fields: SdkFields,
  state: LegacyObject | undefined,
  id: string,
  tree: DiffNode,
): ObjectValue {
  const planned = applyFields(fields, state, tree);
  const idUnknown = tree.children.get("id")?.difference?.computed || !state || id === "";
  planned.id = idUnknown ? UNKNOWN : id;
  return planned;
}

function applyFields(
  fields: SdkFields,
  state: LegacyObject | undefined,
  node: DiffNode | undefined,
): ObjectValue {
  const result: ObjectValue = {};
  for (const [name, attribute] of fields) {
    const old = state && Object.hasOwn(state, name) ? state[name] : undefined;
    result[name] = applyAttribute(attribute, old, node?.children.get(name));
  }
  return result;
}

function applyAttribute(
  attribute: SdkAttribute,
  old: LegacyValue | undefined,
  node: DiffNode | undefined,
): Value {
  switch (attribute.kind) {
    case "list":
      return attribute.block ? applyBlockList(attribute, old, node) : applyList(attribute, old, node);
    case "set":
      return attribute.elementFields ? applyObjectSet(attribute, old, node) : applySet(attribute, old, node);
    case "map":
      return applyMap(attribute, old, node);
    default:
      return applyPrimitive(attribute, old, node, attribute.required);
  }
}

function applyPrimitive(
  attribute: SdkAttribute,
  old: LegacyValue | undefined,
  node: DiffNode | undefined,
  required: boolean,
): Value {
  const difference = node?.difference;
  if (difference?.computed) return UNKNOWN;
  if (!difference) {
    if (old !== undefined) return old as Value;
    return required && attribute.kind === "string" ? "" : null;
  }
  if (difference.removed) return null;
  if (difference.after === "") return attribute.kind === "string" ? "" : null;
  return parse(difference.after, attribute.kind) as Value;
}

/** What the difference of a count says by itself; undefined when the elements decide. */
function wholeCollection(node: DiffNode | undefined, suffix: "#" | "%", empty: Value): Value | undefined {
  const count = node?.children.get(suffix)?.difference;
  if (!count) return undefined;
  if (count.removed) return null;
  if (count.computed) return UNKNOWN;
  return count.after === "0" ? empty : undefined;
}

function plannedCount(node: DiffNode | undefined, suffix: "#" | "%"): number | undefined {
  const text = node?.children.get(suffix)?.difference?.after;
  return text === undefined || text === "" ? undefined : Number(text);
}

function applyList(attribute: SdkAttribute, old: LegacyValue | undefined, node: DiffNode | undefined): Value {
  const whole = wholeCollection(node, "#", []);
  if (whole !== undefined) return whole;
  const items = Array.isArray(old) ? old : undefined;
  if (!items && !node) return null;
  const length = plannedCount(node, "#") ?? items?.length ?? node?.children.size ?? 0;
  const result: Value[] = [];
  for (let index = 0; index < length; index++) {
    const item = applyElement(attribute, items?.[index], node?.children.get(String(index)));
    result.push(item === null && attribute.element?.kind === "string" ? "" : item);
  }
  return result;
}

function applyElement(
  attribute: SdkAttribute,
  old: LegacyValue | undefined,
  node: DiffNode | undefined,
): Value {
  if (attribute.elementFields)
    return applyFields(attribute.elementFields, isLegacyObject(old) ? old : undefined, node);
  return applyAttribute({ ...(attribute.element as SdkAttribute), required: false }, old, node);
}

function applySet(attribute: SdkAttribute, old: LegacyValue | undefined, node: DiffNode | undefined): Value {
  const whole = wholeCollection(node, "#", []);
  if (whole !== undefined) return whole;
  const set = old instanceof LegacySet ? old : undefined;
  if (!set && !node) return null;
  const result: Value[] = [];
  for (const code of new Set([...(set?.codes() ?? []), ...(node?.children.keys() ?? [])])) {
    if (code === "#") continue;
    const item = applyElement(attribute, set?.elements.get(code), node?.children.get(code));
    if (item !== null) result.push(item);
  }
  return result;
}

function applyMap(attribute: SdkAttribute, old: LegacyValue | undefined, node: DiffNode | undefined): Value {
  const whole = wholeCollection(node, "%", {});
  if (whole !== undefined) return whole;
  const map = isLegacyObject(old) ? old : undefined;
  if (!map && !node) return null;
  const result: ObjectValue = {};
  for (const key of new Set([...Object.keys(map ?? {}), ...(node?.children.keys() ?? [])])) {
    if (key === "%") continue;
    const item = applyPrimitive(
      attribute.element as SdkAttribute,
      map?.[key],
      node?.children.get(key),
      false,
    );
    if (item !== null) result[key] = item;
  }
  return result;
}

function applyBlockList(
  attribute: SdkAttribute,
  old: LegacyValue | undefined,
  node: DiffNode | undefined,
): Value {
  const count = node?.children.get("#")?.difference;
  if (count?.computed) return UNKNOWN;
  const items = Array.isArray(old) ? old : [];
  const touched = new Map<number, DiffNode>();
  for (const [step, child] of node?.children ?? []) {
    if (step !== "#" && someDifference(child, ({ removed }) => !removed)) touched.set(Number(step), child);
  }
  const kept = count
    ? Number(count.after)
    : Array.isArray(old)
      ? items.length
      : Math.max(-1, ...touched.keys()) + 1;
  const result: Value[] = [];
  for (let index = 0; index < kept; index++) {
    const item = items[index];
    const fields = attribute.elementFields as SdkFields;
    // An element is worked out from its differences; one that had no value stays without.
    const known = item !== undefined || touched.has(index);
    result.push(
      known
        ? applyFields(fields, isLegacyObject(item) ? item : undefined, node?.children.get(String(index)))
        : blank(fields),
    );
  }
  return result;
}

/** Sets of objects are planned as a whole: only elements that the differences bring in remain. */
function applyObjectSet(
  attribute: SdkAttribute,
  old: LegacyValue | undefined,
  node: DiffNode | undefined,
): Value {
  const count = node?.children.get("#")?.difference;
  if (count?.computed) return UNKNOWN;
  const set = old instanceof LegacySet ? old : undefined;
  const fields = attribute.elementFields as SdkFields;
  const result: Value[] = [];
  for (const [code, child] of node?.children ?? []) {
    if (code === "#" || !someDifference(child, isKept)) continue;
    const item = set?.elements.get(code);
    result.push(applyFields(fields, isLegacyObject(item) ? item : undefined, child));
  }
  const emptied = count && (count.after === "0" || count.removed);
  if (result.length === 0 && !emptied) {
    for (const item of set?.list() ?? [])
      result.push(applyFields(fields, isLegacyObject(item) ? item : undefined, undefined));
  }
  if (result.length === 0 && textOf(count?.after) === "1") result.push(blank(fields));
  return result;
}

/** A difference that speaks for an element of a set: not a removal, and not just an empty collection in it. */
function isKept({ removed, after }: { removed: boolean; after: string }, lastStep: string): boolean {
  return !removed && !((lastStep === "#" || lastStep === "%") && after === "0");
}

/** An object of which nothing is known but that it exists. */
function blank(fields: SdkFields): ObjectValue {
  return Object.fromEntries([...fields.keys()].map((name) => [name, null]));
}
