import type { ObjectValue, Value } from "../../values/value";
import { hasUnknown, isObject, isUnknown } from "../../values/value";
import { type Address, type FieldRead, type FieldReader, NOTHING, objectFrom } from "./field-reader";
import { type LegacyObject, LegacySet, type LegacyValue, UNKNOWN_TEXT } from "./legacy-values";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

const UNKNOWN_READ: FieldRead = { value: undefined, exists: true, computed: true };

/**
 * Reads a configuration as the SDK does: defaults are filled in, elements of sets are found by their code, a list
 * with an unknown element is unknown as a whole.
 */
export class ConfigReader implements FieldReader {
  readonly #fields: SdkFields;
  readonly #config: ObjectValue;
  readonly #reads = new Map<string, FieldRead>();
  /** By address of a set: where in the configuration the element of a code is. */
  readonly #indexes = new Map<string, Map<string, number>>();

  constructor(fields: SdkFields, config: ObjectValue) {
    this.#fields = fields;
    this.#config = config;
  }

  read(address: Address): FieldRead {
    const key = address.join("\n");
    let read = this.#reads.get(key);
    if (!read) {
      read = this.#find(address);
      this.#reads.set(key, read);
    }
    return read;
  }

  #find(address: Address): FieldRead {
    let raw: Value | undefined = this.#config;
    let attribute: SdkAttribute | undefined;
    let fields: SdkFields | undefined = this.#fields;
    for (let depth = 0; depth < address.length; depth++) {
      const step = address[depth] as string;
      if (fields) {
        attribute = fields.get(step);
        if (!attribute) return NOTHING;
        raw = configuredField(attribute, raw);
        fields = undefined;
        continue;
      }
      if (!attribute) return NOTHING;
      const collection: SdkAttribute = attribute;
      if (collection.kind === "map") return mapElement(raw, address.slice(depth).join("."));
      if (step === "#") return countOf(raw);
      if (collection.kind === "set") {
        const index = this.#indexesOf(address.slice(0, depth), collection, raw).get(step);
        if (index === undefined) return NOTHING;
        raw = Array.isArray(raw) ? raw[index] : undefined;
      } else {
        raw = Array.isArray(raw) ? raw[Number(step)] : undefined;
      }
      fields = collection.elementFields;
      attribute = collection.elementFields ? undefined : collection.element;
      if (raw === null) raw = undefined;
    }
    if (fields) return readObject(fields, raw);
    return attribute ? readAttribute(attribute, raw) : NOTHING;
  }

  #indexesOf(address: Address, attribute: SdkAttribute, raw: Value | undefined): Map<string, number> {
    const key = address.join("\n");
    let indexes = this.#indexes.get(key);
    if (!indexes) {
      indexes = new Map();
      readSet(attribute, raw, indexes);
      this.#indexes.set(key, indexes);
    }
    return indexes;
  }
}

/** The configured value of a field; undefined when it is not set. An empty collection of blocks is "not set". */
function configuredField(attribute: SdkAttribute, parent: Value | undefined): Value | undefined {
  const raw = isObject(parent) ? parent[attribute.name] : undefined;
  if (raw === null || raw === undefined) return undefined;
  return attribute.block && Array.isArray(raw) && raw.length === 0 ? undefined : raw;
}

function readAttribute(attribute: SdkAttribute, raw: Value | undefined): FieldRead {
  switch (attribute.kind) {
    case "list":
      return readList(attribute, raw);
    case "set":
      return readSet(attribute, raw);
    case "map":
      return readMap(raw);
    default:
      return readPrimitive(attribute, raw);
  }
}

function readPrimitive(attribute: SdkAttribute, raw: Value | undefined): FieldRead {
  if (raw === undefined || raw === null) {
    if (attribute.defaultValue === undefined) return NOTHING;
    return { value: attribute.defaultValue, exists: true, computed: false };
  }
  if (isUnknown(raw)) {
    return { value: attribute.kind === "string" ? UNKNOWN_TEXT : undefined, exists: true, computed: true };
  }
  return { value: raw as LegacyValue, exists: true, computed: false };
}

function readObject(fields: SdkFields, raw: Value | undefined): FieldRead {
  if (isUnknown(raw)) return UNKNOWN_READ;
  return objectFrom(fields, (attribute) => readAttribute(attribute, configuredField(attribute, raw)));
}

function readList(attribute: SdkAttribute, raw: Value | undefined): FieldRead {
  if (isUnknown(raw)) return UNKNOWN_READ;
  if (!Array.isArray(raw)) return { value: [], exists: false, computed: false };
  if (raw.some(isUnknown)) return { value: [], exists: true, computed: true };
  return {
    value: raw.map((item) => readElement(attribute, item)) as LegacyValue[],
    exists: true,
    computed: false,
  };
}

function readElement(attribute: SdkAttribute, item: Value): LegacyValue | undefined {
  const raw = item === null ? undefined : item;
  const read = attribute.elementFields
    ? readObject(attribute.elementFields, raw)
    : readAttribute(attribute.element as SdkAttribute, raw);
  return read.exists ? read.value : undefined;
}

function readSet(attribute: SdkAttribute, raw: Value | undefined, indexes?: Map<string, number>): FieldRead {
  if (isUnknown(raw)) return UNKNOWN_READ;
  const set = new LegacySet(attribute);
  if (!Array.isArray(raw)) return { value: set, exists: false, computed: false };
  if (raw.some(isUnknown)) return { value: set, exists: true, computed: true };
  raw.forEach((item, index) => {
    const code = set.add(readElement(attribute, item), !!attribute.elementFields && hasUnknown(item));
    indexes?.set(code, index);
  });
  return { value: set, exists: true, computed: false };
}

function readMap(raw: Value | undefined): FieldRead {
  if (raw === undefined || raw === null) return NOTHING;
  if (isUnknown(raw) || hasUnknown(raw)) return UNKNOWN_READ;
  const value: LegacyObject = {};
  for (const [key, item] of Object.entries(isObject(raw) ? raw : {})) {
    if (item !== null) value[key] = item as LegacyValue;
  }
  return { value, exists: true, computed: false };
}

function mapElement(raw: Value | undefined, key: string): FieldRead {
  const value = isObject(raw) ? raw[key] : undefined;
  if (value === undefined || value === null) return NOTHING;
  if (isUnknown(value)) return { value: UNKNOWN_TEXT, exists: true, computed: true };
  return { value: value as LegacyValue, exists: true, computed: false };
}

function countOf(raw: Value | undefined): FieldRead {
  if (isUnknown(raw)) return { value: 0, exists: true, computed: true };
  if (!Array.isArray(raw)) return NOTHING;
  return { value: raw.length, exists: true, computed: raw.some(isUnknown) };
}
