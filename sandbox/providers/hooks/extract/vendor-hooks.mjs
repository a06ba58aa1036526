// Packs what extract.go printed into hooks/<provider>.jsonl.gz: node vendor-hooks.mjs PROVIDER PRINTED.json
// The source files that the extract names must be in place: short anonymous functions are named by what they call.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [provider, printed] = process.argv.slice(2);
if (!provider || !printed) throw new Error("which provider, and which file?");
const folder = dirname(dirname(fileURLToPath(import.meta.url)));
/** @type {{ [type: string]: { diff?: any, attrs: { [path: string]: { [hook: string]: any } } } }} */
const types = JSON.parse(readFileSync(printed, "utf8"));

/** Validators whose rule the schema facts hold already, and the SDK's own set hashes. */
const KNOWN = new Set([
  "StringInSlice",
  "ValidateEnum",
  "IntBetween",
  "IntAtLeast",
  "IntAtMost",
  "FloatBetween",
  "FloatAtLeast",
  "StringLenBetween",
  "ValidateRegexp",
  "StringMatch",
  "ValidateADDomainName",
  "verify.ValidateGCEName",
  "verify.ValidateIAMCustomRoleID",
  "schema.HashString",
  "HashResource",
]);

/** What a short anonymous function calls is its name. */
const CALLS = ["structure.NormalizeJsonString", "tpgresource.CanonicalizeServiceScope", "strings.ToUpper"];

/** @type {Map<string, string[]>} */
const sources = new Map();

/** @param {{ file: string, line: number }} at */
function calledAt({ file, line }) {
  let lines = sources.get(file);
  if (!lines) {
    lines = readFileSync(file, "utf8").split("\n");
    sources.set(file, lines);
  }
  /** @type {string[]} */
  const body = [];
  for (const text of lines.slice(line - 1, line + 12)) {
    body.push(text);
    if (/^\t*\}[,)]/.test(text) && body.length > 1) break;
  }
  if (file.endsWith("/resource_iam_binding.go")) return "tpgiamresource.bindingMembers";
  return CALLS.find((call) => body.join("\n").includes(call));
}

/** @returns {any} undefined when nothing remains to be known */
function token(/** @type {any} */ hook, /** @type {string} */ place) {
  if (typeof hook !== "object") return hook;
  if (hook.made && (hook.name === "All" || hook.name === "Sequence")) {
    const inner = hook.args.map((/** @type {any} */ one) => token(one, place)).filter(Boolean);
    return inner.length > 0 ? ["All", ...inner] : undefined;
  }
  if (hook.name === "StringInSlice" && hook.args[0] === true) return "IgnoreCase";
  if (KNOWN.has(hook.name)) return undefined;
  if (!hook.made && /\.func\d+(\.\d+)*$/.test(hook.name)) return calledAt(hook) ?? `#${place}`;
  if (!hook.made || !hook.args?.length) return hook.name;
  return [hook.name, ...hook.args.map((/** @type {any} */ one) => token(one, place) ?? "known")];
}

const lines = [];
for (const type of Object.keys(types).sort()) {
  const { diff, attrs } = types[type] ?? { attrs: {} };
  /** @type {any} */
  const record = {};
  const change = diff && token(diff, `${type} plan`);
  if (change) record.plan = Array.isArray(change) && change[0] === "All" ? change.slice(1) : [change];
  for (const path of Object.keys(attrs).sort()) {
    const hooks = /** @type {any} */ ({});
    for (const [hook, value] of Object.entries(attrs[path] ?? {})) {
      const found = token(value, `${type} ${path}`);
      if (found) hooks[hook === "validateDiag" ? "validate" : hook] = found;
    }
    if (Object.keys(hooks).length === 0) continue;
    record.attrs ??= {};
    record.attrs[path] = hooks;
  }
  if (Object.keys(record).length > 0) lines.push(`${type}\t${JSON.stringify(record)}\n`);
}
writeFileSync(join(folder, `${provider}.jsonl.gz`), gzipSync(lines.join(""), { level: 9 }));
