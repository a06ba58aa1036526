import type { BlockSchema, TypeExpression } from "../../schemas/model";
import { hasUnknown, isObject, isUnknown, type ObjectValue, type Value } from "../../values/value";

/**
 * Null and empty values are one and the same to the SDK. Where they differ between a result and what it was made
 * from, this chooses as the SDK does (rules of `normalizeNullValues` in helper/schema/grpc_provider.go).
 *
 * @param applied the result is what the cloud answered, not a plan: an empty collection and none are the same then
 */
export function settleNulls(
  result: ObjectValue,
  source: ObjectValue,
  block: BlockSchema,
  applied: boolean,
): ObjectValue {
  return settleBlock(result, source, block, applied) as ObjectValue;
}

type Settle = (result: Value, source: Value) => Value;

function settleBlock(result: Value, source: Value, block: BlockSchema, applied: boolean): Value {
  const early = unknownOrNull(result, source, applied);
  if (early !== undefined) return early;
  const settled: ObjectValue = isObject(result) ? { ...result } : {};
  const from = source as ObjectValue;
  for (const [name, { type }] of Object.entries(block.attributes)) {
    settled[name] = settleType(settled[name] ?? null, from[name] ?? null, type ?? "dynamic", applied);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const inner: Settle = (a, b) => settleBlock(a, b, nested.block, applied);
    const a = settled[name] ?? null;
    const b = from[name] ?? null;
    if (nested.nesting === "single") settled[name] = inner(a, b);
    else
      settled[name] = nested.nesting === "list" ? settleList(a, b, applied, inner) : settleSet(a, b, applied);
  }
  return settled;
}

function settleType(result: Value, source: Value, type: TypeExpression, applied: boolean): Value {
  if (type === "string") {
    const early = unknownOrNull(result, source, applied);
    if (early !== undefined) return early;
    return result === null && source === "" ? "" : result;
  }
  if (typeof type === "string") return unknownOrNull(result, source, applied) ?? result;
  const [kind, element] = type;
  if (kind === "object") return settleObject(result, source, element, applied);
  if (kind === "set") return settleSet(result, source, applied);
  const inner: Settle = (a, b) => settleType(a, b, element, applied);
  return kind === "list"
    ? settleList(result, source, applied, inner)
    : settleMap(result, source, applied, inner);
}

/** The cases that don't depend on what is inside; undefined when the insides matter. */
function unknownOrNull(result: Value, source: Value, applied: boolean): Value | undefined {
  if (isUnknown(source)) return result === null && !applied ? source : result;
  if (source === null || isUnknown(result)) return result;
  return undefined;
}

function settleCollection(result: Value, source: Value, applied: boolean): Value | undefined {
  if (applied && !isUnknown(source)) {
    const resultEmpty = sizeOf(result) === 0;
    const sourceEmpty = sizeOf(source) === 0;
    if ((source === null && resultEmpty) || (sourceEmpty && result === null)) return source;
  }
  return unknownOrNull(result, source, applied);
}

function sizeOf(value: Value): number | undefined {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function settleObject(
  result: Value,
  source: Value,
  members: { [name: string]: TypeExpression },
  applied: boolean,
): Value {
  const early = unknownOrNull(result, source, applied);
  if (early !== undefined) return early;
  const settled: ObjectValue = isObject(result) ? { ...result } : {};
  for (const [name, type] of Object.entries(members)) {
    settled[name] = settleType(settled[name] ?? null, (source as ObjectValue)[name] ?? null, type, applied);
  }
  return settled;
}

function settleSet(result: Value, source: Value, applied: boolean): Value {
  return settleCollection(result, source, applied) ?? result;
}

function settleList(result: Value, source: Value, applied: boolean, inner: Settle): Value {
  const early = settleCollection(result, source, applied);
  if (early !== undefined) return early;
  const items = source as Value[];
  if (result === null) {
    if (applied) return items.length === 0 ? source : result;
    return items.every(isUnknown) ? source : result;
  }
  const results = result as Value[];
  if (results.length !== items.length) return result;
  return results.map((item, index) => inner(item, items[index] ?? null));
}

function settleMap(result: Value, source: Value, applied: boolean, inner: Settle): Value {
  const early = settleCollection(result, source, applied);
  if (early !== undefined) return early;
  const settled: ObjectValue = isObject(result) ? { ...result } : {};
  for (const [key, value] of Object.entries(source as ObjectValue)) {
    const own = settled[key];
    if (own === undefined) continue;
    settled[key] = isUnknown(own) && value !== null && !isUnknown(value) ? value : inner(own, value);
  }
  if (Object.keys(settled).length > 0) return settled;
  return result === null && applied && !hasUnknown(source) ? source : result;
}
