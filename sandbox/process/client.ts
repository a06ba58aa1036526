import { createHash } from "node:crypto";
import { readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "@groundwork/user-error";
import type { FaultRule } from "../faults/fault-rule";
import type { InstalledFault } from "../faults/faults";
import type { StoredObject } from "../store/contract";
import type { Value } from "../values/value";
import { claim, type DaemonRecord, giveUpClaim, isListening, readRecord } from "./claim";
import type { SandboxLease, SandboxStatus } from "./contract";
import type { LeaseRequest, ObjectTarget } from "./control-api";
import { control, type HeldLease, holdLease, NotThere } from "./control-client";
import { defaultDaemon, placesOf } from "./places";
import { makeSocketFolder, removeSocketFolder } from "./socket-folder";
import { ensureDaemon, startDaemon } from "./start-daemon";
import { terraformEnvironment } from "./terraform-environment";

/** Starting takes a third of a second; a machine that is busy may need far longer. */
const START_PATIENCE_MS = 30_000;

/** Ending takes a few milliseconds. */
const END_PATIENCE_MS = 10_000;

export interface SandboxOptions {
  /** The repository; the sandbox keeps everything in its `.groundwork/sandbox`. */
  root: string;
}

export interface AcquireOptions extends SandboxOptions {
  /** Folders with Terraform configurations to be run. @default - only `cdktf.out/stacks` below the root */
  folders?: string[];
  /** Let the sandbox run on after the last lease, until it is stopped. @default false */
  persistent?: boolean;
  /**
   * Resource types that Terraform is told about: those in use are found in the folders, the states and the store;
   * all of them cost every Terraform a second or two. @default "in-use"
   */
  scope?: "in-use" | "all";
  /** The daemon's bundle. @default - `sandbox/dist/sandbox.cjs` below the root, built when it is missing */
  daemon?: string;
}

/**
 * Finds the repository's sandbox or starts it, and holds it open.
 *
 * @throws {UserError} when another version of the sandbox is running and in use, or when it can't start
 */
export async function acquireSandbox(options: AcquireOptions): Promise<SandboxLease> {
  const root = realpathSync(options.root);
  const persistent = options.persistent ?? false;
  const daemon = options.daemon ?? defaultDaemon(root);
  ensureDaemon(root, daemon);
  const request = { pid: process.pid, folders: options.folders ?? [], persistent };
  const { record, lease, status } = await findOrStart(root, daemon, request);
  let released: Promise<void> | undefined;
  return {
    env: terraformEnvironment(lease.answer, options.scope ?? "in-use", process.env),
    status,
    lost: lease.closed,
    release() {
      released ??= releaseLease(record, lease);
      return released;
    },
  };
}

/** What the repository's sandbox holds; little when it is not running. */
export async function sandboxStatus({ root }: SandboxOptions): Promise<SandboxStatus> {
  const { folder } = placesOf(realpathSync(root));
  const answer = await askRunning(root, "GET", "/status");
  return (answer as SandboxStatus | undefined) ?? { running: false, folder };
}

/**
 * Ends the sandbox and waits for its end.
 *
 * @param options.force also when commands use it @default false
 * @returns whether one was running
 * @throws {UserError} when it is in use
 */
export async function stopSandbox(options: SandboxOptions & { force?: boolean }): Promise<boolean> {
  const record = await runningRecord(options.root);
  if (record === undefined) return false;
  await stop(record, options.force ?? false);
  return true;
}

/** Empties the simulated cloud and forgets all states, whether the sandbox is running or not. */
export async function resetSandbox({ root }: SandboxOptions): Promise<void> {
  for (const until = Date.now() + START_PATIENCE_MS; Date.now() < until; await wait(20)) {
    if ((await askRunning(root, "POST", "/reset")) !== undefined) return;
    if (await deleteStore(realpathSync(root))) return;
  }
  throw new Error("the sandbox neither runs nor ends");
}

/** Changes attributes of an object as somebody in the console would; `groundwork sandbox edit`. */
export async function editObject(
  options: AcquireOptions & { target: ObjectTarget; set: { [path: string]: Value } },
): Promise<StoredObject> {
  const { target, set } = options;
  return (await ask(options, "PATCH", "/objects", { target, set })) as StoredObject;
}

/** Deletes an object as somebody in the console would. */
export async function deleteObject(
  options: AcquireOptions & { target: ObjectTarget },
): Promise<StoredObject> {
  return (await ask(options, "DELETE", "/objects", options.target)) as StoredObject;
}

/** @throws {UserError} with everything that is wrong in the rule */
export async function addFault(options: AcquireOptions & { rule: FaultRule }): Promise<InstalledFault> {
  return (await ask(options, "POST", "/faults", options.rule)) as InstalledFault;
}

export async function listFaults(options: AcquireOptions): Promise<InstalledFault[]> {
  return (await ask(options, "GET", "/faults")) as InstalledFault[];
}

/**
 * @param options.id of the rule @default - all rules
 * @returns whether there was such a rule
 */
export async function removeFault(options: AcquireOptions & { id?: number }): Promise<boolean> {
  const body = options.id === undefined ? {} : { id: options.id };
  return ((await ask(options, "DELETE", "/faults", body)) as { removed: boolean }).removed;
}

/** Asks the sandbox, which is started for it when it is not running. */
async function ask(options: AcquireOptions, method: string, path: string, body?: unknown): Promise<unknown> {
  const lease = await acquireSandbox(options);
  try {
    return await askRunning(options.root, method, path, body);
  } finally {
    await lease.release();
  }
}

/** Asks the sandbox if it is running; undefined when it is not. */
async function askRunning(root: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const record = readRecord(placesOf(realpathSync(root)).record);
  if (record === undefined) return undefined;
  try {
    return await control(record.control, method, path, body);
  } catch (error) {
    if (error instanceof NotThere) return undefined;
    throw error;
  }
}

interface Held {
  record: DaemonRecord;
  lease: HeldLease;
  status: SandboxStatus;
}

async function findOrStart(root: string, daemon: string, request: LeaseRequest): Promise<Held> {
  const { record: file } = placesOf(root);
  for (const until = Date.now() + START_PATIENCE_MS; Date.now() < until; ) {
    const record = readRecord(file);
    if (record !== undefined && (await isListening(record.control))) {
      if (!isSameDaemon(record, daemon)) await replace(record);
      try {
        const lease = await holdLease(record.control, request);
        const status = (await control(record.control, "GET", "/status")) as SandboxStatus;
        return { record, lease, status };
      } catch (error) {
        if (!(error instanceof NotThere)) throw error;
        await wait(10);
      }
    } else {
      // When another one was faster, that one is found in the next round.
      await startDaemon(root, daemon);
    }
  }
  throw new Error("the sandbox neither starts nor ends");
}

/** Ends a sandbox of another version, if nobody uses it. */
async function replace(record: DaemonRecord): Promise<void> {
  const status = (await control(record.control, "GET", "/status")) as SandboxStatus;
  try {
    if (!status.persistent) return await stop(record, false);
  } catch (error) {
    if (error instanceof NotThere) return;
  }
  throw new UserError("A sandbox of another version of Groundwork is running.", [
    {
      field: "sandbox",
      found: `process ${record.pid}, started ${record.startedAt}${status.persistent ? " to stay" : ", in use"}`,
      expected:
        "this version; `groundwork sandbox stop` ends the other one, and nothing that it holds is lost",
    },
  ]);
}

function isSameDaemon({ daemon: running }: DaemonRecord, file: string): boolean {
  const { size, mtimeMs } = statSync(file);
  if (running.file === file && running.size === size && running.modifiedMs === mtimeMs) return true;
  return createHash("sha256").update(readFileSync(file)).digest("hex") === running.hash;
}

async function stop(record: DaemonRecord, force: boolean): Promise<void> {
  await control(record.control, "POST", "/stop", { force });
  for (const until = Date.now() + END_PATIENCE_MS; Date.now() < until; await wait(10)) {
    if (!(await isListening(record.control))) return;
  }
  throw new Error(
    `The sandbox (process ${record.pid}) does not end; \`kill -9 ${record.pid}\` loses nothing.`,
  );
}

async function runningRecord(root: string): Promise<DaemonRecord | undefined> {
  const record = readRecord(placesOf(realpathSync(root)).record);
  return record !== undefined && (await isListening(record.control)) ? record : undefined;
}

/** Says good-bye; when nobody else needs the sandbox, waits for its end, so that no process is left behind. */
async function releaseLease(record: DaemonRecord, lease: HeldLease): Promise<void> {
  try {
    const { needed } = (await control(record.control, "DELETE", "/leases", { id: lease.answer.id })) as {
      needed: boolean;
    };
    // It stays for a Terraform that is still connected, and ends by itself after that.
    if (!needed) await lease.untilClosed(1_000);
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
  } finally {
    lease.drop();
  }
}

/**
 * Deletes the store of a sandbox that is not running, as its owner, so that none starts meanwhile.
 *
 * @returns false when one is running
 */
async function deleteStore(root: string): Promise<boolean> {
  const { folder, record: file, store } = placesOf(root);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return true;
  const socketFolder = makeSocketFolder();
  const id = `reset-${process.pid}-${Date.now()}`;
  const record: DaemonRecord = {
    id,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    socketFolder,
    control: join(socketFolder, "control.sock"),
    daemon: { file: "", hash: "", size: 0, modifiedMs: 0 },
  };
  // Whoever comes meanwhile finds somebody who closes the connection, and asks again.
  const server = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve) => server.listen(record.control, resolve));
    const outcome = await claim(file, record);
    if (!outcome.won) return false;
    for (const dead of outcome.dead) removeSocketFolder(dead.socketFolder);
    const doomed = `${store}.deleted`;
    rmSync(doomed, { recursive: true, force: true });
    if (statSync(store, { throwIfNoEntry: false })) renameSync(store, doomed);
    rmSync(doomed, { recursive: true, force: true });
    giveUpClaim(file, id);
    return true;
  } finally {
    server.close();
    removeSocketFolder(socketFolder);
  }
}
