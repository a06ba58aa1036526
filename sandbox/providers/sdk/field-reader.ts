import { type LegacyObject, type LegacyValue, zeroOf } from "./legacy-values";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/**
 * Steps to a value in the SDK's flat notation, split at the dots: field names, list indexes, codes of set elements,
 * and `#` for the number of elements.
 */
export type Address = readonly string[];

export interface FieldRead {
  /** Absent when there is no value at this address, or none that is known. */
  value: LegacyValue | undefined;
  exists: boolean;
  /** Not known before apply. */
  computed: boolean;
  /** The value to be stored, where that differs from the configured one. */
  processed?: LegacyValue;
}

export interface FieldReader {
  read(address: Address): FieldRead;
}

export const NOTHING: FieldRead = { value: undefined, exists: false, computed: false };

/** What an address means: an attribute, an object inside a list or set, or a number of elements. */
export type Place = { attribute: SdkAttribute } | { fields: SdkFields } | { count: true };

/** Finds the schema at an address; undefined when the address makes no sense. */
export function placeOf(fields: SdkFields, address: Address): Place | undefined {
  let place: Place = { fields };
  for (const step of address) {
    if ("count" in place) return undefined;
    if ("fields" in place) {
      const attribute = place.fields.get(step);
      if (!attribute) return undefined;
      place = { attribute };
      continue;
    }
    const { attribute }: { attribute: SdkAttribute } = place;
    if (attribute.kind === "list" || attribute.kind === "set") {
      if (step === "#") place = { count: true };
      else if (attribute.elementFields) place = { fields: attribute.elementFields };
      else place = { attribute: attribute.element as SdkAttribute };
    } else if (attribute.kind === "map") {
      place = { attribute: attribute.element as SdkAttribute };
    } else {
      return undefined;
    }
  }
  return place;
}

/** A value, or the zero value where there is none. */
export function valueOrZero(read: FieldRead, place: Place): LegacyValue | undefined {
  if (read.value !== undefined) return read.value;
  if ("attribute" in place) return zeroOf(place.attribute);
  return "count" in place ? 0 : undefined;
}

/** An object from reads of its fields; it exists when one of them does. */
export function objectFrom(fields: SdkFields, readField: (attribute: SdkAttribute) => FieldRead): FieldRead {
  const value: LegacyObject = {};
  let exists = false;
  for (const [name, attribute] of fields) {
    const read = readField(attribute);
    if (read.exists) exists = true;
    value[name] = read.value ?? zeroOf(attribute);
  }
  return { value, exists, computed: false };
}

/** Reads several levels in order; the last one that has the field wins. */
export class MergedReader implements FieldReader {
  constructor(readonly levels: readonly FieldReader[]) {}

  read(address: Address): FieldRead {
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const read = (this.levels[level] as FieldReader).read(address);
      if (read.exists) return read;
    }
    return NOTHING;
  }
}
