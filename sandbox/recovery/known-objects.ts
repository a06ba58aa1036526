import { storedId } from "../services/identity/stored-id";
import { isState, readStateFile } from "../state-server/state-file";
import type { BucketObjects } from "../store/bucket-objects";
import type { StoredObject } from "../store/contract";
import { equalValues, isObject, isUnknown, type ObjectValue, type Value } from "../values/value";

/** The objects that states tell of. */
export interface KnownObjects {
  has(object: StoredObject): boolean;
}

/** Reads all live states; while one of them can't be read, it may know everything. */
export function readKnownObjects(buckets: BucketObjects): KnownObjects {
  const ids = new Set<string>();
  /** Instances of types that have no attribute `id`, by type. */
  const others = new Map<string, ObjectValue[]>();
  for (const version of buckets.buckets().flatMap((bucket) => buckets.list(bucket))) {
    if (!isState(version)) continue;
    const resources = readStateFile(buckets.content(version));
    if (resources === undefined) return { has: () => true };
    for (const { mode, type, instances } of resources) {
      if (mode !== "managed") continue;
      for (const { attributes } of instances) {
        if (typeof attributes?.id === "string")
          ids.add(`${type} ${storedId(type, attributes.id, attributes)}`);
        else if (attributes) others.set(type, [...(others.get(type) ?? []), attributes]);
      }
    }
  }
  return {
    has: ({ type, id, attributes }) =>
      ids.has(`${type} ${id}`) || (others.get(type) ?? []).some((instance) => agree(instance, attributes)),
  };
}

/** Whether two descriptions may be of one object: no simple attribute that both know differs. */
function agree(a: ObjectValue, b: ObjectValue): boolean {
  return Object.entries(a).every(
    ([name, value]) => !isSimple(value) || !isSimple(b[name]) || equalValues(value, b[name]),
  );
}

function isSimple(value: Value | undefined): boolean {
  return (
    value !== null && value !== undefined && !Array.isArray(value) && !isObject(value) && !isUnknown(value)
  );
}
