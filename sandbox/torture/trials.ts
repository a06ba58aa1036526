import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readRecord } from "../process/claim";
import { acquireSandbox, addFault, sandboxStatus, stopSandbox } from "../process/client";
import { placesOf } from "../process/places";
import type { CommandOptions } from "./command";
import { Random } from "./random";
import { writeStacks } from "./stacks";

export interface TortureOptions {
  trials: number;
  seed: number;
  /** The daemon's bundle. */
  daemon: string;
  /** The bundle of command.ts. */
  command: string;
  /** Told of each trial when it is over. @default - nobody is */
  report?: (line: string) => void;
}

/** Who is killed, with `kill -9`. */
const VICTIMS = [
  "sandbox",
  "one Terraform",
  "every Terraform",
  "command",
  "sandbox and Terraforms",
  "sandbox and command",
  "all",
] as const;

type Victim = (typeof VICTIMS)[number];

/** Runs again after the kill until all is as if nothing had happened; more than this is a failure. */
const MOST_RERUNS = 3;

/** Added to each operation before it starts and before its answer, so that kills hit operations on their way. */
const DELAY_MS = 15;

/** How long an orphaned Terraform may take to end. */
const ORPHAN_PATIENCE_MS = 60_000;

/**
 * Kills the sandbox, Terraforms and the command that runs them at random instants of applying and destroying, runs the
 * same again, and compares with a run that nobody disturbed.
 *
 * @throws when a trial doesn't come to the same end: an object lost or doubled, a lock that stays, a process left
 */
export async function torture(options: TortureOptions): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "gw-torture-")));
  try {
    await new Torture(options, root).run();
    rmSync(root, { recursive: true, force: true });
  } catch (error) {
    options.report?.(`what is left to look at: ${root}`);
    throw error;
  }
}

interface Running {
  child: ChildProcess;
  /** Resolves to its exit code, or its signal. */
  ended: Promise<number | string>;
  terraforms: number[];
  /** Objects that the sandbox took back meanwhile, as far as the command saw. */
  takenBack: () => number;
  output: () => string;
}

type Objects = { [type: string]: number };

class Torture {
  readonly #options: TortureOptions;
  readonly #root: string;
  readonly #stacks: string[];
  readonly #random: Random;
  /** How long each took the last time that it got to its end: the machine may be busy with other things. */
  readonly #lastMs = { apply: 0, destroy: 0, plan: 0 };

  constructor(options: TortureOptions, root: string) {
    this.#options = options;
    this.#root = root;
    this.#stacks = writeStacks(root);
    this.#random = new Random(options.seed);
  }

