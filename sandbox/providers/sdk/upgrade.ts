import type { BlockSchema, TypeExpression } from "../../schemas/model";
import { isObject, type ObjectValue, type Value } from "../../values/value";
import { exactNumber } from "./diff-reader";

/**
 * A state as the schema wants it: every attribute and block present, others dropped, values of the right type where
 * they can be converted.
 */
export function conformToBlock(raw: unknown, block: BlockSchema): ObjectValue {
  const source = isPlain(raw) ? raw : {};
  const result: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    result[name] = attribute.nested
      ? conformNested(source[name], attribute.nested)
      : conformType(source[name], attribute.type ?? "dynamic");
    if (attribute.writeOnly) result[name] = null;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = source[name];
    if (nested.nesting === "single")
      result[name] = isPlain(value) ? conformToBlock(value, nested.block) : null;
    else result[name] = Array.isArray(value) ? value.map((item) => conformToBlock(item, nested.block)) : [];
  }
  return result;
}

type NestedAttribute = NonNullable<BlockSchema["attributes"][string]["nested"]>;

function conformNested(raw: unknown, nested: NestedAttribute): Value {
  const inside: BlockSchema = { attributes: nested.attributes, blocks: {} };
  if (nested.nesting === "single") return isPlain(raw) ? conformToBlock(raw, inside) : null;
  if (nested.nesting === "map") {
    if (!isPlain(raw)) return null;
    return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, conformToBlock(item, inside)]));
  }
  return Array.isArray(raw) ? raw.map((item) => conformToBlock(item, inside)) : null;
}

function conformType(raw: unknown, type: TypeExpression): Value {
  if (raw === null || raw === undefined) return null;
  if (type === "string") return typeof raw === "object" ? null : String(raw);
  if (type === "number") return toNumber(raw);
  if (type === "bool")
    return typeof raw === "boolean" ? raw : raw === "true" ? true : raw === "false" ? false : null;
  if (type === "dynamic") return raw as Value;
  const [kind, element] = type;
  if (kind === "object") {
    if (!isPlain(raw)) return null;
    return Object.fromEntries(
      Object.entries(element).map(([name, inner]) => [name, conformType(raw[name], inner)]),
    );
  }
  if (kind === "map") {
    if (!isPlain(raw)) return null;
    return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, conformType(item, element)]));
  }
  return Array.isArray(raw) ? raw.map((item) => conformType(item, element)) : null;
}

function toNumber(raw: unknown): number | string | null {
  if (typeof raw === "number") return raw;
  if (typeof raw !== "string" || raw.trim() === "" || Number.isNaN(Number(raw))) return null;
  return exactNumber(raw);
}

function isPlain(raw: unknown): raw is { [key: string]: unknown } {
  return isObject(raw as Value);
}
