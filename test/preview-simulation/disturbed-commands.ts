import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { addFault, listFaults, removeFault } from "@groundwork/sandbox/process/client";
import type { Random } from "@groundwork/sandbox/torture/random";
import type { GitHubServer } from "../../pipeline/github/testing/github-server";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Share of the requests to Google and Atlas that are answered with 5xx, or whose answers get lost. */
const troubled = 0.03;
/** Share of the commands that are killed. */
const killed = 0.25;
/** A runner that goes away, and a workflow that is cancelled. */
const signals = ["SIGKILL", "SIGKILL", "SIGINT", "SIGTERM"] as const;

/** How often something went wrong on purpose. */
export interface Disturbances {
  kills: number;
  google: number;
  atlas: number;
  github: number;
}

/** Runs `groundwork` in a clone; some runs are killed, with everything that they started, and the clouds fail. */
export class DisturbedCommands {
  readonly disturbances: Disturbances = { kills: 0, google: 0, atlas: 0, github: 0 };
  /** Milliseconds that a command took when it came to its end. */
  private took = 4_000;

  constructor(
    private readonly root: string,
    private readonly server: GitHubServer,
    private readonly address: string,
    private readonly random: Random,
  ) {}

  /** From now on Google, Atlas and GitHub fail now and then. */
  async disturb(seed: number): Promise<void> {
    for (const type of ["google_*", "mongodbatlas_*"]) {
      const rule = { type, rate: troubled, seed };
      await addFault({ root: this.root, rule: { ...rule, effect: { kind: "error", status: 503 } } });
      await addFault({ root: this.root, rule: { ...rule, effect: { kind: "answer-lost" } } });
    }
    for (const status of [500, 502, 503]) {
      const times = this.random.next() < 0.5 ? 1 : 0;
      if (times > 0) this.server.trouble({ status, message: "Server Error", times });
      this.disturbances.github += times;
    }
  }

  /** From now on they answer. */
  async calm(): Promise<void> {
    for (const { type = "", strikes } of await listFaults({ root: this.root })) {
      this.disturbances[type.startsWith("google") ? "google" : "atlas"] += strikes;
    }
    await removeFault({ root: this.root });
  }

  /** @returns undefined when it was killed */
  async run(args: readonly string[]): Promise<Ended | undefined> {
    const kill = this.random.next() < killed ? this.random.next() * this.took : undefined;
    const signal = this.random.pick(signals);
    const startedAt = Date.now();
    const { ended, end } = this.start(args);
    const killedAt = kill === undefined ? new Promise<undefined>(() => {}) : wait(kill).then(() => undefined);
    const outcome = await Promise.race([ended, killedAt]);
    if (outcome) {
      if (outcome.code === 0) this.took = Date.now() - startedAt;
      return outcome;
    }
    this.disturbances.kills++;
    end(signal);
    await ended;
    return undefined;
  }

  /** Without kills. @throws Error when it fails */
  async must(...args: string[]): Promise<Ended> {
    const ended = await this.start(args).ended;
    if (ended.code === 0) return ended;
    throw new Error(`groundwork ${args.join(" ")} ended with ${ended.code}: ${ended.stdout}${ended.stderr}`);
  }

  /** Without kills. */
  start(args: readonly string[]): { ended: Promise<Ended>; end: (signal: NodeJS.Signals) => void } {
    const child = spawn(process.execPath, ["pipeline/bin/groundwork.mjs", ...args], {
      cwd: this.root,
      env: { ...process.env, NO_COLOR: "1", ...this.server.env(this.address) },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, to be killed whole.
      detached: true,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
    const ended = new Promise<Ended>((resolve) => {
      child.once("close", (code) => resolve({ code, stdout, stderr }));
    });
    const end = (signal: NodeJS.Signals) => {
      try {
        process.kill(-(child.pid ?? 0), signal);
      } catch {
        // It has ended.
      }
    };
    return { ended, end };
  }
}
