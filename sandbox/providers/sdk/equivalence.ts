import { isObject, isUnknown, type ObjectValue, type Value } from "../../values/value";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/**
 * Whether the SDK takes two states for the same: null and zero are one, sets have no order (rules of
 * `ValuesSDKEquivalent` in internal/configs/hcl2shim of the plugin SDK v2).
 */
export function equivalentStates(fields: SdkFields, a: ObjectValue, b: ObjectValue): boolean {
  if (!equivalentFields(fields, a, b)) return false;
  return (
    equivalentOthers(a.id ?? null, b.id ?? null) && equivalentOthers(a.timeouts ?? null, b.timeouts ?? null)
  );
}

function equivalentFields(fields: SdkFields, a: ObjectValue, b: ObjectValue): boolean {
  for (const [name, attribute] of fields) {
    if (!equivalentAttribute(attribute, a[name] ?? null, b[name] ?? null)) return false;
  }
  return true;
}

function equivalentAttribute(attribute: SdkAttribute, a: Value, b: Value): boolean {
  const quick = compareQuickly(a, b);
  if (quick !== undefined) return quick;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    const same = (x: Value, y: Value) => equivalentElement(attribute, x, y);
    if (attribute.kind !== "set") return a.every((item, index) => same(item, b[index] as Value));
    return a.every((x) => b.some((y) => same(x, y))) && b.every((y) => a.some((x) => same(x, y)));
  }
  return equivalentOthers(a, b);
}

function equivalentElement(attribute: SdkAttribute, a: Value, b: Value): boolean {
  const quick = compareQuickly(a, b);
  if (quick !== undefined) return quick;
  if (attribute.elementFields)
    return isObject(a) && isObject(b) && equivalentFields(attribute.elementFields, a, b);
  return equivalentAttribute(attribute.element as SdkAttribute, a, b);
}

/** Values without a schema of their own: maps, timeouts, simple values. */
function equivalentOthers(a: Value, b: Value): boolean {
  const quick = compareQuickly(a, b);
  if (quick !== undefined) return quick;
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equivalentOthers(a[key] as Value, b[key] as Value))
  );
}

/** Decides what can be decided without looking inside. */
function compareQuickly(a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  if (isUnknown(a) || isUnknown(b)) return isUnknown(a) === isUnknown(b);
  const aZero = isNullOrZero(a);
  const bZero = isNullOrZero(b);
  return aZero || bZero ? aZero === bZero : undefined;
}

function isNullOrZero(value: Value): boolean {
  if (value === null || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
