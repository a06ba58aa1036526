// Builds the command and the sandbox from source where that differs, and runs the command in this process. There is no
// build step to forget.
import { createRequire } from "node:module";
import { bundle } from "../../bootstrap/bundle.mjs";

/**
 * @param {string} root the repository
 * @param {string[]} args as a user types them after `groundwork`
 * @returns {Promise<number>} exit code
 */
export async function run(root, args) {
  const [command] = await Promise.all([
    bundle("pipeline/cli.ts", "pipeline/dist/groundwork.cjs"),
    bundle("sandbox/process/daemon.ts", "sandbox/dist/sandbox.cjs"),
  ]);
  process.setSourceMapsEnabled(true);
  const { main } = createRequire(import.meta.url)(command);
  return main(args, root);
}
