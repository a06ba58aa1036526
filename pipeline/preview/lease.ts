import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Bucket, GenerationMismatch } from "../bucket/bucket";

const leaseFile = z.object({
  version: z.literal(1),
  /** Of one command; its own every time. */
  holder: z.string(),
  /** What it does: `up 3f9a1c2`. */
  doing: z.string(),
  host: z.string(),
  pid: z.number(),
  /** Grows with every renewal, so that whoever waits sees a sign of life without comparing clocks. */
  beat: z.number(),
  /** The newest that anybody asked for, ISO 8601; whoever is older gives way. */
  newest: z.string(),
});
type LeaseFile = z.infer<typeof leaseFile>;

export interface LeaseOptions {
  bucket: Bucket;
  /** Name of the object. */
  name: string;
  /** When this was asked for, ISO 8601: the newest wins. */
  askedAt: string;
  /** `up 3f9a1c2`, for whoever has to wait. */
  doing: string;
  /** Hears once whom it waits for. */
  onWait?: (doing: string) => void;
  stop: AbortSignal;
  /** Milliseconds between two signs of life; four missing ones are the end. @default 4000 */
  beat?: number;
  /** Milliseconds between two looks at another's lease. @default 400 */
  look?: number;
}

/** Who may work on a pull request's preview. */
export interface Lease {
  /** Somebody asked for something newer, or took the lease away: nothing new is begun. */
  readonly superseded: boolean;
  /** The one before ended without giving the lease back: it may have left a lock behind. */
  readonly inherited: boolean;
  /** Looks now instead of at the next beat. */
  check(): Promise<boolean>;
  /** Idempotent. */
  release(): Promise<void>;
}

/**
 * Waits until nobody else works on the preview. Of several that wait, the newest gets it; the others learn that they are
 * superseded. An object with generation preconditions, so no two ever hold it; a holder that died is recognised by its
 * missing signs of life, at once where its process can be seen to be gone.
 *
 * @returns undefined when something newer was asked for, or the command was stopped
 */
export async function takeLease(options: LeaseOptions): Promise<Lease | undefined> {
  const { bucket, name, askedAt, doing, onWait, stop, beat = 4_000, look = 400 } = options;
  const own: LeaseFile = {
    version: 1,
    holder: randomUUID(),
    doing,
    host: hostname(),
    pid: process.pid,
    beat: 0,
    newest: askedAt,
  };
  let seen = { generation: "", holder: "", beat: -1, since: 0 };
  for (let told = false; !stop.aborted; await pause(look, stop)) {
    const found = await bucket.read(name);
    const held = found && parsed(found.content);
    if (!found || !held) {
      const generation = await written(bucket, name, own, found?.info.generation ?? "0");
      if (generation) return new HeldLease(options, own, generation, found !== undefined, beat);
      continue;
    }
    if (held.newest > askedAt) return undefined;
    if (held.holder !== seen.holder || held.beat !== seen.beat) {
      seen = {
        generation: found.info.generation,
        holder: held.holder,
        beat: held.beat,
        since: performance.now(),
      };
    }
    if (isGone(held) || performance.now() - seen.since > beat * 4) {
      const generation = await written(bucket, name, own, found.info.generation);
      if (generation) return new HeldLease(options, own, generation, true, beat);
      continue;
    }
    if (!told) onWait?.(held.doing);
    told = true;
    if (held.newest < askedAt)
      await written(bucket, name, { ...held, newest: askedAt }, found.info.generation);
  }
  return undefined;
}

class HeldLease implements Lease {
  superseded = false;
  private released = false;
  private readonly timer: NodeJS.Timeout;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: LeaseOptions,
    private own: LeaseFile,
    private generation: string,
    readonly inherited: boolean,
    beat: number,
  ) {
    this.timer = setInterval(() => void this.inTurn(() => this.renew()).catch(() => {}), beat);
    this.timer.unref();
  }

  async check(): Promise<boolean> {
    await this.inTurn(() => this.look());
    return this.superseded;
  }

  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    clearInterval(this.timer);
    await this.inTurn(() => this.remove());
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => {});
    return turn;
  }

  /** Reads what others wrote into it; taken away: it is not ours any more. */
  private async look(): Promise<boolean> {
    const { bucket, name, askedAt } = this.options;
    const found = await bucket.read(name);
    const held = found && parsed(found.content);
    if (!found || held?.holder !== this.own.holder) {
      this.superseded = true;
      return false;
    }
    if (held.newest > askedAt) this.superseded = true;
    this.own = { ...held, newest: held.newest };
    this.generation = found.info.generation;
    return true;
  }

  private async renew(): Promise<void> {
    const { bucket, name } = this.options;
    for (let attempt = 0; attempt < 5 && !this.released; attempt++) {
      if (!(await this.look())) return;
      const next = { ...this.own, beat: this.own.beat + 1 };
      const generation = await written(bucket, name, next, this.generation);
      if (generation) {
        this.generation = generation;
        return;
      }
    }
  }

  private async remove(): Promise<void> {
    const { bucket, name } = this.options;
    for (let attempt = 0; attempt < 10; attempt++) {
      if (!(await this.look())) return;
      try {
        await bucket.remove(name, { ifGeneration: this.generation });
        return;
      } catch (error) {
        if (!(error instanceof GenerationMismatch)) throw error;
      }
    }
  }
}

/** @returns the new generation; undefined when somebody was faster */
async function written(
  bucket: Bucket,
  name: string,
  lease: LeaseFile,
  ifGeneration: string,
): Promise<string | undefined> {
  try {
    const options = { ifGeneration, contentType: "application/json" };
    return (await bucket.write(name, JSON.stringify(lease), options)).generation;
  } catch (error) {
    if (error instanceof GenerationMismatch) return undefined;
    throw error;
  }
}

/** What can't be read was never a lease, and keeps nobody out. */
function parsed(content: Buffer): LeaseFile | undefined {
  try {
    return leaseFile.safeParse(JSON.parse(content.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Only on this machine can we tell. */
function isGone({ host, pid }: LeaseFile): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    // Stopped.
  }
}
