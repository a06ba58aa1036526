import { BucketObjects } from "./bucket-objects";
import { CloudObjects } from "./cloud-objects";
import type { CloudStore, CloudTransaction } from "./contract";
import { Creations } from "./creations";
import { Database, type Table } from "./database";
import { Documents } from "./documents";
import { databaseKey } from "./keys";
import { SiteFiles } from "./site-files";

/** Everything the sandbox keeps: the simulated cloud and what is in it, Terraform's states, the sandbox's own settings. */
export interface SandboxStore extends CloudStore {
  /** What the state server serves. */
  readonly buckets: BucketObjects;
  /** Contents of what is hosted. */
  readonly files: SiteFiles;
  /** What is in databases. */
  readonly documents: Documents;
  /** Creations that may have to be taken back. */
  readonly creations: Creations;
  /** As {@link CloudStore.transact}, for what others than Terraform make: never taken back with a killed run's creations. */
  transactAside<T>(work: (cloud: CloudTransaction) => T): Promise<T>;
  /** Several changes to everything that is stored, all or nothing; `work` must not await. */
  transactAll<T>(work: () => T): Promise<T>;
  /** Number of objects of each type that has any. */
  countByType(): { [type: string]: number };
  /** A setting of the sandbox itself, a JSON value; undefined when never saved. */
  setting(name: string): unknown;
  saveSetting(name: string, value: unknown): Promise<void>;
  /** Forgets all objects, facts, counters, states, contents and settings, in one transaction. */
  reset(): Promise<void>;
}

/**
 * Opens the store in a folder (made when missing, 0700; its files 0600). One process at a time.
 *
 * @throws {UserError} when the folder holds something that this version can't read
 */
export function openStore(folder: string): SandboxStore {
  const database = new Database(folder);
  const objects = new CloudObjects(database);
  const buckets = new BucketObjects(database);
  const files = new SiteFiles(database);
  const documents = new Documents(database);
  const creations = new Creations(database);
  const settings: Table = database.table("settings");
  return {
    buckets,
    files,
    documents,
    creations,
    transact: (work) => database.transact(() => creations.run(objects, work)),
    transactAside: (work) => database.transact(() => objects.run(work)),
    transactAll: (work) => database.transact(work),
    read: (work) => objects.run(work),
    types: () => objects.types(),
    countByType: () => objects.countByType(),
    setting(name) {
      const bytes = settings.get(databaseKey(name));
      return bytes && JSON.parse(bytes.toString());
    },
    saveSetting: (name, value) =>
      database.transact(() => {
        settings.putSync(databaseKey(name), Buffer.from(JSON.stringify(value)));
      }),
    reset: () =>
      database.transact(() => {
        objects.clear();
        buckets.clear();
        files.clear();
        documents.clear();
        creations.clear();
        for (const key of [...settings.getKeys()]) settings.removeSync(key);
      }),
    close: () => database.close(),
  };
}
