import type { ObjectValue } from "../../values/value";
import { type Change, type Comparison, compareAttribute, type Differences } from "./diff";
import { DiffReader } from "./diff-reader";
import {
  type Address,
  type FieldRead,
  type FieldReader,
  MergedReader,
  NOTHING,
  placeOf,
  valueOrZero,
} from "./field-reader";
import {
  equalLegacy,
  isLegacyObject,
  isZero,
  type LegacyObject,
  LegacySet,
  type LegacyValue,
  zeroOf,
} from "./legacy-values";
import type { ResourceData } from "./resource-data";
import type { SdkAttribute, SdkResource } from "./sdk-schema";
import { TreeReader } from "./state-reader";

/**
 * A plan in the making, as the provider's own code sees and changes it (`ResourceDiff` of the plugin SDK v2).
 * Values set here are computed attributes at the root of the resource.
 */
export class ResourceDiff implements Comparison {
  readonly id: string;
  readonly resource: SdkResource;
  readonly #data: ResourceData;
  readonly #planned: FieldReader;
  readonly #newTree: LegacyObject = {};
  readonly #newUnknown = new Set<string>();
  readonly #updated = new Set<string>();
  readonly #forced = new Set<SdkAttribute>();
  readonly #forcedKeys = new Set<string>();

  /**
   * @param differences what the SDK found; changed by what is set here
   * @param proposed Terraform's merge of state and configuration
   */
  constructor(
    data: ResourceData,
    readonly differences: Differences,
    readonly rawConfig: ObjectValue,
    readonly rawState: ObjectValue | null,
    readonly rawPlan: ObjectValue,
  ) {
    this.#data = data;
    this.id = data.id;
    this.resource = data.resource;
    const sources = data.state ? [data.state, data.config] : [data.config];
    const changed = new DiffReader(data.resource.fields, differences, new MergedReader(sources));
    this.#planned = new MergedReader([...sources, changed, { read: (address) => this.#readNew(address) }]);
  }

  /** The planned value, zero when there is none or it is unknown. */
  get(key: string): LegacyValue | undefined {
    return this.#orZero(this.#planned.read(key.split(".")), key.split("."));
  }

  /** The planned value; undefined when it is zero or unknown. */
  getSet(key: string): LegacyValue | undefined {
    const read = this.#planned.read(key.split("."));
    return read.exists && !read.computed && !isZero(read.value) ? read.value : undefined;
  }

  /** The planned value, zero included; undefined when nothing is set or it is unknown. */
  getExisting(key: string): LegacyValue | undefined {
    const address = key.split(".");
    const read = this.#planned.read(address);
    return read.exists && !read.computed ? this.#orZero(read, address) : undefined;
  }

