/**
 * Terraform values as the sandbox holds them: what msgpack carries on the plugin protocol, decoded.
 *
 * - Sets are arrays; their order means nothing.
 * - Every attribute and block of a schema is a key of its object (null when unset; list and set blocks are `[]`).
 * - A value that is not known yet is the one object {@link UNKNOWN}.
 * - A number that JavaScript can't hold exactly is its decimal text; all others are numbers.
 */
export class UnknownValue {
  readonly unknown = true;
  toJSON(): never {
    throw new Error("an unknown value has no JSON form");
  }
}

/** The one unknown value; compare with `===` or {@link isUnknown}. */
export const UNKNOWN = new UnknownValue();

export type Value = null | boolean | number | string | UnknownValue | Value[] | ObjectValue;

/** An object or a map. */
export type ObjectValue = { [key: string]: Value };

/** Steps from the root of a resource to a value: attribute or block name, list index or map key. */
export type ValuePath = readonly (string | number)[];

export function isUnknown(value: Value | undefined): value is UnknownValue {
  return value instanceof UnknownValue;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** Whether the value, or anything inside it, is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isObject(value)) return Object.values(value).some(hasUnknown);
  return false;
}

/** Structural equality; unknown equals unknown; arrays compare in order. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => equalValues(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key]))
    );
  }
  return false;
}
