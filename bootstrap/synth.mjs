// Synthesizes the platform: bundles main.ts and runs it in this process. `cdktf` and `groundwork` both run this file.
//
//   node bootstrap/synth.mjs [--json]
//
// CDKTF_OUTDIR  output folder; cdktf.out in the repository without it
// --json        problems as one line of JSON on standard error: {"error","headline","problems":[{field,found,expected}]}
//
// Exit code 0, or 2 for a mistake in the environment files, or 70 for a bug.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { bundle, root } from "./bundle.mjs";
import { refusalOf } from "./refusal.mjs";

const json = process.argv.includes("--json");
const outdir = resolve(process.env.CDKTF_OUTDIR ?? join(root, "cdktf.out"));

try {
  const main = await bundle("main.ts", "dist/main.cjs");
  process.chdir(root);
  process.env.CDKTF_OUTDIR = outdir;
  createRequire(main)(main);
} catch (error) {
  process.exitCode = report(error);
}

/**
 * @param {unknown} error
 * @returns {number} exit code
 */
function report(error) {
  const refusal = refusalOf(error);
  if (!refusal) {
    console.error(error);
    return 70;
  }
  const lines = refusal.problems.map((one) => `  ${one.field}: found ${one.found}; expected ${one.expected}`);
  console.error(
    json ? JSON.stringify({ error: "user", ...refusal }) : [refusal.headline, ...lines].join("\n"),
  );
  return 2;
}
