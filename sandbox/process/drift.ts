import { UserError } from "@groundwork/user-error";
import { storedId } from "../services/identity/stored-id";
import { isState, readStateFile } from "../state-server/state-file";
import type { BucketObjects } from "../store/bucket-objects";
import type { StoredObject } from "../store/contract";
import type { SandboxStore } from "../store/open-store";
import { isObject, type ObjectValue, type Value } from "../values/value";
import type { EditRequest, ObjectTarget } from "./control-api";

/** Changes an object as somebody in the console would, behind Terraform's back. */
export async function editObject(store: SandboxStore, { target, set }: EditRequest): Promise<StoredObject> {
  const { type, id } = locate(store, target);
  return store.transact((cloud) => {
    const object = cloud.get(type, id) ?? notThere(type, id);
    for (const [path, value] of Object.entries(set)) setAtPath(object.attributes, path, value);
    return cloud.put({ type, id, attributes: object.attributes });
  });
}

/** Deletes an object behind Terraform's back. */
export async function deleteObject(store: SandboxStore, target: ObjectTarget): Promise<StoredObject> {
  const { type, id } = locate(store, target);
  return store.transact((cloud) => {
    const object = cloud.get(type, id) ?? notThere(type, id);
    cloud.delete(type, id);
    return object;
  });
}

/** Steps of `labels.team` or `scaling[0].max`. */
function stepsOf(path: string): (string | number)[] {
  const matches = [...path.matchAll(/(?:^|\.)([^.[\]]+)|\[(\d+)\]/g)];
  if (matches.length === 0 || matches.map((match) => match[0]).join("") !== path) {
    throw new UserError("The path of an attribute can't be read.", [
      { field: "path", found: path, expected: "names and indices such as labels.team or scaling[0].max" },
    ]);
  }
  return matches.map((match) => match[1] ?? Number(match[2]));
}

function setAtPath(attributes: ObjectValue, path: string, value: Value): void {
  const steps = stepsOf(path);
  const last = steps.pop() as string | number;
  let place: Value | undefined = attributes;
  for (const step of steps) place = childOf(place, step);
  if (Array.isArray(place) && typeof last === "number" && last <= place.length) place[last] = value;
  // Attributes are known by the object's keys; keys of a map, which is never at the top, may be new.
  else if (isObject(place) && (place !== attributes || Object.hasOwn(place, last))) place[last] = value;
  else {
    throw new UserError("The object has no such attribute.", [
      { field: path, found: "nothing there", expected: `one of ${Object.keys(attributes).join(", ")}` },
    ]);
  }
}

function childOf(place: Value | undefined, step: string | number): Value | undefined {
  if (Array.isArray(place) && typeof step === "number") return place[step];
  return isObject(place) && Object.hasOwn(place, step) ? place[step] : undefined;
}

function locate(store: SandboxStore, target: ObjectTarget): { type: string; id: string } {
  if ("type" in target) return target;
  const found = findAddress(store.buckets, target.address, target.state ?? "");
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  throw new UserError("The address names no single object.", [
    {
      field: target.address,
      found: found.length === 0 ? "no state that knows it" : found.map((one) => one.state).join(", "),
      expected: "an address as `terraform state list` prints it, in one state",
    },
  ]);
}

interface Located {
  state: string;
  type: string;
  id: string;
}

/** Every instance with this address, over all states whose names contain `part`. */
function findAddress(buckets: BucketObjects, address: string, part: string): Located[] {
  const found: Located[] = [];
  for (const version of buckets.buckets().flatMap((bucket) => buckets.list(bucket))) {
    const state = `${version.bucket}/${version.name}`;
    if (!isState(version) || !state.includes(part)) continue;
    for (const { module, mode, type, name, instances } of readStateFile(buckets.content(version)) ?? []) {
      if (mode !== "managed") continue;
      for (const { index_key: key, attributes } of instances) {
        const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
        const full = `${module === undefined ? "" : `${module}.`}${type}.${name}${index}`;
        if (full === address && attributes)
          found.push({ state, type, id: storedId(type, String(attributes.id), attributes) });
      }
    }
  }
  return found;
}

function notThere(type: string, id: string): never {
  throw new UserError("The simulated cloud has no such object.", [
    { field: type, found: id, expected: "the id of an object that exists" },
  ]);
}
