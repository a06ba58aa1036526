// The process of the sandbox, `node sandbox.cjs ROOT`; started by client.ts, one per repository.
//
// Says one line of JSON on standard output: {"ready":true}, or {"ready":false} when another sandbox was faster, or
// {"error":{…}} (a ControlError) when it can't start.

import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, writeSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { isUserError } from "@groundwork/user-error";
import { claim, type DaemonRecord, giveUpClaim, readRecord, rewriteRecord } from "./claim";
import { type ControlHandlers, createControlServer, Ending } from "./control-server";
import { Log } from "./log";
import { type Places, placesOf } from "./places";
import { Sandbox } from "./sandbox";
import {
  CONTROL_SOCKET,
  makeSocketFolder,
  removeSocketFolder,
  sweepSocketFolders,
  wasInUse,
} from "./socket-folder";

/** How often the daemon looks whether its folder is still there. */
const LOOK_EVERY_MS = 2_000;

class Daemon {
  readonly #root: string;
  readonly #places: Places;
  readonly #log: Log;
  readonly #record: DaemonRecord;
  readonly #control: Server;
  /** Settles when the sandbox is there; requests that come before wait for it. */
  readonly #sandbox: Promise<Sandbox>;
  #settle: { resolve: (sandbox: Sandbox) => void; reject: (error: unknown) => void } | undefined;
  #ending = false;

  constructor(root: string) {
    this.#root = root;
    this.#places = placesOf(root);
    mkdirSync(this.#places.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.#places.folder, 0o700);
    this.#log = new Log(this.#places.log);
    const socketFolder = makeSocketFolder();
    this.#record = {
      id: randomBytes(12).toString("hex"),
      pid: process.pid,
      startedAt: new Date().toISOString(),
      socketFolder,
      control: join(socketFolder, CONTROL_SOCKET),
      daemon: describeBundle(__filename),
    };
    this.#sandbox = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#sandbox.catch(() => {});
    this.#control = createControlServer(
      () => this.#handlers(),
      (error) => this.#log.error("control", error),
    );
  }

  async run(): Promise<void> {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void this.#end(signal));
    // The terminal that it was started from may go; the sandbox stays as long as it is used.
    process.on("SIGHUP", () => {});
    process.on("uncaughtException", (error) => this.#log.error("bug", error));
    process.on("unhandledRejection", (error) => this.#log.error("bug", error));

    await new Promise<void>((resolve, reject) => {
      this.#control.once("error", reject);
      this.#control.listen(this.#record.control, resolve);
    });
    const outcome = await claim(this.#places.record, this.#record);
    if (!outcome.won) {
      this.#control.close();
      removeSocketFolder(this.#record.socketFolder);
      say({ ready: false });
      return process.exit(0);
    }
    const survivors = outcome.dead.some((dead) => wasInUse(dead.socketFolder));
    for (const dead of outcome.dead) removeSocketFolder(dead.socketFolder);
    await this.#serve(outcome.dead.findLast((dead) => dead.state !== undefined)?.state, survivors);
    await sweepSocketFolders().catch((error: unknown) => this.#log.error("sweep", error));
  }

  async #serve(previous: DaemonRecord["state"], survivors: boolean): Promise<void> {
    try {
      const sandbox = await Sandbox.start({
        root: this.#root,
        places: this.#places,
        socketFolder: this.#record.socketFolder,
        log: this.#log,
        state: previous,
        survivors,
        onEnd: (why) => void this.#end(why),
      });
      this.#record.state = sandbox.state;
      rewriteRecord(this.#places.record, this.#record);
      this.#settle?.resolve(sandbox);
      this.#log.line("ready");
      say({ ready: true });
      setInterval(() => this.#checkRecord(), LOOK_EVERY_MS).unref();
    } catch (error) {
      this.#settle?.reject(error);
      say(errorLine(error));
      await this.#end(`could not start: ${error instanceof Error ? error.stack : error}`, 1);
    }
  }

  async #handlers(): Promise<ControlHandlers> {
    const sandbox = await this.#sandbox;
    if (this.#ending) throw new Ending();
    return sandbox.handlers();
  }

  /** Without its record nobody would find this sandbox again: the folder was deleted, or replaced. */
  #checkRecord(): void {
    if (readRecord(this.#places.record)?.id !== this.#record.id) void this.#end("its folder is gone");
  }

  async #end(why: string, exitCode = 0): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    this.#log.line(`ends: ${why}`);
    await this.#sandbox.then(
      (sandbox) => sandbox.close(why),
      () => {},
    );
    // Still listening: see giveUpClaim. The connections end with the process, so whoever sees that knows it is gone.
    giveUpClaim(this.#places.record, this.#record.id);
    removeSocketFolder(this.#record.socketFolder);
    process.exit(exitCode);
  }
}

function say(line: unknown): void {
  try {
    writeSync(1, `${JSON.stringify(line)}\n`);
  } catch {
    // Whoever started it is gone.
  }
}

function errorLine(error: unknown): unknown {
  if (isUserError(error)) {
    const [headline] = error.message.split("\n");
    return { error: { user: true, headline, problems: error.problems } };
  }
  return { error: { user: false, headline: error instanceof Error ? error.stack : String(error) } };
}

function describeBundle(file: string): DaemonRecord["daemon"] {
  const { size, mtimeMs } = statSync(file);
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  return { file, hash, size, modifiedMs: mtimeMs };
}

process.title = "groundwork-sandbox";
new Daemon(process.argv[2] ?? "").run().catch((error: unknown) => {
  say(errorLine(error));
  process.exit(1);
});
