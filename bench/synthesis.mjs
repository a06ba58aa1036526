// Our synthesis (bundled by esbuild, run without type check) against the stock one (cdktf synth over ts-node), on the
// same main.ts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/bundle.mjs";
import { race } from "./measure.mjs";

/** @param {{ rounds: number }} options */
export async function synthesis({ rounds }) {
  const folder = mkdtempSync(join(tmpdir(), "bench-synthesis-"));
  try {
    const [ours, stock] = await race(
      [
        {
          name: "groundwork synthesis",
          command: [process.execPath, join(root, "bootstrap/synth.mjs")],
          env: { CDKTF_OUTDIR: join(folder, "ours") },
        },
        {
          name: "cdktf synth, ts-node",
          command: [
            process.execPath,
            join(root, "node_modules/cdktf-cli/bundle/bin/cdktf.js"),
            "synth",
            "--app",
            `"${process.execPath}" -r ts-node/register -r tsconfig-paths/register main.ts`,
            "--output",
            join(folder, "stock"),
          ],
          env: { TS_NODE_PROJECT: join(root, "bench/tsconfig.stock.json") },
        },
      ],
      rounds,
    );
    if (!ours || !stock) throw new Error("two contenders went in, fewer came out");
    return {
      rows: [ours, stock],
      ratios: [
        { what: "times faster than the stock synthesis", ratio: stock.seconds / ours.seconds, goal: 5 },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
