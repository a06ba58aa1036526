import type { Database, Table } from "./database";
import { databaseKey, prefixRange } from "./keys";

/** Older versions kept of each object; the oldest go first. Enough to roll a state back past a long apply. */
export const KEPT_VERSIONS = 20;

/** One version of an object in a bucket, without its content. */
export interface ObjectVersion {
  bucket: string;
  name: string;
  /** Grows with every write, over all buckets: microseconds since 1970, or one more than the last. */
  generation: string;
  /** Counts the changes of this version's metadata; starts at 1. */
  metageneration: number;
  /** Bytes. */
  size: number;
  /** Base64, as Google Cloud Storage writes it. */
  md5Hash: string;
  /** Base64 of the big-endian CRC-32C. */
  crc32c: string;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
  /** When this version stopped being the live one; absent while it is. */
  replacedAt?: string;
  /** Ids of the calls that wrote it and that deleted it, to recognize a call that the client repeats. */
  writtenBy?: string;
  deletedBy?: string;
  /** Fields the client may set: `contentType`, `metadata` and the like, as the API names them. */
  fields: { [name: string]: unknown };
}

export type NewVersion = Pick<ObjectVersion, "bucket" | "name" | "md5Hash" | "crc32c" | "fields"> & {
  content: Buffer;
  writtenBy?: string | undefined;
};

/** Looks without changing anything. */
export interface BucketReader {
  /** The live version, or the given one, live or not. */
  get(bucket: string, name: string, generation?: string): ObjectVersion | undefined;
  content(version: ObjectVersion): Buffer;
  /** Live versions whose names start with the prefix, by name; with `versions` also older ones, oldest first. */
  list(bucket: string, prefix?: string, versions?: boolean): ObjectVersion[];
  /** Buckets that hold anything, by name. */
  buckets(): string[];
}

export interface BucketTransaction extends BucketReader {
  /** Makes a new live version; the one before stays as an older version. */
  put(version: NewVersion): ObjectVersion;
  /** Changes the fields of a version in place. */
  patch(version: ObjectVersion, fields: ObjectVersion["fields"]): ObjectVersion;
  /** The live version becomes an older one. */
  retire(version: ObjectVersion, deletedBy?: string): void;
  /** Removes this version for good, live or not. */
  erase(version: ObjectVersion): void;
}

const liveKey = (bucket: string, name: string): Buffer => databaseKey(`${bucket}\0${name}`);
const versionKey = (bucket: string, name: string, generation: string): Buffer =>
  databaseKey(`${bucket}\0${name}\0${generation.padStart(20, "0")}`);
const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const decode = (bytes: Buffer): ObjectVersion => JSON.parse(bytes.toString());

/** Objects with generations, as the state server keeps Terraform's states and locks. */
export class BucketObjects implements BucketReader {
  readonly #database: Database;
  readonly #live: Table;
  readonly #older: Table;
  readonly #contents: Table;
  readonly #generations: Table;

  constructor(database: Database) {
    this.#database = database;
    this.#live = database.table("bucket-live");
    this.#older = database.table("bucket-older");
    this.#contents = database.table("bucket-contents");
    this.#generations = database.table("bucket-generations");
  }

