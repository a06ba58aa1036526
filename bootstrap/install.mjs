// Installs the workspace's packages with the pinned pnpm, unless exactly these are installed already.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installHooks } from "./hooks.mjs";

/** What decides which packages are installed. */
const inputs = [
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "pipeline/package.json",
  "policies/package.json",
  "sandbox/package.json",
];

/** The packages could not be installed: one sentence for the user. */
export class InstallFailed extends Error {}

/**
 * @param {string} root
 * @param {(line: string) => void} say
 * @throws {InstallFailed}
 */
export async function installPackages(root, say) {
  if (isInstalled(root)) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  say(`Installing packages with ${packageManager} …`);
  const code = await runPnpm(root, packageManager, ["install", "--frozen-lockfile", "--prefer-offline"]);
  if (code !== 0) {
    throw new InstallFailed(
      `Installing the packages failed (${packageManager} ended with ${code}; its reason is above). ` +
        "With the package registry within reach, run the command again.",
    );
  }
  installHooks(root, process.env, say);
  const stamp = stampOf(root);
  writeFileSync(`${stamp}.${process.pid}`, fingerprint(root));
  renameSync(`${stamp}.${process.pid}`, stamp);
}

/**
 * Whether what is installed is what the lock file says.
 * @param {string} root
 */
export function isInstalled(root) {
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(root);
}

/** @param {string} root */
function stampOf(root) {
  return join(root, "node_modules", ".groundwork-installed");
}

/**
 * Includes the machine: some packages bring a binary for one platform.
 * @param {string} root
 */
function fingerprint(root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const input of inputs) hash.update(`\0${input}\0`).update(readFileSync(join(root, input)));
  return `${hash.digest("hex")}\n`;
}

/**
 * Through npm's own `npm exec`, which is there wherever `npm start` runs; Corepack is not.
 * @param {string} root
 * @param {string} packageManager `pnpm@10.34.8`
 * @param {string[]} args
 * @returns {Promise<number | string>} exit code, or the signal or error that ended it
 */
function runPnpm(root, packageManager, args) {
  const npm = process.env.npm_execpath ?? "";
  const [command, ...first] = /npm-cli\.js$/.test(npm)
    ? [process.execPath, npm, "exec", "--yes", "--", packageManager]
    : ["npx", "--yes", packageManager];
  return new Promise((resolve) => {
    spawn(command ?? "npx", [...first, ...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"] })
      .on("error", (error) => resolve(error.message))
      .on("close", (code, signal) => resolve(code ?? signal ?? 1));
  });
}
