import type { Database, Table } from "./database";

/** Contents of hosted files, gzipped, each once, by the SHA-256 of the gzip as Firebase Hosting names them. */
export class SiteFiles {
  readonly #files: Table;

  constructor(database: Database) {
    this.#files = database.table("site-files");
  }

  has(hash: string): boolean {
    return this.#files.doesExist(keyOf(hash));
  }

  /** @returns the gzip; undefined when there is none of this hash */
  get(hash: string): Buffer | undefined {
    return this.#files.get(keyOf(hash));
  }

  hashes(): string[] {
    return [...this.#files.getKeys()].map((key) => key.toString("hex"));
  }

  /** Call inside a transaction only, as everything that changes. */
  put(hash: string, gzip: Buffer): void {
    this.#files.putSync(keyOf(hash), gzip);
  }

  remove(hash: string): void {
    this.#files.removeSync(keyOf(hash));
  }

  clear(): void {
    for (const key of [...this.#files.getKeys()]) this.#files.removeSync(key);
  }
}

const keyOf = (hash: string): Buffer => Buffer.from(hash, "hex");
