// Compares every environment with the one that it differs from, in what is synthesized; prints one line of JSON. Run by
// `groundwork parity [--effects]`, in a process of its own, as synthesis is: the stacks are the user's code.
//
// Exit code 0, or 2 for a mistake in the environment files (as `bootstrap/synth.mjs --json` tells it), or 70 for a bug.
import { createRequire } from "node:module";
import { bundle, root } from "./bundle.mjs";
import { refusalOf } from "./refusal.mjs";

try {
  const program = await bundle("stacks/parity/print.ts", "dist/parity.cjs");
  process.chdir(root);
  createRequire(program)(program);
} catch (error) {
  const refusal = refusalOf(error);
  console.error(refusal ? JSON.stringify({ error: "user", ...refusal }) : error);
  process.exitCode = refusal ? 2 : 70;
}
