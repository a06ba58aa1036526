import type { ObjectValue } from "../../values/value";
import { ConfigReader } from "./config-reader";
import type { AttributeDiff, Change, Comparison } from "./diff";
import {
  type Address,
  type FieldRead,
  type FieldReader,
  MergedReader,
  placeOf,
  valueOrZero,
} from "./field-reader";
import { equalLegacy, isZero, type LegacyObject, type LegacyValue } from "./legacy-values";
import type { SdkAttribute, SdkResource } from "./sdk-schema";
import { TreeReader } from "./state-reader";

/** State and configuration of a resource while it is planned, as rules of attributes see them. */
export class ResourceData implements Comparison {
  /** Id in state; empty while the resource doesn't exist. */
  readonly id: string;
  readonly state: FieldReader | undefined;
  readonly config: FieldReader;
  readonly #merged: FieldReader;

  /**
   * @param stateTree state in legacy form; undefined when the resource doesn't exist
   * @param proposed Terraform's merge of state and configuration
   * @param rawConfig what the user wrote
   */
  constructor(
    readonly resource: SdkResource,
    stateTree: LegacyObject | undefined,
    id: string,
    proposed: ObjectValue,
    readonly rawConfig: ObjectValue,
  ) {
    this.id = stateTree ? id : "";
    this.state = stateTree && new TreeReader(stateTree);
    this.config = new ConfigReader(resource.fields, proposed);
    this.#merged = new MergedReader(this.state ? [this.state, this.config] : [this.config]);
  }

  /** The value to be, zero when there is none. */
  get(key: string): LegacyValue | undefined {
    return this.#value(this.#merged, key);
  }

  /** The value to be; undefined when it is zero or unknown. */
  getSet(key: string): LegacyValue | undefined {
    const read = this.#merged.read(key.split("."));
    return read.exists && !read.computed && !isZero(read.value) ? read.value : undefined;
  }

  /** The value to be, zero included; undefined when nothing is set or it is unknown. */
  existing(key: string): LegacyValue | undefined {
    const address = key.split(".");
    const read = this.#merged.read(address);
    return read.exists && !read.computed ? this.#orZero(read, address) : undefined;
  }

  exists(key: string): boolean {
    return this.existing(key) !== undefined;
  }

  /** Values in state and to be. */
  getChange(key: string): { before: LegacyValue | undefined; after: LegacyValue | undefined } {
    return { before: this.state ? this.#value(this.state, key) : this.#zero(key), after: this.get(key) };
  }

  hasChange(key: string): boolean {
    const { before, after } = this.getChange(key);
    return !equalLegacy(before, after);
  }

  change(address: Address): Change {
    const before = this.state?.read(address);
    const after = this.config.read(address);
    return {
      before: before?.exists ? this.#orZero(before, address) : undefined,
      after: after.exists ? this.#orZero(after, address) : undefined,
      computed: after.computed,
      customized: false,
    };
  }

  count(address: Address): FieldRead {
    return this.#merged.read(address);
  }

  suppressed(attribute: SdkAttribute, key: string, difference: AttributeDiff): boolean {
    return attribute.suppress?.(key, difference.before, difference.after, this) ?? false;
  }

  forcesNew(attribute: SdkAttribute): boolean {
    return attribute.forceNew;
  }

  #value(reader: FieldReader, key: string): LegacyValue | undefined {
    const address = key.split(".");
    return this.#orZero(reader.read(address), address);
  }

  #orZero(read: FieldRead, address: Address): LegacyValue | undefined {
    if (read.value !== undefined) return read.value;
    const place = placeOf(this.resource.fields, address);
    return place && valueOrZero(read, place);
  }

  #zero(key: string): LegacyValue | undefined {
    return this.#orZero({ value: undefined, exists: false, computed: false }, key.split("."));
  }
}
