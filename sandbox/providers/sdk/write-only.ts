import type { BlockSchema } from "../../schemas/model";
import { isObject, type ObjectValue } from "../../values/value";

const without = new WeakMap<BlockSchema, boolean>();

/** A value without what must never be stored: write-only attributes are null. */
export function withoutWriteOnly(value: ObjectValue, block: BlockSchema): ObjectValue {
  if (!hasWriteOnly(block)) return value;
  const result: ObjectValue = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.writeOnly) result[name] = null;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const inner = result[name];
    if (Array.isArray(inner)) {
      result[name] = inner.map((item) => (isObject(item) ? withoutWriteOnly(item, nested.block) : item));
    } else if (isObject(inner)) {
      result[name] = withoutWriteOnly(inner, nested.block);
    }
  }
  return result;
}

function hasWriteOnly(block: BlockSchema): boolean {
  let found = without.get(block);
  if (found === undefined) {
    found =
      Object.values(block.attributes).some((attribute) => attribute.writeOnly) ||
      Object.values(block.blocks).some((nested) => hasWriteOnly(nested.block));
    without.set(block, found);
  }
  return found;
}
