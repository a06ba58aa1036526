// Report and comment of a plan with 5,000 changes, from Terraform's JSON on disk, in a process of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../bootstrap/bundle.mjs";
import { race } from "./measure.mjs";

const changes = 5000;

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<import("./bench.mjs").Outcome>}
 */
export async function report({ rounds }) {
  const program = await bundle("bench/report-of-plans.ts", "dist/report-of-plans.cjs");
  const folder = mkdtempSync(join(tmpdir(), "bench-report-"));
  try {
    execFileSync(process.execPath, [program, "make", folder, String(changes)]);
    const bytes = Number(execFileSync(process.execPath, [program, "report", folder], { encoding: "utf8" }));
    const [comment, everything] = await race(
      [
        { name: "report and comment", command: [process.execPath, program, "report", folder] },
        { name: "and all four files", command: [process.execPath, program, "everything", folder] },
      ],
      rounds,
    );
    if (!comment || !everything) throw new Error("two contenders went in, fewer came out");
    return {
      rows: [comment, everything],
      ratios: [],
      limits: [
        { what: `seconds for ${changes} changes`, found: comment.seconds, limit: 2 },
        { what: "MB at the peak", found: comment.megabytes, limit: 300 },
        { what: "bytes of the comment", found: bytes, limit: 65_536 },
        { what: "seconds with the page and the other files", found: everything.seconds, limit: 3 },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
