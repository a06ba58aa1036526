import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@groundwork/user-error";
import { type Database as LmdbDatabase, open, type RootDatabase } from "lmdb";

/** Raw bytes by raw bytes: what is in them is the business of the tables' owners. */
export type Table = LmdbDatabase<Buffer, Buffer>;

/** Raised when the layout of the tables changes; an older sandbox then refuses instead of misreading. */
const FORMAT = 1;

const DATABASE_FILE = "cloud.mdb";

/** On a slow disk a commit waits for company as long as the last one took, but no longer than this. */
const LONGEST_GATHERING_MS = 5;

interface QueuedWork {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * One LMDB environment. Transactions run one after another; those that were asked for at about the same time
 * share one commit, and so one flush to the disk (see docs/decisions/2026-11-21-sandbox-store.md).
 */
export class Database {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #tables = new Map<string, Table>();
  #queue: QueuedWork[] = [];
  #closed = false;
  #lastCommitMs = 0;

  /** @throws {UserError} when the folder holds something that this version can't read */
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const file = join(folder, DATABASE_FILE);
    try {
      checkHeader(file);
      this.#root = open<Buffer, Buffer>({
        path: file,
        maxDbs: 16,
        encoding: "binary",
        keyEncoding: "binary",
        // A commit is on the disk before anybody hears of it.
        overlappingSync: false,
      });
      for (const name of [file, `${file}-lock`]) if (existsSync(name)) chmodSync(name, 0o600);
      this.#checkFormat();
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError("The sandbox's store can't be opened.", [
        {
          field: file,
          found: error instanceof Error ? error.message : String(error),
          expected: "a store written by Groundwork; `groundwork sandbox reset` starts an empty one",
        },
      ]);
    }
  }

  /** A table of this database; created when it doesn't exist. */
  table(name: string): Table {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = this.#root.openDB<Buffer, Buffer>({ name, encoding: "binary", keyEncoding: "binary" });
      this.#tables.set(name, table);
    }
    return table;
  }

  /** Runs `work` alone, all or nothing; resolves when it is on the disk. */
  transact<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("the store is closed"));
    return new Promise<T>((resolve, reject) => {
      const queued: QueuedWork = { run: work, resolve: (value) => resolve(value as T), reject };
      if (this.#queue.push(queued) > 1) return;
      if (this.#lastCommitMs < 1) setImmediate(() => this.#commitQueue());
      else setTimeout(() => this.#commitQueue(), Math.min(this.#lastCommitMs, LONGEST_GATHERING_MS));
    });
  }

  /** Finishes what was asked for, then closes. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#commitQueue();
    await this.#root.close();
  }

  #commitQueue(): void {
    const queue = this.#queue;
    this.#queue = [];
    if (queue.length === 0) return;
    const settlements: (() => void)[] = [];
    const started = performance.now();
    try {
      this.#root.transactionSync(() => {
        for (const work of queue) settlements.push(this.#runAsChild(work));
      });
    } catch (error) {
      for (const work of queue) work.reject(error);
      return;
    }
    this.#lastCommitMs = performance.now() - started;
    for (const settle of settlements) settle();
  }

  /** A transaction inside the shared one, so that one which throws takes only its own changes with it. */
  #runAsChild(work: QueuedWork): () => void {
    try {
      const value = this.#root.childTransaction(() => {
        const result = work.run();
        if (isPromise(result)) throw new Error("work of a transaction must not be asynchronous");
        return result;
      });
      return () => work.resolve(value);
    } catch (error) {
      return () => work.reject(error);
    }
  }

  #checkFormat(): void {
    const table = this.table("format");
    const key = Buffer.from("version");
    const found = table.get(key)?.toString();
    if (found === undefined) {
      table.putSync(key, Buffer.from(String(FORMAT)));
    } else if (found !== String(FORMAT)) {
      throw new UserError("The sandbox's store was written by another version of Groundwork.", [
        {
          field: this.folder,
          found: `format ${found}`,
          expected: `format ${FORMAT}; \`groundwork sandbox reset\` starts an empty one`,
        },
      ]);
    }
  }
}

/**
 * LMDB crashes the process on a file that it did not write, so the mark of its first page is looked at before: byte
 * 24 on 64-bit machines, see `MDB_page_header` and `MDB_meta` in lmdb's mdb.c.
 */
function checkHeader(file: string): void {
  if (!existsSync(file)) return;
  const header = Buffer.alloc(28);
  const descriptor = openSync(file, "r");
  try {
    const length = readSync(descriptor, header, 0, header.length, 0);
    // Killed between creating the file and writing it: LMDB starts over.
    if (length === 0) return;
  } finally {
    closeSync(descriptor);
  }
  if (header.readUInt32LE(24) !== 0xbeefc0de) throw new Error("not a database file");
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}
