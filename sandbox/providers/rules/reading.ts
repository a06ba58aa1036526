import { isLegacyObject, type LegacyObject, LegacySet, type LegacyValue } from "../sdk/legacy-values";

/** A value that should be a text; `""` when it is none. */
export function asText(value: LegacyValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The elements of a list or set; none when the value is neither. */
export function asItems(value: LegacyValue | undefined): (LegacyValue | undefined)[] {
  if (value instanceof LegacySet) return value.list();
  return Array.isArray(value) ? value : [];
}

/** A value that should be an object or map; empty when it is none. */
export function asObject(value: LegacyValue | undefined): LegacyObject {
  return isLegacyObject(value) ? value : {};
}

/** The only element of a block; undefined when the block is not there. */
export function onlyBlock(value: LegacyValue | undefined): LegacyObject | undefined {
  const block = Array.isArray(value) ? value[0] : undefined;
  return isLegacyObject(block) ? block : undefined;
}
