// Runs commands as whole processes, in turn, and keeps what each run took. Memory is the peak of the largest Node
// process of the run: every Node process started below reports its own through peak-memory.cjs.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "../bootstrap/bundle.mjs";

/** @typedef {{ name: string, command: string[], cwd?: string, env?: Record<string, string | undefined>, before?: () => void }} Contender */
/** @typedef {{ seconds: number, megabytes: number }} Run */
/** @typedef {{ name: string, runs: Run[], seconds: number, megabytes: number }} Result medians over the runs */

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/**
 * @param {Contender} contender
 * @returns {Promise<Run>}
 * @throws when the command fails: a failed run is no measurement
 */
async function runOnce({ name, command, cwd = root, env, before }) {
  before?.();
  const reports = mkdtempSync(join(tmpdir(), "bench-"));
  const [file = "", ...args] = command;
  const started = performance.now();
  try {
    const { code, output } = await new Promise((resolve, reject) => {
      const child = spawn(file, args, {
        cwd,
        env: {
          ...process.env,
          CHECKPOINT_DISABLE: "1",
          ...env,
          BENCH_REPORTS: reports,
          NODE_OPTIONS: `--require=${join(root, "bench/peak-memory.cjs")}`,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let text = "";
      child.stdout.on("data", (chunk) => {
        text += chunk;
      });
      child.stderr.on("data", (chunk) => {
        text += chunk;
      });
      child.on("error", reject);
      child.on("close", (exit) => resolve({ code: exit, output: text }));
    });
    if (code !== 0) throw new Error(`${name} exited ${code}:\n${output.slice(-2000)}`);
    const seconds = (performance.now() - started) / 1000;
    const peaks = readdirSync(reports).map((file) => Number(readFileSync(join(reports, file), "utf8")));
    return { seconds, megabytes: Math.max(0, ...peaks) / 1024 };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/**
 * One warm-up each, then all contenders in turn, so that a machine that slows down slows all of them.
 *
 * @param {Contender[]} contenders
 * @param {number} rounds
 * @returns {Promise<Result[]>}
 */
export async function race(contenders, rounds) {
  for (const contender of contenders) await runOnce(contender);
  /** @type {Run[][]} */
  const runs = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) runs[index]?.push(await runOnce(contender));
  }
  return contenders.map(({ name }, index) => {
    const own = runs[index] ?? [];
    return {
      name,
      runs: own,
      seconds: median(own.map((run) => run.seconds)),
      megabytes: median(own.map((run) => run.megabytes)),
    };
  });
}
