import type { AttributeSchema, BlockSchema, TypeExpression } from "../../schemas/model";
import { isObject, isUnknown, type ObjectValue, type Value } from "../../values/value";

/**
 * Chooses the value of an unknown; undefined: no opinion. The path names attributes, blocks and, for the elements of
 * lists and sets, their position (`["rule", "0", "name"]`).
 */
export type Guess = (
  path: readonly string[],
  parent: ObjectValue,
  schema: AttributeSchema,
) => Value | undefined;

const noGuess: Guess = () => undefined;

/**
 * A value in the form of its schema: every attribute and block is there, nothing else is, and nothing is unknown.
 * What is known stays as it is; null stays null.
 */
export function conform(block: BlockSchema, value: ObjectValue, guess: Guess = noGuess): ObjectValue {
  return conformBlock(block, value, [], guess);
}

function conformBlock(
  block: BlockSchema,
  value: ObjectValue,
  path: readonly string[],
  guess: Guess,
): ObjectValue {
  const result: ObjectValue = {};
  for (const [name, schema] of Object.entries(block.attributes)) {
    result[name] = conformAttribute(schema, value[name] ?? null, [...path, name], value, guess);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const given = value[name] ?? null;
    const inner = [...path, name];
    const chosen = isUnknown(given) ? (guess(inner, value, {}) ?? null) : given;
    if (nested.nesting === "single") {
      result[name] = isObject(chosen) ? conformBlock(nested.block, chosen, inner, guess) : null;
    } else {
      const items = Array.isArray(chosen) ? chosen : [];
      result[name] = items.map((item, index) =>
        conformBlock(nested.block, isObject(item) ? item : {}, [...inner, String(index)], guess),
      );
    }
  }
  return result;
}

function conformAttribute(
  schema: AttributeSchema,
  value: Value,
  path: readonly string[],
  parent: ObjectValue,
  guess: Guess,
): Value {
  const chosen = isUnknown(value) ? (guess(path, parent, schema) ?? emptyOf(schema)) : value;
  if (schema.nested === undefined) return conformType(schema.type ?? "dynamic", chosen, path, guess);
  const { nesting, attributes } = schema.nested;
  const conformItem = (item: Value, place?: string | number): Value => {
    const inner = place === undefined ? path : [...path, String(place)];
    return isObject(item) ? conformBlock({ attributes, blocks: {} }, item, inner, guess) : null;
  };
  if (chosen === null) return null;
  if (nesting === "single") return conformItem(chosen);
  if (nesting === "map") {
    return isObject(chosen)
      ? Object.fromEntries(Object.entries(chosen).map(([key, item]) => [key, conformItem(item, key)]))
      : null;
  }
  return Array.isArray(chosen) ? chosen.map((item, index) => conformItem(item, index)) : null;
}

/** Inside a typed value: unknown parts get an empty value, objects get all of their keys. */
function conformType(type: TypeExpression, value: Value, path: readonly string[], guess: Guess): Value {
  if (isUnknown(value)) return guess(path, {}, { type }) ?? emptyOf({ type });
  if (value === null) return null;
  if (typeof type === "string") return conformPrimitive(type, value);
  if (type[0] === "object") {
    if (!isObject(value)) return null;
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, inner]) => {
        const given = value[name] ?? null;
        const chosen = isUnknown(given) ? (guess([...path, name], value, { type: inner }) ?? given) : given;
        return [name, conformType(inner, chosen, [...path, name], guess)];
      }),
    );
  }
  const element = type[1];
  if (type[0] === "map") {
    if (!isObject(value)) return null;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, conformType(element, item, [...path, key], guess)]),
    );
  }
  return Array.isArray(value)
    ? value.map((item, index) => conformType(element, item, [...path, String(index)], guess))
    : null;
}

/** APIs are loose about what is a number and what its text; a schema is not. What can't be the type is nothing. */
function conformPrimitive(type: string, value: Value): Value {
  if (type === "dynamic" || typeof value === typeOfPrimitive[type]) return value;
  if (typeof value === "object") return null;
  if (type === "string") return String(value);
  if (type === "number") return Number.isFinite(Number(value)) ? Number(value) : null;
  return value === "true" || value === "false" ? value === "true" : null;
}

const typeOfPrimitive: { [type: string]: string } = { string: "string", number: "number", bool: "boolean" };

/** The least a cloud could answer for a type. */
function emptyOf(schema: AttributeSchema): Value {
  if (schema.nested !== undefined) {
    if (schema.nested.nesting === "single") return null;
    return schema.nested.nesting === "map" ? {} : [];
  }
  const type = schema.type ?? "string";
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type === "dynamic") return null;
  if (type[0] === "list" || type[0] === "set") return [];
  if (type[0] === "map") return {};
  return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, emptyOf({ type: inner })]));
}
