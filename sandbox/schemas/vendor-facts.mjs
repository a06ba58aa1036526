// node sandbox/schemas/vendor-facts.mjs FOLDER: packs the recorded schema facts (google.json, google-beta.json,
// mongodbatlas.json of FOLDER) into facts/*.jsonl.gz, the form described in README.md.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [source] = process.argv.slice(2);
if (!source) {
  console.error("usage: node sandbox/schemas/vendor-facts.mjs FOLDER");
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const corrections = JSON.parse(readFileSync(join(here, "corrections.json"), "utf8"));
const target = join(here, "facts");
mkdirSync(target, { recursive: true });
for (const provider of ["google", "google-beta", "mongodbatlas"]) {
  const { resources } = JSON.parse(readFileSync(join(source, `${provider}.json`), "utf8"));
  const names = Object.keys(resources).sort();
  for (const name of corrections[provider].deprecatedResources) {
    // google-beta's records are those that differ from google's; the others are corrected there.
    if (resources[name]) resources[name].deprecated = 1;
    else if (provider !== "google-beta")
      throw new Error(`corrections.json names ${name}, which has no facts`);
  }
  const lines = names.map((name) => `${name}\t${JSON.stringify(resources[name])}\n`);
  const packed = gzipSync(lines.join(""), { level: 9 });
  packed.fill(0, 4, 8); // no time stamp: the same facts give the same bytes
  writeFileSync(join(target, `${provider}.jsonl.gz`), packed);
  console.log(`${provider}: ${names.length} types, ${packed.length} bytes`);
}
