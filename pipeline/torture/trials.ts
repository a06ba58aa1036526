import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { acquireSandbox, addFault, stopSandbox } from "@groundwork/sandbox/process/client";
import type { SandboxLease } from "@groundwork/sandbox/process/contract";
import { Random } from "@groundwork/sandbox/torture/random";
import type { HistoryRecord } from "../history/record";
import { isDone, runsOf } from "../history/runs";
import { SmallPlatform } from "../testing/small-platform";
import type { TorturedOptions } from "./command";
import { codeOf, commitOf } from "./commits";

export interface TortureOptions {
  trials: number;
  seed: number;
  /** The sandbox's bundle. */
  daemon: string;
  /** The bundle of command.ts. */
  command: string;
  /** Told of each trial when it is over. @default - nobody is */
  report?: (line: string) => void;
}

/** Who is killed, with `kill -9`. */
const victims = ["command", "command and Terraforms", "Terraforms"] as const;
type Victim = (typeof victims)[number];

/** Run again after a kill until it succeeds; more than this is a failure. */
const mostReruns = 3;
/** Milliseconds added to each operation of the sandbox, so that kills hit operations on their way. */
const delay = 15;
/** Milliseconds that an orphaned Terraform may take to end. */
const orphanPatience = 60_000;

/**
 * Kills the plan or the apply of one commit after another at random instants, runs it again, and looks whether it came to
 * the same end as undisturbed: what is there is what the code says, everything is in the history once, without a gap.
 *
 * @throws Error when it didn't
 */
export async function torture(options: TortureOptions): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "gw-commits-")));
  try {
    await new Torture(options, root).run();
    rmSync(root, { recursive: true, force: true });
  } catch (error) {
    options.report?.(`what is left to look at: ${root}`);
    throw error;
  }
}

class Torture {
  private readonly random: Random;
  private readonly platform: SmallPlatform;
  private lease: SandboxLease | undefined;
  /** Milliseconds that each took the last time that it got to its end: the machine may be busy with other things. */
  private readonly last = { plan: 0, apply: 0 };
  private began = 0;

  constructor(
    private readonly options: TortureOptions,
    private readonly root: string,
  ) {
    this.random = new Random(options.seed);
    this.platform = new SmallPlatform(root, () => this.lease?.env ?? {});
  }

  async run(): Promise<void> {
    const { trials, seed, daemon, report } = this.options;
    const folders = this.platform.write(codeOf(seed, 0)).map(({ folder }) => folder);
    // Held from the first to the last trial: who kills the sandbox too is sandbox/torture.
    this.lease = await acquireSandbox({ root: this.root, daemon, folders });
    try {
      for (const kind of ["latency", "slow-answer"] as const) {
        await addFault({ root: this.root, daemon, rule: { effect: { kind, milliseconds: delay } } });
      }
      await this.finish("plan", 0);
      await this.finish("apply", 0);
      await this.verify(0);
      for (let trial = 1; trial <= trials; trial++) {
        const action = this.random.next() < 0.25 ? "plan" : "apply";
        const victim = this.random.pick(victims);
        const share = this.random.next();
        const name = `trial ${trial}: ${action}, kill ${victim} after ${Math.round(100 * share)} %`;
        try {
          if (action === "apply") await this.finish("plan", trial);
          const reruns = await this.disturb(action, victim, share, trial);
          if (action === "plan") await this.finish("apply", trial);
          await this.verify(trial);
          report?.(`${name}: as expected after ${reruns} more`);
        } catch (error) {
          throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
        }
      }
    } finally {
      await this.lease.release();
      await stopSandbox({ root: this.root, force: true });
    }
  }