  /** Runs alone, all or nothing; `work` must not await. Resolves when it is on the disk. */
  transact<T>(work: (buckets: BucketTransaction) => T): Promise<T> {
    return this.#database.transact(() =>
      work({
        get: (bucket, name, generation) => this.get(bucket, name, generation),
        content: (version) => this.content(version),
        list: (bucket, prefix, versions) => this.list(bucket, prefix, versions),
        buckets: () => this.buckets(),
        put: (version) => this.#put(version),
        patch: (version, fields) => this.#patch(version, fields),
        retire: (version, deletedBy) => this.#retire(version, new Date().toISOString(), deletedBy),
        erase: (version) => this.#erase(version),
      }),
    );
  }

  get(bucket: string, name: string, generation?: string): ObjectVersion | undefined {
    const bytes = this.#live.get(liveKey(bucket, name));
    const live = bytes && decode(bytes);
    if (generation === undefined || live?.generation === generation) return live;
    const older = this.#older.get(versionKey(bucket, name, generation));
    return older && decode(older);
  }

  content({ bucket, name, generation }: ObjectVersion): Buffer {
    const content = this.#contents.get(versionKey(bucket, name, generation));
    if (content === undefined) throw new Error(`no content of ${bucket}/${name}#${generation}`);
    return content;
  }

  list(bucket: string, prefix = "", versions = false): ObjectVersion[] {
    const range = prefixRange(`${bucket}\0${prefix}`);
    const live = [...this.#live.getRange(range)].map((entry) => decode(entry.value));
    if (!versions) return live;
    const older = [...this.#older.getRange(range)].map((entry) => decode(entry.value));
    return [...older, ...live].sort(
      (a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) || compareGenerations(a, b),
    );
  }

  buckets(): string[] {
    const names = new Set<string>();
    for (const table of [this.#live, this.#older]) {
      for (const key of table.getKeys()) names.add(key.toString("utf8", 0, key.indexOf(0)));
    }
    return [...names].sort();
  }

  clear(): void {
    // Generations go on counting: one that a client remembers from before must never come again.
    for (const table of [this.#live, this.#older, this.#contents]) {
      for (const key of [...table.getKeys()]) table.removeSync(key);
    }
  }

  #put({ content, writtenBy, ...given }: NewVersion): ObjectVersion {
    const now = new Date().toISOString();
    const before = this.get(given.bucket, given.name);
    if (before !== undefined) this.#retire(before, now);
    const version: ObjectVersion = {
      ...given,
      generation: this.#nextGeneration(),
      metageneration: 1,
      size: content.length,
      createdAt: now,
      updatedAt: now,
      ...(writtenBy !== undefined && { writtenBy }),
    };
    this.#contents.putSync(versionKey(version.bucket, version.name, version.generation), content);
    this.#live.putSync(liveKey(version.bucket, version.name), encode(version));
    return version;
  }

  #patch(version: ObjectVersion, fields: ObjectVersion["fields"]): ObjectVersion {
    const patched: ObjectVersion = {
      ...version,
      fields,
      metageneration: version.metageneration + 1,
      updatedAt: new Date().toISOString(),
    };
    const { bucket, name, generation } = version;
    if (version.replacedAt === undefined) this.#live.putSync(liveKey(bucket, name), encode(patched));
    else this.#older.putSync(versionKey(bucket, name, generation), encode(patched));
    return patched;
  }

  #retire(version: ObjectVersion, replacedAt: string, deletedBy?: string): void {
    const { bucket, name, generation } = version;
    this.#older.putSync(versionKey(bucket, name, generation), encode({ ...version, replacedAt, deletedBy }));
    this.#live.removeSync(liveKey(bucket, name));
    const kept = [...this.#older.getKeys(prefixRange(`${bucket}\0${name}\0`))];
    for (const key of kept.slice(0, Math.max(0, kept.length - KEPT_VERSIONS))) {
      this.#older.removeSync(key);
      this.#contents.removeSync(key);
    }
  }

  #erase({ bucket, name, generation, replacedAt }: ObjectVersion): void {
    const key = versionKey(bucket, name, generation);
    if (replacedAt === undefined) this.#live.removeSync(liveKey(bucket, name));
    else this.#older.removeSync(key);
    this.#contents.removeSync(key);
  }

  #nextGeneration(): string {
    const key = Buffer.from("last");
    const last = BigInt(this.#generations.get(key)?.toString() ?? "0");
    const now = BigInt(Date.now()) * 1000n;
    const next = String(now > last ? now : last + 1n);
    this.#generations.putSync(key, Buffer.from(next));
    return next;
  }
}

function compareGenerations(a: ObjectVersion, b: ObjectVersion): number {
  return Number(BigInt(a.generation) - BigInt(b.generation));
}
