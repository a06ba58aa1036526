import { createHash } from "node:crypto";
import { type Bucket, GenerationMismatch } from "../bucket/bucket";
import { type HistoryEvent, type HistoryRecord, record } from "./record";

/** Records per folder of the bucket, so that the last one is found by two short lists, however many there are. */
const perFolder = 1_000;
const prefix = "history/";
/** Others that append at the same time are a handful of stacks or jobs. */
const attempts = 50;

interface Last {
  number: number;
  sha256: string | null;
}

/** Something that is wrong with a history as it lies in the bucket. */
export interface Flaw {
  /** Number of the record. */
  number: number;
  what: "missing" | "changed" | "unreadable";
}

/**
 * What was done to the stacks of an environment: an append-only log in its state bucket. One object per record, made
 * only where there is none; each carries the hash of the one before, so that a record that is removed or changed
 * afterwards shows.
 */
export class History {
  private last: Last | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  /** @param now the time of records */
  constructor(
    readonly environment: string,
    private readonly bucket: Bucket,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Appends one record; it is in the bucket when this resolves.
   *
   * @throws BucketFailed when it could not be written
   */
  append(event: HistoryEvent): Promise<HistoryRecord> {
    const appended = this.turn.then(() => this.appendNext(event));
    this.turn = appended.catch(() => {});
    return appended;
  }

  private async appendNext(event: HistoryEvent): Promise<HistoryRecord> {
    for (let attempt = 1; ; attempt++) {
      const last: Last = this.last ?? (await this.findLast());
      const next: HistoryRecord = {
        version: 1,
        number: last.number + 1,
        previous: last.sha256,
        at: this.now().toISOString(),
        environment: this.environment,
        event,
      };
      const content = `${JSON.stringify(next, null, 2)}\n`;
      try {
        const name = objectName(next.number);
        await this.bucket.write(name, content, { ifGeneration: "0", contentType: "application/json" });
        this.last = { number: next.number, sha256: sha256(content) };
        return next;
      } catch (error) {
        this.last = undefined;
        if (!(error instanceof GenerationMismatch) || attempt === attempts) throw error;
      }
    }
  }

  /**
   * Records, the oldest first, and what is wrong with them.
   *
   * @param last how many, the newest: each is a request @default - all
   */
  async read(last = Number.POSITIVE_INFINITY): Promise<{ records: HistoryRecord[]; flaws: Flaw[] }> {
    const contents = new Map<number, Buffer>();
    const queue = await this.newest(last);
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const found = await this.bucket.read(next);
        const number = numberOf(next);
        if (found && number !== undefined) contents.set(number, found.content);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    return checked(contents);
  }

  /** Names of the newest records, sorted. */
  private async newest(count: number): Promise<string[]> {
    const folders = (await this.bucket.folders(prefix)).reverse();
    let names: string[] = [];
    for (const folder of folders) {
      const own: string[] = [];
      for await (const { name } of this.bucket.list(`${prefix}${folder}/`)) own.push(name);
      names = [...own, ...names];
      if (names.length >= count) return names.slice(-count);
    }
    return names;
  }

  private async findLast(): Promise<Last> {
    const folder = (await this.bucket.folders(prefix)).at(-1);
    if (folder === undefined) return { number: 0, sha256: null };
    let name: string | undefined;
    for await (const info of this.bucket.list(`${prefix}${folder}/`)) name = info.name;
    const found = name === undefined ? undefined : await this.bucket.read(name);
    const number = numberOf(name ?? "");
    if (!found || number === undefined) throw new Error(`gs://${this.bucket.name}/${name} is no record`);
    return { number, sha256: sha256(found.content) };
  }
}

/**
 * Reads records by their numbers, and looks for what is missing between them or no longer fits. What came before the
 * first one is not looked at.
 */
export function checked(contents: ReadonlyMap<number, Buffer | string>): {
  records: HistoryRecord[];
  flaws: Flaw[];
} {
  const numbers = [...contents.keys()].sort((a, b) => a - b);
  const first = numbers[0] ?? 1;
  const records: HistoryRecord[] = [];
  const flaws: Flaw[] = [];
  for (let number = first; number <= (numbers.at(-1) ?? 0); number++) {
    const content = contents.get(number);
    if (content === undefined) {
      flaws.push({ number, what: "missing" });
      continue;
    }
    const read = readRecord(content);
    if (!read || read.number !== number) {
      flaws.push({ number, what: "unreadable" });
      continue;
    }
    records.push(read);
    const before = contents.get(number - 1);
    const expected = number === 1 ? null : before === undefined ? read.previous : sha256(before);
    if (read.previous !== expected) flaws.push({ number: number - 1, what: "changed" });
  }
  return { records, flaws };
}

function readRecord(content: Buffer | string): HistoryRecord | undefined {
  try {
    return record.safeParse(JSON.parse(content.toString())).data;
  } catch {
    return undefined;
  }
}

/** `history/000042/000042137.json`: sorted by name is sorted by number. */
function objectName(number: number): string {
  const folder = String(Math.floor(number / perFolder)).padStart(6, "0");
  return `${prefix}${folder}/${String(number).padStart(9, "0")}.json`;
}

function numberOf(name: string): number | undefined {
  const digits = /^history\/\d{6}\/(\d{9})\.json$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
