// node sandbox/schemas/vendor-bindings.mjs: packs the provider blocks and the data sources of the installed bindings
// into bindings/*.jsonl.gz, the form described in README.md.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { readBinding } from "./read-bindings.mjs";

const here = resolve("sandbox/schemas");
const packages = createRequire(join(here, "vendor-bindings.mjs"));

/**
 * @param {"google" | "google-beta" | "mongodbatlas"} provider
 * @param {string} target folder for the packed file
 * @returns {{ schemas: number, bytes: number }}
 */
export function packBindings(provider, target) {
  const lib = join(dirname(packages.resolve(`@cdktf/provider-${provider}/package.json`)), "lib");
  const corrections = JSON.parse(readFileSync(join(here, "corrections.json"), "utf8"))[provider];
  /** @type {Record<string, import("./model").BlockSchema>} */
  const blocks = {};
  const nested = new Set(corrections.nestedAttributes ?? []);
  for (const folder of readdirSync(lib)) {
    if (folder !== "provider" && !folder.startsWith("data-")) continue;
    const schema = readBinding(join(lib, folder), nested);
    if (schema) blocks[schema.kind === "provider" ? "(provider)" : schema.name] = schema.block;
  }
  for (const flag of /** @type {const} */ (["sensitive", "deprecated"])) {
    for (const place of corrections[flag]) attributeAt(blocks, place)[flag] = true;
  }
  for (const name of corrections.deprecatedDataSources) blockNamed(blocks, name).deprecated = true;
  const names = Object.keys(blocks).sort();
  const packed = gzipSync(names.map((name) => `${name}\t${JSON.stringify(blocks[name])}\n`).join(""), {
    level: 9,
  });
  packed.fill(0, 4, 8); // no time stamp: the same bindings give the same bytes
  writeFileSync(join(target, `${provider}.jsonl.gz`), packed);
  return { schemas: names.length, bytes: packed.length };
}

/**
 * @param {Record<string, import("./model").BlockSchema>} blocks
 * @param {string} name
 */
function blockNamed(blocks, name) {
  const block = blocks[name];
  if (!block) throw new Error(`corrections.json names ${name}, which the bindings don't have`);
  return block;
}

/**
 * @param {Record<string, import("./model").BlockSchema>} blocks
 * @param {string} place name, attribute and attributes nested in it, joined by dots
 */
function attributeAt(blocks, place) {
  const [name = "", ...path] = place.split(".");
  let { attributes } = blockNamed(blocks, name);
  /** @type {import("./model").AttributeSchema | undefined} */
  let found;
  for (const step of path) {
    found = attributes[step];
    attributes = found?.nested?.attributes ?? {};
  }
  if (!found) throw new Error(`corrections.json names ${place}, which the bindings don't have`);
  return found;
}

if (process.argv[1]?.endsWith("vendor-bindings.mjs")) {
  const target = join(here, "bindings");
  mkdirSync(target, { recursive: true });
  for (const provider of /** @type {const} */ (["google", "google-beta", "mongodbatlas"])) {
    const { schemas, bytes } = packBindings(provider, target);
    console.log(`${provider}: ${schemas} schemas, ${bytes} bytes`);
  }
}