  /** @returns how many more runs it took */
  private async disturb(
    action: "plan" | "apply",
    victim: Victim,
    share: number,
    trial: number,
  ): Promise<number> {
    const running = this.start(action, trial, false);
    await Promise.race([wait(share * this.last[action]), running.ended]);
    await this.kill(victim, running.child);
    await running.ended;
    for (let reruns = 1; ; reruns++) {
      const rerun = this.start(action, trial, true);
      if ((await rerun.ended) === 0) return reruns;
      if (reruns === mostReruns) throw new Error(`still failing after ${reruns} more:\n${rerun.output()}`);
    }
  }

  /** Waits for orphans: only whoever is dead has no use for its lock. */
  private async kill(victim: Victim, child: ChildProcess): Promise<void> {
    const { pid } = child;
    if (pid === undefined || child.exitCode !== null) return;
    const terraforms = childrenOf(pid);
    if (victim !== "Terraforms") child.kill("SIGKILL");
    if (victim !== "command") for (const one of terraforms) signal(one, "SIGKILL");
    for (
      const until = Date.now() + orphanPatience;
      terraforms.some((one) => signal(one, 0));
      await wait(20)
    ) {
      if (Date.now() > until) throw new Error("an orphaned Terraform does not end");
    }
  }

  private async finish(action: "plan" | "apply", trial: number): Promise<void> {
    const running = this.start(action, trial, false);
    if ((await running.ended) !== 0) throw new Error(running.output());
  }

  /** What is there is what the code says; the history has no gap, and each stack's change in it once. */
  private async verify(trial: number): Promise<void> {
    const { seed } = this.options;
    const stacks = this.platform.write(codeOf(seed, trial));
    const commit = commitOf(seed, trial);
    const { records, flaws } = await this.platform.history.read();
    if (flaws.length > 0) throw new Error(`the history has flaws: ${JSON.stringify(flaws)}`);
    this.verifyRuns(records, commit, new Set(stacks.map(({ name }) => name)));

    // Nothing is left to do, and doing it again writes nothing.
    await this.finish("apply", trial);
    const after = (await this.platform.history.read()).records.length;
    if (after !== records.length) throw new Error(`applied twice: ${after - records.length} records more`);
    const { context, session } = await this.platform.open(stacks);
    for (const stack of stacks) {
      const planned = await session.terraform.plan(stack, join(context.root, "verify.tfplan"));
      if (planned.result !== "no changes") {
        throw new Error(`${stack.name}: ${planned.result}, ${JSON.stringify(planned.diagnostics)}`);
      }
    }
  }

  private verifyRuns(records: readonly HistoryRecord[], commit: string, stacks: ReadonlySet<string>): void {
    const runs = runsOf(records).filter((run) => run.began.commit === commit);
    for (const stack of stacks) {
      const own = runs.filter((run) => run.began.stack === stack);
      const done = own.filter(isDone).length;
      if (done !== 1) throw new Error(`${stack} was applied ${done} times: ${JSON.stringify(own)}`);
      const digests = new Set(own.map((run) => run.began.digest));
      if (digests.size !== 1) throw new Error(`${stack} was begun with several digests`);
      own.slice(1).forEach((run, index) => {
        if (run.began.resumes !== own[index]?.number) throw new Error(`${stack} didn't say what it resumes`);
      });
    }
    if (records.length <= this.began) throw new Error("nothing was written into the history");
    this.began = records.length;
  }

  private start(action: "plan" | "apply", trial: number, unlock: boolean) {
    const { daemon, command, seed } = this.options;
    const options: TorturedOptions = { root: this.root, daemon, seed, trial, action, unlock };
    const child = spawn(process.execPath, [command, JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const startedAt = Date.now();
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const ended = once(child, "close").then(([code, name]) => {
      if (code === 0) this.last[action] = Date.now() - startedAt;
      return (name ?? code) as string | number;
    });
    return { child, ended, output: () => output };
  }
}

/** Ids of the processes that a process has started, and theirs. */
function childrenOf(pid: number): number[] {
  const all = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const parent = queue.shift();
    const own = all.filter(([, of]) => of === parent).map(([id]) => id);
    found.push(...own);
    queue.push(...own);
  }
  return found;
}

/** @returns whether there is such a process */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
