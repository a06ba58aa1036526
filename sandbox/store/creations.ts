import type { CloudObjects, ReversibleTable } from "./cloud-objects";
import type { CloudTransaction, StoredObject } from "./contract";
import type { Database, Table } from "./database";

/** What one transaction did to one entry of a table; texts of the entries, null where there was none. */
interface Change {
  table: ReversibleTable;
  /** Base64. */
  key: string;
  before: string | null;
  after: string | null;
}

/** A transaction that created objects while states were locked, kept until it is known what became of its run. */
export interface Creation {
  /** In the order of the transactions. */
  number: number;
  created: Pick<StoredObject, "type" | "id">[];
  /** Generations of the locks that were held then; the run holds one of them. */
  locks: string[];
  changes: Change[];
}

/** Creations that may have to be taken back; why is told in recovery/recovery.ts. */
export class Creations {
  readonly #tables: { [table in ReversibleTable]: Table };
  readonly #journal: Table;
  #heldLocks: () => readonly string[] = () => [];

  constructor(database: Database) {
    this.#tables = { objects: database.table("objects"), facts: database.table("facts") };
    this.#journal = database.table("creations");
  }

  /** From now on creations are kept as long as there are locks. */
  watch(heldLocks: () => readonly string[]): void {
    this.#heldLocks = heldLocks;
  }

  /** Runs a transaction's work and keeps it if it creates something. Call inside a transaction only. */
  run<T>(objects: CloudObjects, work: (cloud: CloudTransaction) => T): T {
    const locks = this.#heldLocks();
    if (locks.length === 0) return objects.run(work);
    const changes = new Map<string, Change>();
    const result = objects.run(work, (table, key) => {
      const name = `${table} ${key.toString("base64")}`;
      if (changes.has(name)) return;
      changes.set(name, {
        table,
        key: key.toString("base64"),
        before: this.#text(table, key),
        after: null,
      });
    });
    for (const change of changes.values())
      change.after = this.#text(change.table, Buffer.from(change.key, "base64"));
    const created = [...changes.values()].flatMap(({ table, before, after }) => {
      if (table !== "objects" || before !== null || after === null) return [];
      const { type, id } = JSON.parse(after) as StoredObject;
      return [{ type, id }];
    });
    if (created.length > 0) this.#keep({ created, locks: [...locks], changes: [...changes.values()] });
    return result;
  }

  all(): Creation[] {
    return [...this.#journal.getRange({})].map((entry) => JSON.parse(entry.value.toString()));
  }

  /** Call inside a transaction only. */
  forget({ number }: Creation): void {
    this.#journal.removeSync(journalKey(number));
  }

  /**
   * Takes a creation back: its objects vanish, and what else it changed is as before unless it was changed again
   * since. Call inside a transaction only, the latest creation first.
   */
  undo(creation: Creation): void {
    for (const { table, key, before, after } of creation.changes.toReversed()) {
      const place = Buffer.from(key, "base64");
      const now = this.#text(table, place);
      if (now === after || (before === null && isSameObject(now, after))) {
        if (before === null) this.#tables[table].removeSync(place);
        else this.#tables[table].putSync(place, Buffer.from(before));
      }
    }
    this.forget(creation);
  }

  clear(): void {
    for (const key of [...this.#journal.getKeys()]) this.#journal.removeSync(key);
  }

  #keep(creation: Omit<Creation, "number">): void {
    const [last] = this.#journal.getKeys({ reverse: true, limit: 1 });
    const number = last === undefined ? 1 : last.readUInt32BE() + 1;
    this.#journal.putSync(journalKey(number), Buffer.from(JSON.stringify({ number, ...creation })));
  }

  #text(table: ReversibleTable, key: Buffer): string | null {
    return this.#tables[table].get(key)?.toString() ?? null;
  }
}

/** Whether an object is the same one, although it may have been updated since. */
function isSameObject(now: string | null, then: string | null): boolean {
  if (now === null || then === null) return false;
  const [a, b] = [JSON.parse(now) as StoredObject, JSON.parse(then) as StoredObject];
  return a.id !== undefined && a.id === b.id && a.createdAt === b.createdAt;
}

function journalKey(number: number): Buffer {
  const key = Buffer.alloc(4);
  key.writeUInt32BE(number);
  return key;
}
