// Downloads the pinned Terraform from its official release site and verifies it by the release's published checksums.
import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { downloadedTerraform } from "./find.mjs";
import { get } from "./http.mjs";
import { releasePlatform } from "./platform.mjs";
import { pinned } from "./product.mjs";
import { unzip } from "./unzip.mjs";

/** Where HashiCorp publishes its releases. */
export const releaseSite = "https://releases.hashicorp.com";

/** The release could not be had: the message says why, as the middle of a sentence. */
export class DownloadFailed extends Error {}

const leftoverAge = 60 * 60 * 1000;

/**
 * Puts the pinned Terraform into `.groundwork/bin`. Everything happens under a temporary name until it is complete
 * and verified: interrupted at any point, the next run starts clean, and runs at once don't disturb each other.
 *
 * @param {{
 *   root: string,
 *   site?: string,
 *   env?: NodeJS.ProcessEnv,
 *   platform?: string,
 *   arch?: string,
 *   onProgress?: (received: number, total: number | undefined) => void,
 * }} where `onProgress`: bytes so far and in all
 * @returns {Promise<string>} path of the executable
 * @throws {DownloadFailed}
 */
export async function downloadTerraform({
  root,
  site = releaseSite,
  env = process.env,
  platform = process.platform,
  arch = process.arch,
  onProgress = () => {},
}) {
  const target = downloadedTerraform(root);
  const release = releasePlatform(platform, arch);
  if (!release) throw new DownloadFailed(`HashiCorp builds no Terraform for ${platform} on ${arch}`);
  const file = `terraform_${pinned}_${release}.zip`;
  const folder = `${site}/terraform/${pinned}`;

  mkdirSync(dirname(target), { recursive: true });
  removeLeftovers(dirname(target));
  const published = await text(`${folder}/terraform_${pinned}_SHA256SUMS`, env);
  const expected = checksumOf(file, published);
  if (!expected) throw new DownloadFailed(`Terraform ${pinned} has no release ${file}`);
  const archive = await bytes(`${folder}/${file}`, env, onProgress);
  const found = createHash("sha256").update(archive).digest("hex");
  if (found !== expected) {
    throw new DownloadFailed(
      `${folder}/${file} arrived damaged (its SHA-256 is ${found}, published is ${expected})`,
    );
  }
  install(unzip(archive, "terraform"), target);
  return target;
}

/**
 * @param {string} file
 * @param {string} published a SHA256SUMS file: one line per file, checksum first
 */
export function checksumOf(file, published) {
  for (const line of published.split("\n")) {
    const [checksum, name] = line.trim().split(/\s+\*?/, 2);
    if (name === file && checksum && /^[0-9a-f]{64}$/.test(checksum)) return checksum;
  }
  return undefined;
}

/**
 * @param {Buffer} executable
 * @param {string} target
 */
function install(executable, target) {
  const temporary = join(dirname(target), `.download-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    const file = openSync(temporary, "wx", 0o755);
    try {
      for (let at = 0; at < executable.length; ) at += writeSync(file, executable, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * What interrupted runs left behind; young ones may belong to a run of this moment.
 * @param {string} folder
 */
function removeLeftovers(folder) {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(".download-"))) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > leftoverAge) rmSync(path, { force: true });
  }
}

/**
 * @param {string} address
 * @param {NodeJS.ProcessEnv} env
 */
async function text(address, env) {
  return (await bytes(address, env, () => {})).toString("utf8");
}

/**
 * @param {string} address
 * @param {NodeJS.ProcessEnv} env
 * @param {(received: number, total: number | undefined) => void} onProgress
 */
async function bytes(address, env, onProgress) {
  try {
    const response = await get(address, { env });
    const length = Number(response.headers["content-length"]);
    const total = Number.isFinite(length) && length > 0 ? length : undefined;
    const chunks = [];
    let received = 0;
    for await (const chunk of response) {
      chunks.push(chunk);
      received += chunk.length;
      onProgress(received, total);
    }
    if (total !== undefined && received !== total) throw new Error("the connection broke off");
    return Buffer.concat(chunks);
  } catch (error) {
    throw new DownloadFailed(`${new URL(address).host} could not be reached (${reason(error)})`);
  }
}

/**
 * @param {unknown} error of Node's; an attempt at several addresses has no message of its own
 * @returns {string}
 */
function reason(error) {
  const { message, code } = /** @type {NodeJS.ErrnoException} */ (error);
  return message === "aborted" ? "the connection broke off" : message || String(code);
}
