// Bundles one TypeScript entry of this repository; packages stay external. Written to a temporary name and
// renamed, and only when it changed, so that commands running at once never see half a file.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The repository's root. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @param {string} entry TypeScript file, relative to the root
 * @param {string} outfile bundle, relative to the root
 * @returns {Promise<string>} absolute path of the bundle
 */
export async function bundle(entry, outfile) {
  const target = join(root, outfile);
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: target,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    sourcemap: "inline",
    sourcesContent: false,
    write: false,
    logLevel: "silent",
  });
  const text = result.outputFiles[0]?.text ?? "";
  if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
    mkdirSync(dirname(target), { recursive: true });
    const temporary = `${target}.${process.pid}.tmp`;
    writeFileSync(temporary, text);
    renameSync(temporary, target);
  }
  return target;
}
