import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { UserError } from "@groundwork/user-error";
import { errorFromControl } from "./control-client";
import { defaultDaemon, placesOf } from "./places";

/** Requests leave short-lived garbage; a small young generation costs no time that can be measured, and saves 30 MB. */
const NODE_OPTIONS = ["--max-semi-space-size=2"];

/** What the daemon may see of the user's environment: no credentials, no options for other programs. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "NODE_PATH"];

/** Starting takes a third of a second; a machine that is busy may need far longer. */
const PATIENCE_MS = 60_000;

/** The daemon was killed before it was ready: worth another try. */
export class KilledAtStart extends Error {}

/**
 * Starts a daemon that outlives this process, in a process group of its own: Ctrl-C in the terminal ends the command
 * and its Terraform, which then still needs the sandbox to finish what it is doing.
 *
 * @returns whether it is ready; false when another one was faster
 * @throws {UserError} when it can't start for a reason that the user can change
 * @throws {KilledAtStart}
 */
export async function startDaemon(root: string, daemon: string): Promise<boolean> {
  const { folder, log } = placesOf(root);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logFile = openSync(log, "a", 0o600);
  const child = spawn(process.execPath, [...NODE_OPTIONS, daemon, root], {
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", logFile],
    env: Object.fromEntries(
      PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    ),
  });
  closeSync(logFile);
  const stdout = child.stdout as Readable;
  const said = await new Promise<string>((resolve, reject) => {
    let text = "";
    stdout.on("data", (chunk: Buffer) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
    child.once("error", reject);
    const patience = setTimeout(() => {
      reject(new Error(`The sandbox is not ready after ${PATIENCE_MS / 1_000} s; its log is ${log}.`));
      child.kill("SIGKILL");
    }, PATIENCE_MS);
    for (const event of ["close", "error"]) child.once(event, () => clearTimeout(patience));
    stdout.once("data", () => clearTimeout(patience));
    child.once("close", (code, signal) => {
      const message = `The sandbox did not start (${signal ?? `exit code ${code}`}); its log is ${log}.`;
      reject(signal === "SIGKILL" ? new KilledAtStart(message) : new Error(message));
    });
  });
  stdout.destroy();
  child.unref();
  if (said.startsWith('{"ready":')) return said.startsWith('{"ready":true');
  throw errorFromControl(said, "at its start");
}

/** Builds the daemon's bundle where the launcher would, unless it is there. */
export function ensureDaemon(root: string, daemon: string): void {
  if (existsSync(daemon)) return;
  const bundler = join(root, "bootstrap", "bundle.mjs");
  if (daemon !== defaultDaemon(root) || !existsSync(bundler)) {
    throw new UserError("The sandbox's program is missing.", [
      {
        field: "sandbox",
        found: `no file ${daemon}`,
        expected: `the bundle of sandbox/process/daemon.ts in ${dirname(daemon)}`,
      },
    ]);
  }
  buildDaemon(root);
}

/** Bundles the daemon of the repository to `sandbox/dist/sandbox.cjs`. */
export function buildDaemon(root: string): void {
  // In a process of its own, so that this module stays loadable everywhere: the bundler is an ES module.
  const bundler = pathToFileURL(join(root, "bootstrap", "bundle.mjs")).href;
  const program = `
    import { bundle } from ${JSON.stringify(bundler)};
    await bundle("sandbox/process/daemon.ts", "sandbox/dist/sandbox.cjs");`;
  const built = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The sandbox can't be built: ${built.stderr}`);
}
