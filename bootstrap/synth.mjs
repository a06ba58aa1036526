// Synthesizes the platform: bundles main.ts and runs it in this process. `cdktf` and `groundwork` both run this file.
//
//   node bootstrap/synth.mjs [--json]
//
// CDKTF_OUTDIR  output folder; cdktf.out in the repository without it
// --json        problems as one line of JSON on standard error: {"error","headline","problems":[{field,found,expected}]}
//
// Exit code 0, or 2 for a mistake in the environment files, or 70 for a bug.
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { bundle, root } from "./bundle.mjs";

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
  const refusal = asRefusal(error);
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

/**
 * A mistake in what people write: a value that was refused, or a file that is no TypeScript.
 *
 * @param {any} error
 * @returns {{ headline: string, problems: { field: string, found: string, expected: string }[] } | undefined}
 */
function asRefusal(error) {
  if (error?.name === "UserError") {
    const headline = error.message.split("\n  ")[0];
    return { headline, problems: error.problems };
  }
  if (Array.isArray(error?.errors) && error.errors[0]?.location) {
    const problems = error.errors.map((/** @type {import("esbuild").Message} */ { text, location }) => ({
      field: location ? `${relative(root, resolve(root, location.file))}:${location.line}` : "main.ts",
      found: text,
      expected: "TypeScript that can be read",
    }));
    return { headline: "The platform's files can't be read.", problems };
  }
  return undefined;
}
