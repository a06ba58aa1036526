import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "@groundwork/user-error";
import { type DaemonRecord, isListening, readRecord } from "./claim";
import type { SandboxStatus } from "./contract";
import type { LeaseRequest } from "./control-api";
import { control, type HeldLease, holdLease, NotThere } from "./control-client";
import { placesOf } from "./places";
import { KilledAtStart, startDaemon } from "./start-daemon";

/** Longer than the patience with one start (start-daemon.ts), so that what has started late is found. */
const START_PATIENCE_MS = 90_000;

/** A daemon that is killed so often before it is ready is killed for a reason, such as too little memory. */
const MOST_KILLS = 3;

/** Ending takes a few milliseconds. */
const END_PATIENCE_MS = 10_000;

/** A lease, and of which sandbox. */
export interface Found {
  record: DaemonRecord;
  held: HeldLease;
  status: SandboxStatus;
}

/**
 * A lease of the sandbox that is running, or else of one that is started now.
 *
 * @param root of the repository, without symbolic links
 * @param daemon the program that has to be running
 */
export async function findOrStart(root: string, daemon: string, request: LeaseRequest): Promise<Found> {
  const { record: file } = placesOf(root);
  let kills = 0;
  for (const until = Date.now() + START_PATIENCE_MS; Date.now() < until; ) {
    const record = readRecord(file);
    if (record !== undefined && (await isListening(record.control))) {
      if (!isSameDaemon(record, daemon)) await replace(record);
      try {
        const held = await holdLease(record.control, request);
        const status = (await control(record.control, "GET", "/status")) as SandboxStatus;
        return { record, held, status };
      } catch (error) {
        if (!(error instanceof NotThere)) throw error;
        await wait(10);
      }
    } else {
      // When another one was faster, that one is found in the next round.
      await startDaemon(root, daemon).catch((error: unknown) => {
        if (!(error instanceof KilledAtStart) || ++kills >= MOST_KILLS) throw error;
      });
    }
  }
  throw new Error("the sandbox neither starts nor ends");
}

/** The record of the sandbox that is running; undefined when none is. */
export async function findRunning(root: string): Promise<DaemonRecord | undefined> {
  const record = readRecord(placesOf(realpathSync(root)).record);
  return record !== undefined && (await isListening(record.control)) ? record : undefined;
}

/**
 * Ends a sandbox and waits for its end.
 *
 * @param force even when it is in use
 * @throws {UserError} when it is in use
 */
export async function endDaemon(record: DaemonRecord, force: boolean): Promise<void> {
  try {
    await control(record.control, "POST", "/stop", { force });
  } catch (error) {
    // It ends already.
    if (!(error instanceof NotThere)) throw error;
  }
  for (const until = Date.now() + END_PATIENCE_MS; Date.now() < until; await wait(10)) {
    if (!(await isListening(record.control))) return;
  }
  throw new Error(
    `The sandbox (process ${record.pid}) does not end; \`kill -9 ${record.pid}\` loses nothing.`,
  );
}

/** Ends a sandbox of another version, if nobody uses it. */
async function replace(record: DaemonRecord): Promise<void> {
  let use = "in use";
  try {
    const { persistent } = (await control(record.control, "GET", "/status")) as SandboxStatus;
    if (!persistent) return await endDaemon(record, false);
    use = "to stay";
  } catch (error) {
    if (error instanceof NotThere) return;
  }
  throw new UserError("A sandbox of another version of Groundwork is running.", [
    {
      field: "sandbox",
      found: `process ${record.pid}, started ${record.startedAt}, ${use}`,
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