  getChange(key: string): { before: LegacyValue | undefined; after: LegacyValue | undefined } {
    const address = key.split(".");
    const before = this.#data.state?.read(address) ?? NOTHING;
    const { read } = this.#newRead(address);
    return { before: this.#orZero(before, address), after: this.#orZero(read, address) };
  }

  hasChange(key: string): boolean {
    const { before, after } = this.getChange(key);
    return !equalLegacy(before, after);
  }

  /** Whether the planned value is known now. */
  known(key: string): boolean {
    return !this.#planned.read(key.split(".")).computed;
  }

  /** Paths of all differences at or below a path; all of them for the empty one. */
  changedKeys(prefix: string): string[] {
    return [...this.differences.keys()].filter((key) => prefix === "" || isAtOrBelow(key, prefix));
  }

  /** Plans a value for a computed attribute. */
  set(key: string, value: LegacyValue): void {
    const attribute = this.#computedAttribute(key);
    this.clear(key);
    this.#newTree[key] = conform(attribute, value);
    this.#updated.add(key);
  }

  /** Plans that a computed attribute is known only after apply. */
  setUnknown(key: string): void {
    const attribute = this.#computedAttribute(key);
    this.clear(key);
    this.#newTree[key] = zeroOf(attribute);
    this.#newUnknown.add(key);
    this.#updated.add(key);
  }

  /** Drops the differences at or below a path. */
  clear(key: string): void {
    for (const found of [...this.differences.keys()]) {
      if (isAtOrBelow(found, key)) this.differences.delete(found);
    }
  }

  /** Makes a change of an attribute force a new resource. Does nothing when there is no change. */
  forceNew(key: string): void {
    if (!this.hasChange(key)) return;
    const place = placeOf(this.resource.fields, key.split("."));
    if (!place || !("attribute" in place)) throw new Error(`${this.resource.name} has no attribute "${key}"`);
    this.#forced.add(place.attribute);
    this.#forcedKeys.add(key.split(".", 1)[0] as string);
  }

  /** Brings the differences up to date with what was set. */
  settle(): void {
    for (const key of new Set([...this.#updated, ...this.#forcedKeys])) {
      const attribute = this.resource.fields.get(key);
      if (attribute) compareAttribute([key], attribute, this.differences, this, false);
    }
  }

  change(address: Address): Change {
    const before = this.#data.state?.read(address) ?? NOTHING;
    const { read, customized } = this.#newRead(address);
    const dropped = !read.exists || this.differences.get(address.join("."))?.removed;
    return {
      before: before.exists ? this.#orZero(before, address) : undefined,
      after: dropped ? undefined : this.#orZero(read, address),
      computed: read.computed,
      customized,
    };
  }

  count(address: Address): FieldRead {
    return this.#planned.read(address);
  }

  /** The SDK doesn't ask the attributes' rules again once the provider's own code has had its say. */
  suppressed(): boolean {
    return false;
  }

  forcesNew(attribute: SdkAttribute): boolean {
    return attribute.forceNew || this.#forced.has(attribute);
  }

  #newRead(address: Address): { read: FieldRead; customized: boolean } {
    const customized = this.#updated.has(address[0] as string);
    return { read: customized ? this.#readNew(address) : this.#planned.read(address), customized };
  }

  #readNew(address: Address): FieldRead {
    const root = address[0] as string;
    if (!this.#updated.has(root)) return NOTHING;
    const read = new TreeReader(this.#newTree).read(address);
    if (!this.#newUnknown.has(root)) return read;
    return { ...read, exists: read.exists && address.at(-1) !== "#", computed: true };
  }

  #computedAttribute(key: string): SdkAttribute {
    const attribute = this.resource.fields.get(key);
    if (!attribute?.computed) throw new Error(`${this.resource.name} has no computed attribute "${key}"`);
    return attribute;
  }

  #orZero(read: FieldRead, address: Address): LegacyValue | undefined {
    if (read.value !== undefined) return read.value;
    const place = placeOf(this.resource.fields, address);
    return place && valueOrZero(read, place);
  }
}

function isAtOrBelow(key: string, parent: string): boolean {
  return key === parent || key.startsWith(`${parent}.`);
}

/** A value as it would come back from the SDK's flat notation: nested fields filled in, sets made of lists. */
function conform(attribute: SdkAttribute, value: LegacyValue): LegacyValue {
  if (attribute.kind === "set") {
    const set = new LegacySet(attribute);
    const items = value instanceof LegacySet ? value.list() : Array.isArray(value) ? value : [];
    for (const item of items) set.add(conformElement(attribute, item));
    return set;
  }
  if (attribute.kind === "list") {
    return (Array.isArray(value) ? value : []).map((item) =>
      conformElement(attribute, item),
    ) as LegacyValue[];
  }
  return value;
}

function conformElement(attribute: SdkAttribute, item: LegacyValue | undefined): LegacyValue | undefined {
  if (item === undefined) return undefined;
  if (!attribute.elementFields) return conform(attribute.element as SdkAttribute, item);
  if (!isLegacyObject(item)) return item;
  const element: LegacyObject = {};
  for (const [name, field] of attribute.elementFields) {
    const value = item[name];
    element[name] = value === undefined ? zeroOf(field) : conform(field, value);
  }
  return element;
}
