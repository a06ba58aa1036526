// Synthesizes the stack of one pull request; `groundwork preview up` runs it in a process of its own, as the stacks are
// the user's code. Deterministic: the same request gives the same bytes.
//
//   node bootstrap/preview-synth.mjs REQUEST OUTDIR
//
// REQUEST  file with the request as JSON: environments/preview-request.ts
// OUTDIR   folder of this preview alone: cdktf.out/previews/pr-12
//
// Exit code 0, or 2 for a mistake in the request or the environment files (as `bootstrap/synth.mjs --json` tells it), or
// 70 for a bug.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { bundle, root } from "./bundle.mjs";
import { refusalOf } from "./refusal.mjs";

const [request = "", outdir = ""] = process.argv.slice(2).map((path) => resolve(path));

try {
  const program = await bundle("stacks/preview-main.ts", "dist/preview.cjs");
  process.chdir(root);
  process.env.GROUNDWORK_PREVIEW_REQUEST = request;
  process.env.CDKTF_OUTDIR = outdir;
  createRequire(program)(program);
} catch (error) {
  const refusal = refusalOf(error);
  console.error(refusal ? JSON.stringify({ error: "user", ...refusal }) : error);
  process.exitCode = refusal ? 2 : 70;
}
