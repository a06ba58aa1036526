import { createHash, randomBytes } from "node:crypto";
import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import { UserError } from "@groundwork/user-error";

/** What `sandbox.json` says of the sandbox that owns the folder. */
export interface DaemonRecord {
  /** Random; tells one sandbox from the next. */
  id: string;
  pid: number;
  startedAt: string;
  /** Private folder with all sockets. */
  socketFolder: string;
  /** Socket of the control API. The record's sandbox is alive as long as somebody listens here. */
  control: string;
  /** The program that runs. */
  daemon: { file: string; hash: string; size: number; modifiedMs: number };
  /** Where the state server is, so that a successor can take over the clients of a sandbox that was killed. */
  state?: { port: number; token: string };
}

export type ClaimOutcome = { won: true; dead: DaemonRecord[] } | { won: false };

/**
 * Makes a sandbox the one owner of its folder, whoever else tries at the same instant.
 *
 * A free folder is claimed by a hard link to `sandbox.json`, which only one process can make. The record of a dead
 * sandbox can't simply be deleted (a slower process would delete its successor's), so a successor first makes
 * `sandbox.json.after-ID`, where ID is the dead one's, again as only one can, and then renames its own record over
 * `sandbox.json`. If it dies in between, the next one follows `after-…` to it and succeeds it in the same way.
 *
 * @param record of the caller, who already listens on its control socket
 */
export async function claim(file: string, record: DaemonRecord): Promise<ClaimOutcome> {
  const mine = writeTemporary(file, record);
  try {
    for (;;) {
      if (tryLink(mine, file)) return { won: true, dead: [] };
      const head = readRecord(file);
      if (head === undefined) continue;
      const dead = await deadChain(file, head);
      const last = dead.at(-1);
      if (last === undefined) return { won: false };
      const successor = successorFile(file, last.id);
      if (!tryLink(mine, successor)) continue;
      if (readRecord(file)?.id !== head.id) {
        // Others came and went meanwhile: this was not the right to succeed anybody.
        remove(successor);
        continue;
      }
      renameSync(mine, file);
      sweep(file);
      return { won: true, dead };
    }
  } finally {
    remove(mine);
  }
}

/** Replaces the record of its living owner. */
export function rewriteRecord(file: string, record: DaemonRecord): void {
  renameSync(writeTemporary(file, record), file);
}

/** Gives the folder up. Call while still listening, so that nobody takes this for the record of a dead sandbox. */
export function giveUpClaim(file: string, id: string): void {
  if (readRecord(file)?.id === id) remove(file);
}

/** The record in a file; undefined when there is none. One that makes no sense is that of a dead sandbox. */
export function readRecord(file: string): DaemonRecord | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const sound = parseRecord(text);
  if (sound !== undefined) return sound;
  const id = createHash("sha256").update(text).digest("hex");
  const daemon = { file: "", hash: "", size: 0, modifiedMs: 0 };
  return { id, pid: 0, startedAt: "", socketFolder: "", control: "", daemon };
}

function parseRecord(text: string): DaemonRecord | undefined {
  try {
    const { state, ...record } = JSON.parse(text) as DaemonRecord;
    const texts = [record.id, record.control, record.socketFolder, record.startedAt, record.daemon.hash];
    if (!texts.every((value) => typeof value === "string") || !/^[\w-]+$/.test(record.id)) return undefined;
    const isState = Number.isInteger(state?.port) && typeof state?.token === "string";
    return { ...record, ...(isState && { state }) };
  } catch {
    return undefined;
  }
}

/** Whether some process accepts connections there; a busy or stopped one does, a killed one does not. */
export function isListening(socketPath: string): Promise<boolean> {
  if (socketPath === "") return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      // Only these say that nobody is there; a full queue of connections, for one, does not.
      resolve(!["ECONNREFUSED", "ENOENT", "ENOTSOCK", "EINVAL", "ENAMETOOLONG"].includes(error.code ?? ""));
    });
  });
}

/** The dead sandboxes that a record leads to, oldest first; empty when the last one is alive. */
async function deadChain(file: string, head: DaemonRecord): Promise<DaemonRecord[]> {
  const dead: DaemonRecord[] = [];
  let next: DaemonRecord | undefined = head;
  while (next !== undefined) {
    if (await isListening(next.control)) return [];
    dead.push(next);
    const successor = successorFile(file, next.id);
    next = readRecord(successor);
    if (dead.some(({ id }) => id === next?.id)) {
      // Ids don't repeat, so nobody of us wrote this; following it would never end.
      remove(successor);
      next = undefined;
    }
  }
  return dead;
}

const successorFile = (file: string, id: string): string => `${file}.after-${id}`;

function writeTemporary(file: string, record: DaemonRecord): string {
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  return temporary;
}

function tryLink(existing: string, file: string): boolean {
  try {
    linkSync(existing, file);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    throw new UserError("The sandbox can't keep its files there.", [
      {
        field: dirname(file),
        found: "a file system without hard links",
        expected: "a local one, as disks have",
      },
    ]);
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Gone already.
  }
}

/** What killed sandboxes left. Whoever still relies on an `after-…` of before sees by the new record that it lost. */
function sweep(file: string): void {
  const folder = dirname(file);
  const ours = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}.`));
  for (const name of ours) {
    // A fresh temporary file may belong to somebody who is just about to link it.
    const fresh = name.endsWith(".tmp") && Date.now() - modifiedMs(join(folder, name)) < 60_000;
    if (!fresh) remove(join(folder, name));
  }
}

function modifiedMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
