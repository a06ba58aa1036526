// Our synthesis (bundled by esbuild, run without type check) against the stock one (cdktf synth over ts-node), on the
// same main.ts.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/bundle.mjs";
import { race } from "./measure.mjs";

const cdktf = join(root, "node_modules/cdktf-cli/bundle/bin/cdktf.js");
const tsNode = [process.execPath, "-r", "ts-node/register", "-r", "./bench/workspace-paths.cjs", "main.ts"];
const tsNodeProject = {
  TS_NODE_PROJECT: join(root, "bench/tsconfig.stock.json"),
  // Named here too: before it reads the project, ts-node loads the default compiler, and ours has no API that it knows.
  TS_NODE_COMPILER: "typescript5",
};

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<import("./bench.mjs").Outcome>}
 */
export async function synthesis({ rounds }) {
  const folder = mkdtempSync(join(tmpdir(), "bench-synthesis-"));
  const out = (/** @type {string} */ name) => join(folder, name);
  try {
    const [ours, stock, oursByCli, app] = await race(
      [
        {
          name: "groundwork synthesis",
          command: [process.execPath, join(root, "bootstrap/synth.mjs")],
          env: { CDKTF_OUTDIR: out("ours") },
        },
        {
          name: "cdktf synth, ts-node",
          command: [process.execPath, cdktf, "synth", "--app", shellLine(tsNode), "--output", out("stock")],
          env: tsNodeProject,
        },
        {
          name: "cdktf synth, groundwork",
          command: [process.execPath, cdktf, "synth", "--output", out("ours-by-cli")],
        },
        {
          name: "ts-node without cdktf",
          command: tsNode,
          env: { ...tsNodeProject, CDKTF_OUTDIR: out("app") },
        },
      ],
      rounds,
    );
    if (!ours || !stock || !oursByCli || !app) throw new Error("four contenders went in, fewer came out");
    const stacks = readdirSync(join(out("ours"), "stacks"));
    return {
      rows: [ours, stock, oursByCli, app],
      ratios: [
        { what: "times faster than the stock synthesis", ratio: stock.seconds / ours.seconds, goal: 5 },
        {
          what: "times faster without cdktf's own command on either side",
          ratio: app.seconds / ours.seconds,
        },
        {
          what: "times faster with cdktf's own command on both sides",
          ratio: stock.seconds / oursByCli.seconds,
        },
      ],
      limits: [
        { what: `seconds for ${stacks.length} stacks`, found: ours.seconds, limit: 1.5 },
        { what: "MB at the peak", found: ours.megabytes, limit: 150 },
        {
          what: "stacks differ from the stock synthesis's",
          found: differing(out("ours"), out("stock"), stacks),
          limit: 0,
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string[]} command */
function shellLine(command) {
  return command.map((word) => `"${word}"`).join(" ");
}

/**
 * A faster synthesis that writes something else would be no synthesis.
 *
 * @param {string} one
 * @param {string} other
 * @param {string[]} stacks
 */
function differing(one, other, stacks) {
  const text = (/** @type {string} */ folder, /** @type {string} */ stack) =>
    readFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "utf8");
  return stacks.filter((stack) => text(one, stack) !== text(other, stack)).length;
}
