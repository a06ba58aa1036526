// `npm start`: everything a fresh clone needs, then all environments in the sandbox.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { InstallFailed, installPackages } from "./install.mjs";
import { ensureTerraform, NoTerraform } from "./terraform/ensure.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

try {
  const site = process.env.GROUNDWORK_RELEASE_SITE;
  await ensureTerraform({ root, say, ...(site ? { site } : {}) });
  await installPackages(root, say);
} catch (error) {
  if (!(error instanceof NoTerraform || error instanceof InstallFailed)) throw error;
  say(error.message);
  process.exit(1);
}
const { run } = await import("../pipeline/bin/run.mjs");
process.exitCode = await run(root, ["up", ...process.argv.slice(2)]);
