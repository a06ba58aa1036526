import type { Address, FieldRead } from "./field-reader";
import {
  equalLegacy,
  isLegacyObject,
  type LegacyObject,
  LegacySet,
  type LegacyValue,
  textOf,
  zeroOf,
} from "./legacy-values";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/** One difference between state and configuration, at a flat path. */
export interface AttributeDiff {
  address: Address;
  before: string;
  after: string;
  /** The new value is not known before apply. */
  computed: boolean;
  removed: boolean;
  requiresNew: boolean;
  /** The configured value, where a transformed one is stored. */
  configured?: LegacyValue;
}

/** Differences by flat path. */
export type Differences = Map<string, AttributeDiff>;

export interface Change {
  before: LegacyValue | undefined;
  after: LegacyValue | undefined;
  /** The new value is not known before apply. */
  computed: boolean;
  /** The new value was set by the provider's own code. */
  customized: boolean;
}

/** The two sides of a comparison. */
export interface Comparison {
  readonly id: string;
  change(address: Address): Change;
  count(address: Address): FieldRead;
  /** Whether the difference at a path means nothing. */
  suppressed(attribute: SdkAttribute, key: string, difference: AttributeDiff): boolean;
  forcesNew(attribute: SdkAttribute): boolean;
}

/** What the SDK's own steps need to know of an attribute or of its number of elements. */
interface Traits {
  computed: boolean;
  forceNew: boolean;
}

/** All differences of a resource (rules of `schemaMap.Diff` in helper/schema/schema.go of the plugin SDK v2). */
export function compareFields(fields: SdkFields, comparison: Comparison): Differences {
  const differences: Differences = new Map();
  for (const attribute of fields.values())
    compareAttribute([attribute.name], attribute, differences, comparison, false);
  return differences;
}

/**
 * Records the differences of one attribute and of everything in it.
 *
 * @param everything also record what did not change; the elements of a changed set are planned as a whole
 */
export function compareAttribute(
  address: Address,
  attribute: SdkAttribute,
  differences: Differences,
  comparison: Comparison,
  everything: boolean,
  forceNew: boolean = comparison.forcesNew(attribute),
): void {
  const found: Differences = attribute.suppress ? new Map() : differences;
  const step = new Step(address, { computed: attribute.computed, forceNew }, found, comparison);
  switch (attribute.kind) {
    case "list":
      compareList(step, attribute, everything);
      break;
    case "set":
      compareSet(step, attribute, everything);
      break;
    case "map":
      compareMap(step, everything);
      break;
    default:
      comparePrimitive(step, attribute, everything);
  }
  if (!attribute.suppress) return;
  for (const [key, difference] of found) {
    if (!comparison.suppressed(attribute, key, difference)) differences.set(key, difference);
    else if (everything) differences.set(key, unchanged(difference));
  }
}

function unchanged({ address, before }: AttributeDiff): AttributeDiff {
  return { address, before, after: before, computed: false, removed: false, requiresNew: false };
}

/** The comparison of one attribute: where it stands and what it may record. */
class Step {
  readonly change: Change;
  readonly key: string;

  constructor(
    readonly address: Address,
    readonly traits: Traits,
    readonly differences: Differences,
    readonly comparison: Comparison,
  ) {
    this.change = comparison.change(address);
    this.key = address.join(".");
  }

  /** Records a difference of this attribute, or of its part `suffix`, unless the SDK drops it. */
  record(suffix: string | undefined, partial: Partial<AttributeDiff>, traits: Traits = this.traits): void {
    const address = suffix === undefined ? this.address : [...this.address, suffix];
    const difference = finalize(
      { address, before: "", after: "", computed: false, removed: false, requiresNew: false, ...partial },
      traits,
      this.change.customized,
    );
    if (difference)
      this.differences.set(suffix === undefined ? this.key : `${this.key}.${suffix}`, difference);
  }

  /** Records a difference in the number of elements. */
  recordCount(suffix: "#" | "%", partial: Partial<AttributeDiff>, computed = this.traits.computed): void {
    this.record(suffix, partial, { computed, forceNew: this.traits.forceNew });
  }

  inside(step: string, attribute: SdkAttribute, everything: boolean, forceNew?: boolean): void {
    compareAttribute(
      [...this.address, step],
      attribute,
      this.differences,
      this.comparison,
      everything,
      forceNew,
    );
  }
}

function finalize(difference: AttributeDiff, traits: Traits, customized: boolean): AttributeDiff | undefined {
  if (traits.computed && !difference.removed && difference.after === "") difference.computed = true;
  if (traits.forceNew) difference.requiresNew = difference.before !== difference.after || difference.computed;
  if (difference.removed) return difference;
  // An empty new value of an optional and computed attribute means "not set", unless the provider's code set it.
  if (traits.computed && !customized && difference.before !== "" && difference.after === "") return undefined;
  return difference;
}

function comparePrimitive(step: Step, attribute: SdkAttribute, everything: boolean): void {
  const { before, computed } = step.change;
  let { after } = step.change;
  let configured: LegacyValue | undefined;
  if (attribute.stateFunction && after !== undefined) {
    configured = after;
    if (!computed) after = attribute.stateFunction(after);
  }
  const effective = after === undefined && before !== undefined ? zeroOf(attribute) : after;
  const beforeText = textOf(before);
  const afterText = textOf(effective);
  if (beforeText === afterText && !everything && !computed) {
    if (beforeText !== "" || step.comparison.id !== "") return;
    if (!attribute.computed) return;
  }
  const removed = before !== undefined && after === undefined && !computed;
  if (removed && attribute.computed) return;
  step.record(undefined, {
    before: beforeText,
    after: afterText,
    computed,
    removed,
    ...(configured === undefined ? {} : { configured }),
  });
}

