import { realpathSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultRule } from "../faults/fault-rule";
import type { InstalledFault } from "../faults/faults";
import type { StoredObject } from "../store/contract";
import type { Value } from "../values/value";
import { readRecord } from "./claim";
import { ClientLease } from "./client-lease";
import type { SandboxLease, SandboxStatus } from "./contract";
import type { ObjectTarget } from "./control-api";
import { control, NotThere } from "./control-client";
import { deleteStore } from "./delete-store";
import { endDaemon, findRunning } from "./find-daemon";
import { defaultDaemon, placesOf } from "./places";
import { ensureDaemon } from "./start-daemon";

// All that others need to use the sandbox. No package is loaded here, so that a command that doesn't need the sandbox
// doesn't pay for it.

/** How long a reset waits for a sandbox that is starting or ending. */
const RESET_PATIENCE_MS = 30_000;

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
  const { folders = [], persistent = false, scope = "in-use" } = options;
  const root = realpathSync(options.root);
  const daemon = options.daemon ?? defaultDaemon(root);
  ensureDaemon(root, daemon);
  return ClientLease.take({ root, daemon, scope, request: { pid: process.pid, folders, persistent } });
}

/** What the repository's sandbox holds; only where, when it is not running. */
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
  const record = await findRunning(options.root);
  if (record === undefined) return false;
  await endDaemon(record, options.force ?? false);
  return true;
}

/** Empties the simulated cloud and forgets all states, whether the sandbox is running or not. */
export async function resetSandbox({ root }: SandboxOptions): Promise<void> {
  for (const until = Date.now() + RESET_PATIENCE_MS; Date.now() < until; await wait(20)) {
    if ((await askRunning(root, "POST", "/reset")) !== undefined) return;
    if (await deleteStore(realpathSync(root))) return;
  }
  throw new Error("the sandbox neither runs nor ends");
}

/**
 * Changes attributes of an object as somebody in the console would.
 *
 * @throws {UserError} when there is no such object or attribute
 */
export async function editObject(
  options: AcquireOptions & { target: ObjectTarget; set: { [path: string]: Value } },
): Promise<StoredObject> {
  const { target, set } = options;
  return (await ask(options, "PATCH", "/objects", { target, set })) as StoredObject;
}

/**
 * Deletes an object as somebody in the console would.
 *
 * @throws {UserError} when there is no such object
 */
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
    const answer = await askRunning(options.root, method, path, body);
    if (answer === undefined) throw new Error("the sandbox ended before it could answer");
    return answer;
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
