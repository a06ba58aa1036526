import type { ChangeJson, Json } from "../terraform/plan-json";
import { canonical } from "./canonical";

/**
 * Attributes in which clouds count and stamp their own writes. They tell when somebody looked, not what will change.
 * Google's `fingerprint`s and `etag`s, the generations of buckets and objects, Atlas's `state_name` while it works.
 */
export const stamps: ReadonlySet<string> = new Set([
  "etag",
  "fingerprint",
  "generation",
  "label_fingerprint",
  "last_modified_time",
  "metadata_fingerprint",
  "metageneration",
  "state_name",
  "tags_fingerprint",
  "update_time",
  "updated",
  "updated_at",
]);

/** A change without its stamps, except where the change itself gives one a value. */
export function withoutStamps(change: ChangeJson): ChangeJson {
  const before = asObject(change.before);
  const after = asObject(change.after);
  const unknown = asObject(change.after_unknown);
  const left = [...stamps]
    .filter((name) => name in before || name in after || name in unknown)
    .filter((name) => {
      const given = after[name] ?? null;
      return given === null || canonical(given) === canonical(before[name] ?? null);
    });
  if (left.length === 0) return change;
  return {
    ...change,
    ...(isObject(change.before) ? { before: without(change.before, left) } : {}),
    ...(isObject(change.after) ? { after: without(change.after, left) } : {}),
    ...(isObject(change.after_unknown) ? { after_unknown: without(change.after_unknown, left) } : {}),
  };
}

function without(object: { [key: string]: Json }, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function asObject(value: Json | undefined): { [key: string]: Json } {
  return isObject(value) ? value : {};
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
