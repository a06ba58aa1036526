import type { ObjectVersion } from "../store/bucket-objects";
import type { SandboxStore } from "../store/open-store";
import type { SandboxStatus, StateLock } from "./contract";

const STATE = ".tfstate";
const LOCK = ".tflock";

type StoredState = NonNullable<SandboxStatus["states"]>[number];

/**
 * States that are stored, and who holds them locked: the gcs backend keeps a lock beside its state. A state that is
 * locked but not written yet has 0 bytes and generation 0.
 */
export function storedStates({ buckets }: SandboxStore): StoredState[] {
  return buckets.buckets().flatMap((bucket) => {
    const states = new Map<string, StoredState>();
    const stateOf = (name: string): StoredState => {
      const known = states.get(name) ?? { bucket, name, bytes: 0, generation: "0" };
      states.set(name, known);
      return known;
    };
    for (const version of buckets.list(bucket)) {
      const { name, size, generation } = version;
      if (name.endsWith(STATE)) Object.assign(stateOf(name), { bytes: size, generation });
      if (name.endsWith(LOCK)) {
        const state = stateOf(`${name.slice(0, -LOCK.length)}${STATE}`);
        state.lock = lockOf(version, buckets.content(version).toString());
      }
    }
    return [...states.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** The holder as Terraform wrote it into the lock; the id that `force-unlock` wants is the object's generation. */
function lockOf(version: ObjectVersion, content: string): StateLock {
  const lock: StateLock = { id: version.generation, createdAt: version.createdAt };
  try {
    const info = JSON.parse(content) as { Who?: unknown; Operation?: unknown };
    if (typeof info.Who === "string") lock.who = info.Who;
    if (typeof info.Operation === "string") lock.operation = info.Operation;
  } catch {
    // Not written by Terraform; it is a lock all the same.
  }
  return lock;
}
