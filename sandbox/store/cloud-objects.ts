import type { ObjectValue } from "../values/value";
import type { CloudTransaction, StoredObject } from "./contract";
import type { Database, Table } from "./database";
import { databaseKey, prefixRange } from "./keys";

/** Tables whose changes can be taken back; counters go on counting. */
export type ReversibleTable = "objects" | "facts";

type Touching = (table: ReversibleTable, key: Buffer) => void;

interface StoredFact {
  key: string;
  value: ObjectValue;
}

const objectKey = (type: string, id: string): Buffer => databaseKey(`${type}\0${id}`);
const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** The objects, facts and counters of the simulated cloud. */
export class CloudObjects {
  readonly #objects: Table;
  readonly #facts: Table;
  readonly #counters: Table;

  constructor(database: Database) {
    this.#objects = database.table("objects");
    this.#facts = database.table("facts");
    this.#counters = database.table("counters");
  }

  /**
   * What one transaction may do; valid until `work` returns. Call inside a transaction of the database only.
   *
   * @param touching told of each entry before it is changed
   */
  run<T>(work: (cloud: CloudTransaction) => T, touching: Touching = () => {}): T {
    const now = new Date().toISOString();
    let over = false;
    const guarded = <A extends unknown[], R>(action: (...args: A) => R) => {
      return (...args: A): R => {
        if (over) throw new Error("this transaction is over");
        return action(...args);
      };
    };
    try {
      return work({
        now,
        get: guarded((type, id) => this.#get(type, id)),
        list: guarded((type, idPrefix) => this.#list(type, idPrefix)),
        put: guarded((object) => this.#put(object, now, touching)),
        delete: guarded((type, id) => this.#delete(type, id, touching)),
        next: guarded((counter) => this.#next(counter)),
        getFact: guarded((key) => this.#getFact(key)),
        putFact: guarded((key, value) => this.#putFact(key, value, touching)),
        listFacts: guarded((prefix) => this.#listFacts(prefix)),
      });
    } finally {
      over = true;
    }
  }

  /** Number of objects of each type that has any. */
  countByType(): { [type: string]: number } {
    const counts: { [type: string]: number } = {};
    for (const type of this.types()) counts[type] = this.#objects.getKeysCount(prefixRange(`${type}\0`));
    return counts;
  }

  /** Types with at least one object, sorted: one seek each, however many objects there are. */
  types(): string[] {
    const types: string[] = [];
    let start: Buffer | undefined;
    for (;;) {
      const [first] = this.#objects.getKeys({ ...(start && { start }), limit: 1 });
      if (first === undefined) return types;
      const type = first.toString("utf8", 0, first.indexOf(0));
      types.push(type);
      start = prefixRange(`${type}\0`).end;
    }
  }

  clear(): void {
    for (const table of [this.#objects, this.#facts, this.#counters]) {
      for (const key of [...table.getKeys()]) table.removeSync(key);
    }
  }

  #get(type: string, id: string): StoredObject | undefined {
    const bytes = this.#objects.get(objectKey(type, id));
    return bytes && JSON.parse(bytes.toString());
  }

  #list(type: string, idPrefix = ""): StoredObject[] {
    return [...this.#objects.getRange(prefixRange(`${type}\0${idPrefix}`))]
      .map((entry): StoredObject => JSON.parse(entry.value.toString()))
      .filter(({ id }) => id.startsWith(idPrefix));
  }

  #put(
    { type, id, attributes }: Pick<StoredObject, "type" | "id" | "attributes">,
    now: string,
    touching: Touching,
  ): StoredObject {
    touching("objects", objectKey(type, id));
    const createdAt = this.#get(type, id)?.createdAt ?? now;
    const bytes = encode({ type, id, attributes, createdAt, updatedAt: now });
    this.#objects.putSync(objectKey(type, id), bytes);
    // What a later `get` answers, and nothing that shares memory with the caller's object.
    return JSON.parse(bytes.toString());
  }

  #delete(type: string, id: string, touching: Touching): void {
    touching("objects", objectKey(type, id));
    this.#objects.removeSync(objectKey(type, id));
  }

  #next(counter: string): number {
    const key = databaseKey(counter);
    const value = Number(this.#counters.get(key)?.toString() ?? 0) + 1;
    this.#counters.putSync(key, Buffer.from(String(value)));
    return value;
  }

  #getFact(key: string): ObjectValue | undefined {
    const bytes = this.#facts.get(databaseKey(key));
    return bytes && (JSON.parse(bytes.toString()) as StoredFact).value;
  }

  #putFact(key: string, value: ObjectValue | undefined, touching: Touching): void {
    touching("facts", databaseKey(key));
    if (value === undefined) this.#facts.removeSync(databaseKey(key));
    else this.#facts.putSync(databaseKey(key), encode({ key, value } satisfies StoredFact));
  }

  #listFacts(prefix: string): StoredFact[] {
    return [...this.#facts.getRange(prefixRange(prefix))]
      .map((entry): StoredFact => JSON.parse(entry.value.toString()))
      .filter((fact) => fact.key.startsWith(prefix));
  }
}
