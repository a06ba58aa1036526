import { isObject, type ObjectValue, type Value } from "../../values/value";

/**
 * The value at a dotted path; a step through a list takes its first element, as the SDK's `a.0.b` does.
 * Undefined where a step is missing.
 */
export function valueAt(object: ObjectValue, path: string): Value | undefined {
  let value: Value | undefined = object;
  for (const step of path.split(".")) {
    const holder: Value | undefined = Array.isArray(value) ? value[0] : value;
    value = isObject(holder) ? holder[step] : undefined;
  }
  return value;
}

/** Sets the value at a dotted path where its holder exists; returns a copy. */
export function withValueAt(object: ObjectValue, path: string, value: Value): ObjectValue {
  const [step, ...rest] = path.split(".");
  if (step === undefined) return object;
  if (rest.length === 0) return { ...object, [step]: value };
  const inner = object[step];
  if (isObject(inner)) return { ...object, [step]: withValueAt(inner, rest.join("."), value) };
  if (Array.isArray(inner) && isObject(inner[0])) {
    return { ...object, [step]: [withValueAt(inner[0], rest.join("."), value), ...inner.slice(1)] };
  }
  return object;
}

/** The text of an attribute; "" when it is not one. */
export function text(object: ObjectValue | null | undefined, path: string): string {
  const value = object === null || object === undefined ? undefined : valueAt(object, path);
  return typeof value === "string" ? value : "";
}

/** The last segment of a path-like id or URL. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The objects of a block or of an attribute of objects; empty when there are none. */
export function blocksAt(object: ObjectValue, path: string): ObjectValue[] {
  const value = valueAt(object, path);
  if (isObject(value)) return [value];
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : [];
}
