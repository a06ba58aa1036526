import type { Database, Table } from "./database";
import { databaseKey, prefixRange } from "./keys";

/** Documents of databases, as BSON, by database, collection and `_id`. */
export class Documents {
  readonly #database: Database;
  readonly #table: Table;

  constructor(database: Database) {
    this.#database = database;
    this.#table = database.table("documents");
  }

  /** Several changes, all or nothing; `work` must not await. Resolves when they are on the disk. */
  transact<T>(work: () => T): Promise<T> {
    return this.#database.transact(work);
  }

  databases(): string[] {
    return [...new Set(this.#collections("").map(({ database }) => database))];
  }

  collections(database: string): string[] {
    return this.#collections(`${database}\0`).map(({ collection }) => collection);
  }

  has(database: string, collection: string, id: string): boolean {
    return this.#table.doesExist(documentKey(database, collection, id));
  }

  list(database: string, collection: string): Buffer[] {
    return [...this.#table.getRange(prefixRange(`${database}\0${collection}\0`))].map(({ value }) => value);
  }

  /** Makes the collection if there is none. Call inside a transaction only, as everything that changes. */
  create(database: string, collection: string): void {
    this.#table.putSync(collectionKey(database, collection), Buffer.from(`${database}\0${collection}`));
  }

  put(database: string, collection: string, id: string, document: Buffer): void {
    this.create(database, collection);
    this.#table.putSync(documentKey(database, collection, id), document);
  }

  remove(database: string, collection: string, id: string): void {
    this.#table.removeSync(documentKey(database, collection, id));
  }

  /** @returns whether there was such a collection */
  drop(database: string, collection: string): boolean {
    const key = collectionKey(database, collection);
    const was = this.#table.doesExist(key);
    this.#table.removeSync(key);
    for (const document of [...this.#table.getKeys(prefixRange(`${database}\0${collection}\0`))]) {
      this.#table.removeSync(document);
    }
    return was;
  }

  clear(): void {
    for (const key of [...this.#table.getKeys()]) this.#table.removeSync(key);
  }

  #collections(prefix: string): { database: string; collection: string }[] {
    return [...this.#table.getRange(prefixRange(`\0${prefix}`))].map(({ value }) => {
      const [database = "", collection = ""] = value.toString().split("\0");
      return { database, collection };
    });
  }
}

/** Collections come before all documents: names of databases are never empty. */
const collectionKey = (database: string, collection: string): Buffer =>
  databaseKey(`\0${database}\0${collection}`);
const documentKey = (database: string, collection: string, id: string): Buffer =>
  databaseKey(`${database}\0${collection}\0${id}`);
