// Bundles one TypeScript entry of this repository; packages stay external. Written to a temporary name and
// renamed, and only when it changed, so that commands running at once never see half a file.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isFresh, stampsOf } from "./bundle-stamps.mjs";

/** The repository's root. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Builds nothing when no file that went into the last bundle differs.
 *
 * @param {string} entry TypeScript file, relative to the root
 * @param {string} outfile bundle, relative to the root
 * @returns {Promise<string>} absolute path of the bundle
 */
export async function bundle(entry, outfile) {
  const target = join(root, outfile);
  if (isFresh(root, target)) return target;
  const startedAt = Date.now();
  const { build } = await import("esbuild");
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: target,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    // As a package, it loads forty languages one by one: a tenth of a second, for each command and each synthesis.
    alias: { zod: fileURLToPath(import.meta.resolve("zod")) },
    sourcemap: "inline",
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  writeWhole(target, result.outputFiles[0]?.text ?? "");
  const stamps = stampsOf(root, target, Object.keys(result.metafile.inputs), startedAt);
  if (stamps !== undefined) writeWhole(stamps.file, stamps.text);
  return target;
}

/**
 * @param {string} file
 * @param {string} text
 */
function writeWhole(file, text) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
