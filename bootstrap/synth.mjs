// Synthesizes the platform: bundles main.ts and runs it in this process. `cdktf` and `groundwork` both run this file.
//
//   node bootstrap/synth.mjs [--json]
//
// CDKTF_OUTDIR  output folder, relative to the working directory; cdktf.out without it
// --json        problems as one line of JSON on standard error: {"error","headline","problems":[{field,found,expected}]}
//
// Exit code 0, or 2 for a mistake in the environment files, or 70 for a bug.
import { createRequire } from "node:module";
import { bundle, root } from "./bundle.mjs";

const json = process.argv.includes("--json");

try {
  const main = await bundle("main.ts", "dist/main.cjs");
  process.env.CDKTF_OUTDIR ??= "cdktf.out";
  process.chdir(root);
  createRequire(main)(main);
} catch (error) {
  process.exitCode = report(error);
}

/**
 * @param {unknown} error
 * @returns {number} exit code
 */
function report(error) {
  if (!(error instanceof Error) || error.name !== "UserError") {
    console.error(error);
    return 70;
  }
  const [headline] = error.message.split("\n");
  const problems = "problems" in error ? error.problems : [];
  console.error(json ? JSON.stringify({ error: "user", headline, problems }) : error.message);
  return 2;
}