function compareList(step: Step, attribute: SdkAttribute, everything: boolean): void {
  const { computed } = step.change;
  const after = computed ? undefined : asList(step.change.after);
  const before = asList(step.change.before);
  if (before && !after && !computed && attribute.computed) return;
  const oldItems = before ?? [];
  const newItems = after ?? [];
  if (!everything && after && sameItems(oldItems, newItems)) return;
  if (computed) {
    step.differences.set(`${step.key}.#`, {
      address: [...step.address, "#"],
      before: String(oldItems.length),
      after: "",
      computed: true,
      removed: false,
      requiresNew: step.traits.forceNew,
    });
    return;
  }
  const undecided = oldItems.length === 0 && newItems.length === 0 && attribute.computed;
  if (oldItems.length !== newItems.length || undecided || everything) {
    const counts = undecided
      ? { before: "", after: "" }
      : { before: String(oldItems.length), after: String(newItems.length) };
    step.recordCount("#", counts);
  }
  for (let index = 0; index < Math.max(oldItems.length, newItems.length); index++) {
    compareElement(step, String(index), attribute, everything);
  }
}

function compareElement(step: Step, key: string, attribute: SdkAttribute, everything: boolean): void {
  if (!attribute.elementFields) {
    step.inside(key, attribute.element as SdkAttribute, everything, step.traits.forceNew);
    return;
  }
  for (const field of attribute.elementFields.values()) {
    compareAttribute(
      [...step.address, key, field.name],
      field,
      step.differences,
      step.comparison,
      everything,
    );
  }
}

function asList(value: LegacyValue | undefined): (LegacyValue | undefined)[] | undefined {
  if (value instanceof LegacySet) return value.list();
  return Array.isArray(value) ? value : undefined;
}

function sameItems(a: (LegacyValue | undefined)[], b: (LegacyValue | undefined)[]): boolean {
  return a.length === b.length && a.every((item, index) => equalWithoutSets(item, b[index]));
}

/** The SDK never takes two sets inside lists for equal at this point; their elements are compared one by one. */
function equalWithoutSets(a: LegacyValue | undefined, b: LegacyValue | undefined): boolean {
  if (a instanceof LegacySet || b instanceof LegacySet) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return sameItems(a, b);
  }
  if (isLegacyObject(a) && isLegacyObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => equalWithoutSets(a[key], b[key]));
  }
  return equalLegacy(a, b);
}

function compareMap(step: Step, everything: boolean): void {
  const { before, after, computed: partlyUnknown } = step.change;
  const schemaComputed = step.traits.computed;
  const left: LegacyObject = isLegacyObject(before) ? { ...before } : {};
  const right: LegacyObject = isLegacyObject(after) ? after : {};
  const oldCount = Object.keys(left).length;
  const newCount = Object.keys(right).length;
  const changed = oldCount !== newCount && !(oldCount !== 0 && newCount === 0 && schemaComputed);
  const undecided = oldCount === 0 && newCount === 0 && schemaComputed && before === undefined;
  if (changed || undecided || partlyUnknown) {
    const known = !undecided && !partlyUnknown;
    const counts = known ? { before: String(oldCount), after: String(newCount) } : { before: "", after: "" };
    step.recordCount("%", counts, schemaComputed || partlyUnknown);
  }
  if (after === undefined && schemaComputed) return;
  for (const [key, value] of Object.entries(right)) {
    const had = Object.hasOwn(left, key);
    const beforeText = textOf(left[key]);
    delete left[key];
    if (had && beforeText === textOf(value) && !everything) continue;
    step.record(key, { before: beforeText, after: textOf(value) });
  }
  for (const [key, value] of Object.entries(left)) step.record(key, { before: textOf(value), removed: true });
}

function compareSet(step: Step, attribute: SdkAttribute, everything: boolean): void {
  const { computed } = step.change;
  const after = !computed && step.change.after instanceof LegacySet ? step.change.after : undefined;
  const before = step.change.before instanceof LegacySet ? step.change.before : undefined;
  if (before && !after && !computed && attribute.computed) return;
  const oldSet = before ?? new LegacySet(attribute);
  const newSet = after ?? new LegacySet(attribute);
  if (!everything && after && oldSet.hasSameCodes(newSet)) return;
  if (computed || (attribute.computed && !after)) {
    const count = step.comparison.count([...step.address, "#"]);
    const known = count.exists && !count.computed && count.value !== 0;
    step.recordCount("#", { before: known ? textOf(count.value) : "", computed: true });
    return;
  }
  if (oldSet.size !== newSet.size || everything) {
    step.recordCount("#", { before: String(oldSet.size), after: String(newSet.size) });
  }
  for (const code of oldSet.codes()) {
    if (!newSet.elements.has(code)) compareElement(step, code, attribute, true);
  }
  for (const code of newSet.codes()) compareElement(step, code, attribute, true);
}
