// Packs a folder of corpus files into corpus.jsonl.br: node sandbox/fidelity/pack.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const folder = process.argv[2];
if (!folder) throw new Error("which folder?");
const lines = [];
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith(".json")) continue;
  const { cases, ...type } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  for (const record of [type, ...cases]) lines.push(JSON.stringify(record));
}
const text = `${lines.join("\n")}\n`;
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
const params = {
  [BROTLI_PARAM_QUALITY]: 11,
  [BROTLI_PARAM_LGWIN]: 24,
  [BROTLI_PARAM_SIZE_HINT]: text.length,
};
const target = join(dirname(fileURLToPath(import.meta.url)), "corpus.jsonl.br");
writeFileSync(target, brotliCompressSync(text, { params }));
