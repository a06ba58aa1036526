import { isUnknown, type ObjectValue, type Value } from "../../values/value";
import { apiFacts } from "../api-facts/api-facts";
import type { Change, ResourceBehaviour } from "../behaviour";
import { decimalId, hexId } from "../identity/derived";
import { expandTemplate, templateNames } from "../identity/template";
import { text } from "../shape/paths";
import { templateValues } from "./scene";

/**
 * Parts of the id that the cloud chooses when it creates the object: a whole name (`projects/p/alertPolicies/123`), or
 * one segment of it. Derived from what is known of the object, with a count to keep equal ones apart.
 */
export function nameItself(behaviour: ResourceBehaviour, change: Change, object: ObjectValue): void {
  if (typeof behaviour.id !== "string") return;
  const missing = templateNames(behaviour.id).filter((name) => !isSet(object[name]));
  if (missing.length === 0) return;
  const values = templateValues(object, change.provider);
  const seed = seedOf(change, object);
  for (const name of missing) {
    if (isSet(values[name])) object[name] = values[name] ?? null;
    else object[name] = chosenName(name, change, values, seed);
  }
}

function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== "" && !isUnknown(value);
}

function seedOf(change: Change, object: ObjectValue): string[] {
  const known = Object.entries(object).filter(([, value]) => isSet(value) && typeof value !== "object");
  const key = hexId(16, change.type.name, JSON.stringify(known));
  const count = change.cloud.next(`${change.type.name} ${key}`);
  return [change.type.name, key, String(count)];
}

function chosenName(name: string, change: Change, values: ObjectValue, seed: string[]): Value {
  const prefix = text(values, `${name}_prefix`);
  if (prefix !== "") return prefix + hexId(10, ...seed, name);
  const schema = change.type.block.attributes[name];
  if (schema?.type === "number") return Number(decimalId(6, ...seed, name));
  const collection = apiFacts(change.type.name)?.collection;
  const own = decimalId(19, ...seed, name);
  if (name !== "name" || collection === undefined) return own;
  try {
    return `${expandTemplate(collection, values)}/${own}`;
  } catch {
    // The collection is named by something that isn't an attribute.
    return own;
  }
}
