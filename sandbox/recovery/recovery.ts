import type { ObjectVersion } from "../store/bucket-objects";
import type { StoredObject } from "../store/contract";
import type { Creation } from "../store/creations";
import type { SandboxStore } from "../store/open-store";
import { type KnownObjects, readKnownObjects } from "./known-objects";

export type CreatedObject = Pick<StoredObject, "type" | "id">;

/** What the state server tells of the objects it serves. */
export interface StateObserver {
  /** @param connection by which the client came; the same object each time */
  written(version: ObjectVersion, connection: object): void;
  /** Called before the client hears of it. */
  deleted(version: ObjectVersion, connection: object): Promise<void>;
  closed(connection: object): void;
}

interface HeldLock {
  /** By which the lock came; undefined for one of before the sandbox was started. */
  connection?: object;
  /** Its Terraform is gone, or was cut off. */
  abandoned: boolean;
}

/**
 * Takes back what runs created that were killed before Terraform could write it into their state. In the cloud such
 * objects stay, unknown to every state: the next run fails on their names or makes them twice. In the sandbox the next
 * run just goes on.
 *
 * A creation is kept with the locks that were held at its time, one of which its run holds. When the last of them is
 * gone, its run is over and has written its state, or never will. It is then taken back if no state knows its objects
 * and one of those locks ended as that of a living Terraform doesn't: by another connection than it came, as
 * `terraform force-unlock` does, or by a kill of the sandbox. What was made without any lock (with a local state, or by
 * hand) is never taken back.
 */
export class Recovery implements StateObserver {
  readonly #store: SandboxStore;
  readonly #locks = new Map<string, HeldLock>();
  /** Locks that ended in a way that no living Terraform ends them. */
  readonly #endedBadly = new Set<string>();
  readonly #onTakenBack: (object: CreatedObject) => void;

  private constructor(store: SandboxStore, onTakenBack: (object: CreatedObject) => void) {
    this.#store = store;
    this.#onTakenBack = onTakenBack;
  }

  /**
   * Starts to watch a store that was just opened.
   *
   * @param onTakenBack told of each object that was taken back
   */
  static async start(store: SandboxStore, onTakenBack: (object: CreatedObject) => void): Promise<Recovery> {
    const recovery = new Recovery(store, onTakenBack);
    const { buckets } = store;
    for (const version of buckets.buckets().flatMap((bucket) => buckets.list(bucket))) {
      if (isLock(version)) recovery.#locks.set(version.generation, { abandoned: true });
    }
    for (const creation of store.creations.all()) {
      for (const lock of creation.locks) if (!recovery.#locks.has(lock)) recovery.#endedBadly.add(lock);
    }
    store.creations.watch(() => [...recovery.#locks.keys()]);
    await recovery.#settle();
    return recovery;
  }

  written(version: ObjectVersion, connection: object): void {
    if (isLock(version)) this.#locks.set(version.generation, { connection, abandoned: false });
  }

  async deleted(version: ObjectVersion, connection: object): Promise<void> {
    const lock = this.#locks.get(version.generation);
    if (lock === undefined) return;
    this.#locks.delete(version.generation);
    if (lock.abandoned || lock.connection !== connection) this.#endedBadly.add(version.generation);
    await this.#settle();
  }

  closed(connection: object): void {
    for (const lock of this.#locks.values()) if (lock.connection === connection) lock.abandoned = true;
  }

  /** The store was emptied. */
  forget(): void {
    this.#locks.clear();
    this.#endedBadly.clear();
  }

  async #settle(): Promise<void> {
    const { creations } = this.#store;
    const over = creations.all().filter(({ locks }) => locks.every((lock) => !this.#locks.has(lock)));
    if (over.length > 0) {
      const known = over.some((creation) => this.#endedBadly.size > 0 && this.#isSuspect(creation))
        ? readKnownObjects(this.#store.buckets)
        : undefined;
      await this.#store.transactAll(() => {
        for (const creation of over.toReversed()) {
          if (known !== undefined && this.#isSuspect(creation)) this.#decide(creation, known);
          else creations.forget(creation);
        }
      });
    }
    if (this.#locks.size === 0) this.#endedBadly.clear();
  }

  #isSuspect({ locks }: Creation): boolean {
    return locks.some((lock) => this.#endedBadly.has(lock));
  }

  #decide(creation: Creation, known: KnownObjects): void {
    const objects = creation.created.map(({ type, id }) => this.#store.read((cloud) => cloud.get(type, id)));
    if (objects.some((object) => object !== undefined && known.has(object))) {
      this.#store.creations.forget(creation);
      return;
    }
    this.#store.creations.undo(creation);
    for (const object of creation.created) this.#onTakenBack(object);
  }
}

/** The gcs backend's lock, beside the state of the same name. */
function isLock({ name }: ObjectVersion): boolean {
  return name.endsWith(".tflock");
}
