import type { ObjectValue, Value } from "../../values/value";
import { isObject, isUnknown } from "../../values/value";
import { type Address, type FieldRead, type FieldReader, NOTHING } from "./field-reader";
import { isLegacyObject, type LegacyObject, LegacySet, type LegacyValue, zeroOf } from "./legacy-values";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/**
 * A stored state as the SDK holds it: at the root only what is set, inside blocks every field, zero where nothing is
 * set. A state without id is no state (undefined).
 */
export function legacyState(fields: SdkFields, state: ObjectValue | null): LegacyObject | undefined {
  if (!state || typeof state.id !== "string" || state.id === "") return undefined;
  const legacy: LegacyObject = {};
  for (const [name, attribute] of fields) {
    const value = fromValue(attribute, state[name]);
    if (value !== undefined) legacy[name] = value;
  }
  return legacy;
}

/** A known value in legacy form; undefined for null. */
export function fromValue(attribute: SdkAttribute, value: Value | undefined): LegacyValue | undefined {
  if (value === null || value === undefined || isUnknown(value)) return undefined;
  switch (attribute.kind) {
    case "list":
      return Array.isArray(value)
        ? (value.map((item) => elementFrom(attribute, item)) as LegacyValue[])
        : undefined;
    case "set": {
      const set = new LegacySet(attribute);
      for (const item of Array.isArray(value) ? value : []) {
        const element = elementFrom(attribute, item);
        if (element !== undefined) set.add(element);
      }
      return set;
    }
    case "map": {
      const map: LegacyObject = {};
      for (const [key, item] of Object.entries(isObject(value) ? value : {})) {
        if (item !== null && !isUnknown(item)) map[key] = item as LegacyValue;
      }
      return map;
    }
    default:
      return value as LegacyValue;
  }
}

function elementFrom(attribute: SdkAttribute, item: Value): LegacyValue | undefined {
  if (!attribute.elementFields) return fromValue(attribute.element as SdkAttribute, item);
  if (!isObject(item)) return undefined;
  const element: LegacyObject = {};
  let some = false;
  for (const [name, field] of attribute.elementFields) {
    const value = fromValue(field, item[name]);
    if (value !== undefined) some = true;
    element[name] = value ?? zeroOf(field);
  }
  return some ? element : undefined;
}

/** Reads values at addresses of a tree in legacy form. */
export class TreeReader implements FieldReader {
  constructor(readonly tree: LegacyObject) {}

  read(address: Address): FieldRead {
    let value: LegacyValue | undefined = this.tree;
    for (const step of address) {
      value = child(value, step);
      if (value === undefined) return NOTHING;
    }
    return { value, exists: true, computed: false };
  }
}

/** The value one step below another; `#` is the number of elements. */
export function child(value: LegacyValue | undefined, step: string): LegacyValue | undefined {
  if (Array.isArray(value)) return step === "#" ? value.length : value[Number(step)];
  if (value instanceof LegacySet) return step === "#" ? value.size : value.elements.get(step);
  return isLegacyObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
