// Tells whether a bundle is still what its files would give, so that a command that changed nothing builds nothing.
// What a file was is kept as its size and times. The time of its last change of any kind can't be set back, so an older
// file copied over a newer one shows too.
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What decides how files are bundled. */
const settings = ["package.json", "tsconfig.json"];
const bundler = [fileURLToPath(import.meta.url), join(dirname(fileURLToPath(import.meta.url)), "bundle.mjs")];

/** File systems' clocks tick this coarsely, in milliseconds. */
const tick = 50;

const fileOf = (/** @type {string} */ target) => `${target}.stamps.json`;

/**
 * @param {string} root
 * @param {string} target absolute path of the bundle
 * @returns {boolean} whether every file that went into it, and the bundle, is the one it was
 */
export function isFresh(root, target) {
  try {
    /** @type {{ [path: string]: string }} */
    const known = JSON.parse(readFileSync(fileOf(target), "utf8"));
    const paths = Object.keys(known);
    return paths.length > 0 && paths.every((path) => stampOf(join(root, path)) === known[path]);
  } catch {
    return false;
  }
}

/**
 * What to keep about a bundle that has just been written.
 *
 * @param {string} root
 * @param {string} target absolute path of the bundle
 * @param {string[]} inputs what went into it, relative to the root
 * @param {number} startedAt when building began, in milliseconds since 1970
 * @returns {{ file: string, text: string } | undefined} nothing when a file changed while it was built
 */
export function stampsOf(root, target, inputs, startedAt) {
  const files = [...inputs, ...settings, ...bundler.map((file) => relative(root, file))];
  // A file more may be found in another's place.
  const folders = new Set(inputs.map((path) => dirname(path)));
  try {
    const stats = files.map((path) => statSync(join(root, path)));
    if (stats.some(({ ctimeMs }) => ctimeMs > startedAt - tick)) return undefined;
    const stamps = Object.fromEntries(
      [...files, ...folders, relative(root, target)].map((path) => [path, stampOf(join(root, path))]),
    );
    return { file: fileOf(target), text: JSON.stringify(stamps) };
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function stampOf(path) {
  const stats = statSync(path);
  // A folder's own times are enough: what it holds changes them.
  return `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}
