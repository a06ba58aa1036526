// Finds the Terraform or OpenTofu to use: the one that was named, one on the PATH, or the one downloaded earlier.
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { isNewEnough, oldest, readVersion } from "./product.mjs";

/** @typedef {import("./product.mjs").Release & { path: string, from: "GROUNDWORK_TERRAFORM" | "PATH" | ".groundwork" }} Found */
/** @typedef {{ path: string, why: string }} Rejected */

/** The named executable is missing or too old: the user's to put right, so nothing else is tried. */
export class UnusableTerraform extends Error {}

/** @param {string} root the repository */
export function downloadedTerraform(root) {
  return join(root, ".groundwork", "bin", "terraform");
}

/**
 * @param {{ root: string, env?: NodeJS.ProcessEnv, names?: readonly string[] }} where `names`: executables to look for
 *   on the PATH, best first
 * @returns {Promise<{ found?: Found, rejected: Rejected[] }>} `rejected`: what was there and would not do
 * @throws {UnusableTerraform} when GROUNDWORK_TERRAFORM names one that will not do
 */
export async function findTerraform({ root, env = process.env, names = ["terraform", "tofu"] }) {
  const named = env.GROUNDWORK_TERRAFORM;
  if (named) {
    const path = resolve(root, named);
    const release = isExecutable(path) ? await askVersion(path, env) : `there is no executable at ${path}`;
    if (typeof release === "string") throw new UnusableTerraform(`GROUNDWORK_TERRAFORM: ${release}`);
    return { found: { ...release, path, from: "GROUNDWORK_TERRAFORM" }, rejected: [] };
  }
  /** @type {Rejected[]} */
  const rejected = [];
  for (const { path, from } of candidates(root, env, names)) {
    const release = await askVersion(path, env);
    if (typeof release !== "string") return { found: { ...release, path, from }, rejected };
    rejected.push({ path, why: release });
  }
  return { rejected };
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} names
 * @returns {{ path: string, from: "PATH" | ".groundwork" }[]}
 */
function candidates(root, env, names) {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return [
    ...names
      .flatMap((name) => folders.map((folder) => join(folder, name)))
      .map((path) => ({ path, from: /** @type {const} */ ("PATH") })),
    { path: downloadedTerraform(root), from: /** @type {const} */ (".groundwork") },
  ].filter(({ path }) => isExecutable(path));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./product.mjs").Release | string>} the release, or why it will not do
 */
async function askVersion(path, env) {
  // Ctrl-C reaches the whole terminal, and would make of a good Terraform one that doesn't answer.
  const output = (await printed(path, env)) ?? (await printed(path, env));
  const release = output === undefined ? undefined : readVersion(output);
  if (!release) return `${path} does not answer as Terraform or OpenTofu`;
  if (isNewEnough(release)) return release;
  return `${path} is ${release.product} ${release.version}, and ${oldest[release.product]} or newer is needed`;
}

/**
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} nothing when it was stopped
 */
function printed(path, env) {
  return new Promise((done) => {
    const options = { timeout: 20_000, env: { ...env, CHECKPOINT_DISABLE: "1" } };
    execFile(path, ["version"], options, (error, stdout) => {
      // Killed by the time that is over, it won't answer a second time either.
      const stopped = error?.killed === false && (error.signal === "SIGINT" || error.signal === "SIGTERM");
      done(error ? (stopped ? undefined : "") : stdout);
    });
  });
}