  async run(): Promise<void> {
    const { trials, report } = this.#options;
    const { daemon } = this.#options;
    for (const kind of ["latency", "slow-answer"] as const) {
      const rule = { effect: { kind, milliseconds: DELAY_MS } };
      await addFault({ root: this.#root, daemon, rule });
    }
    // Initializes, so that the runs which are timed don't have to.
    await this.#start("plan", false).ended;
    // What is there after a run that nobody disturbs.
    await this.#finish("apply", false);
    const applied = await this.#objects();
    await this.#finish("destroy", false);
    const destroyed = await this.#objects();

    for (let trial = 0; trial < trials; trial++) {
      const action = trial % 2 === 0 ? "apply" : "destroy";
      const victim = this.#random.pick(VICTIMS);
      const share = this.#random.next();
      const afterMs = Math.round(share * this.#lastMs[action]);
      const name = `trial ${trial + 1}: ${action}, kill ${victim} after ${Math.round(100 * share)} % (${afterMs} ms)`;
      try {
        const { reruns, takenBack } = await this.#disturb(action, victim, afterMs);
        await this.#verify(action === "apply" ? applied : destroyed, action, victim);
        report?.(`${name}: ${takenBack} taken back, as expected after ${reruns} more`);
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    if (trials % 2 === 1) await this.#finish("destroy", false);
  }

  /** @returns how many more runs it took, and how many objects the sandbox took back */
  async #disturb(
    action: "apply" | "destroy",
    victim: Victim,
    afterMs: number,
  ): Promise<{ reruns: number; takenBack: number }> {
    const running = this.#start(action, false);
    await Promise.race([wait(afterMs), running.ended]);
    this.#kill(victim, running);
    await running.ended;
    let takenBack = running.takenBack();
    await this.#waitForOrphans(running.terraforms);
    for (let reruns = 1; ; reruns++) {
      const rerun = this.#start(action, true);
      const code = await rerun.ended;
      takenBack += rerun.takenBack();
      if (code === 0) return { reruns, takenBack };
      if (reruns === MOST_RERUNS) throw new Error(`still failing after ${reruns} more:\n${rerun.output()}`);
    }
  }

  /** A Terraform that lost its command goes on, and ends when there is a sandbox; nobody would take its lock away. */
  async #waitForOrphans(terraforms: number[]): Promise<void> {
    if (!terraforms.some(isAlive)) return;
    const lease = await acquireSandbox({ root: this.#root, daemon: this.#options.daemon });
    for (const until = Date.now() + ORPHAN_PATIENCE_MS; terraforms.some(isAlive); await wait(20)) {
      if (Date.now() > until) throw new Error("an orphaned Terraform does not end");
    }
    await lease.release();
  }

  async #verify(expected: Objects, action: "apply" | "destroy", victim: Victim): Promise<void> {
    if (action === "apply") await this.#finish("plan", false);
    const found = await this.#objects();
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Error(`objects ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
    }
    // One that took over from a killed one waits for Terraforms that may come back.
    if (victim.includes("sandbox") || victim === "all") await stopSandbox({ root: this.#root });
    const { record } = placesOf(this.#root);
    for (const until = Date.now() + 5_000; existsSync(record); await wait(20)) {
      if (Date.now() > until) throw new Error("the sandbox does not end");
    }
  }

  /** Objects by type, with no lock left. */
  async #objects(): Promise<Objects> {
    const lease = await acquireSandbox({ root: this.#root, daemon: this.#options.daemon });
    try {
      const { objects = {}, states = [] } = await sandboxStatus({ root: this.#root });
      const locked = states.filter((state) => state.lock !== undefined).map((state) => state.name);
      if (locked.length > 0) throw new Error(`still locked: ${locked.join(", ")}`);
      return objects;
    } finally {
      await lease.release();
    }
  }

  async #finish(action: CommandOptions["action"], unlock: boolean): Promise<void> {
    const running = this.#start(action, unlock);
    if ((await running.ended) !== 0) throw new Error(running.output());
  }

  #start(action: CommandOptions["action"], unlock: boolean): Running {
    const { daemon, command } = this.#options;
    const options: CommandOptions = { root: this.#root, daemon, stacks: this.#stacks, action, unlock };
    const child = spawn(process.execPath, [command, JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const started = Date.now();
    let output = "";
    const terraforms: number[] = [];
    let takenBack = 0;
    child.stderr.on("data", (text) => (output += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      for (const [, pid] of text.matchAll(/started (\d+)/g)) terraforms.push(Number(pid));
      for (const [, count] of text.matchAll(/taken back (\d+)/g)) takenBack += Number(count);
    });
    const ended = once(child, "exit").then(([code, signal]) => {
      if (code === 0) this.#lastMs[action] = Date.now() - started;
      return signal ?? code;
    });
    return { child, ended, terraforms, takenBack: () => takenBack, output: () => output };
  }

  #kill(victim: Victim, { child, terraforms }: Running): void {
    const alive = terraforms.filter(isAlive);
    if (victim === "one Terraform" && alive[0] !== undefined)
      kill(this.#random.pick([alive[0], ...alive.slice(1)]));
    if (["every Terraform", "sandbox and Terraforms", "all"].includes(victim)) alive.forEach(kill);
    if (["command", "sandbox and command", "all"].includes(victim)) child.kill("SIGKILL");
    if (victim.startsWith("sandbox") || victim === "all") {
      kill(readRecord(placesOf(this.#root).record)?.pid ?? 0);
    }
  }
}

function kill(pid: number): void {
  if (pid > 0 && isAlive(pid)) process.kill(pid, "SIGKILL");
}

/** Whether the process runs; one that ended and that nobody looked after yet does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // No such file system here, or it ended just now: the next look tells.
    return true;
  }
}
