// Sets Husky's Git hooks up after the packages were installed: install scripts are off here, so `prepare` never runs.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where Husky puts what Git calls. */
const husky = ".husky/_";

/**
 * Never in CI, nor where Git looks for hooks somewhere else already, nor with `HUSKY=0`.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say
 */
export function installHooks(root, env, say) {
  if (env.CI || env.HUSKY === "0" || !existsSync(join(root, ".git"))) return;
  const { status, stdout } = spawnSync("git", ["config", "--get", "core.hooksPath"], {
    cwd: root,
    encoding: "utf8",
  });
  const own = stdout?.trim();
  if (own && own !== husky) {
    say(`Git looks for hooks in ${own}: ours stay out (docs/infra/pipeline.md).`);
    return;
  }
  // 1: nothing is configured. Anything else: there is no Git to ask.
  if (status !== 0 && status !== 1) return;
  const program = join(root, "node_modules", "husky", "bin.js");
  if (!existsSync(program)) return;
  const run = spawnSync(process.execPath, [program], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) say(`The Git hooks could not be set up: ${`${run.stdout}${run.stderr}`.trim()}`);
}
