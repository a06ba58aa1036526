/**
 * Reads facts of the APIs out of the source of the Google providers: how ids and import ids look, which attributes the
 * API never returns, what the provider calls a thing in its errors. Format of the result: README.md.
 *
 *   node sandbox/services/api-facts/extract.mjs <checkout of google> <checkout of google-beta>
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** @typedef {import("./api-facts").ApiFacts} ApiFacts */
/** @typedef {import("./api-facts").IamFacts} IamFacts */

const [googleCheckout, betaCheckout] = process.argv.slice(2);
if (googleCheckout === undefined || betaCheckout === undefined) {
  process.stderr.write("usage: extract.mjs <checkout of google> <checkout of google-beta>\n");
  process.exit(2);
}

const google = extract(join(googleCheckout, "google"));
const beta = extract(join(betaCheckout, "google-beta"));
/** @type {{ [type: string]: ApiFacts }} */
const merged = {};
for (const type of [...new Set([...Object.keys(google), ...Object.keys(beta)])].sort()) {
  const facts = google[type] ?? beta[type];
  if (facts !== undefined && Object.keys(facts).length > 0) merged[type] = facts;
}
const lines = Object.entries(merged).map(([type, facts]) => `${type}\t${JSON.stringify(facts)}\n`);
const target = join(import.meta.dirname, "api-facts.jsonl.gz");
writeFileSync(target, gzipSync(lines.join(""), { level: 9 }));
process.stdout.write(`${lines.length} types\n`);

/**
 * @param {string} root folder that holds `provider/` and `services/`
 * @returns {{ [type: string]: ApiFacts }}
 */
function extract(root) {
  const hosts = basePaths(readFileSync(join(root, "transport/config.go"), "utf8"));
  const sources = readSources(join(root, "services"));
  /** @type {{ [type: string]: ApiFacts }} */
  const result = {};
  for (const file of ["provider_mmv1_resources.go", "provider_dcl_resources.go"]) {
    const text = readFileSync(join(root, "provider", file), "utf8");
    for (const [, type, maker, rest] of text.matchAll(/^\t"(google_\w+)":\s+([\w.]+)\((.*)\),/gm)) {
      if (type === undefined || maker === undefined || rest === undefined) continue;
      if (/\.(DataSource|data)/i.test(maker) && !/Resource/.test(maker)) continue;
      const facts = maker.startsWith("tpgiamresource.")
        ? iamFacts(maker, rest, sources)
        : resourceFacts(maker, sources, hosts);
      if (facts !== undefined) result[type] = facts;
    }
  }
  return result;
}

/** @param {string} config @returns {Map<string, string>} base path names to URLs */
function basePaths(config) {
  /** @type {Map<string, string>} */
  const result = new Map();
  for (const [, name, url] of config.matchAll(/^\t(\w+)BasePathKey:\s+"([^"]+)"/gm)) {
    if (name !== undefined && url !== undefined) result.set(`${name}BasePath`, url);
  }
  return result;
}

/**
 * @param {string} folder
 * @returns {Map<string, string>} `package.Constructor` or `package/func` to the text of the file that has it
 */
function readSources(folder) {
  /** @type {Map<string, string>} */
  const result = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".go") || entry.name.endsWith("_test.go")) continue;
    if (entry.name.includes("_sweeper")) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    const name = /^package (\w+)/m.exec(text)?.[1];
    for (const [, func] of text.matchAll(/^func (\w+)\(/gm)) result.set(`${name}.${func}`, text);
    for (const [, variable] of text.matchAll(/^var (\w+) = map\[string\]\*schema/gm)) {
      result.set(`${name}.${variable}`, text);
    }
  }
  return result;
}

/** @param {string} text @param {RegExp} head @returns {string} the body of the function that `head` finds, or "" */
function functionBody(text, head) {
  const start = text.search(head);
  if (start < 0) return "";
  const end = text.indexOf("\n}\n", start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** @param {string} template Go's `{{name}}`, also `{{%name}}` @returns {string} */
function toTemplate(template) {
  return template.replace(/\{\{%?(\w+)\}\}/g, "{$1}");
}

/** @param {string} body @returns {string[]} the templates of ids that are put together in it */
function idsIn(body) {
  const calls = body.matchAll(/\bid, err :?= tpgresource\.ReplaceVars(?:ForId)?\(d, config, "([^"]+)"\)/g);
  return [...calls].map((match) => toTemplate(match[1] ?? ""));
}

/** @param {string} body @returns {string[]} */
function importPatterns(body) {
  const list = /(?:ParseImportId|GetImportIdQualifiers)\(\[\]string\{([^}]*(?:\{[^}]*\}[^}]*)*?)\},/s.exec(
    body,
  )?.[1];
  if (list === undefined) return [];
  return [...list.matchAll(/"([^"]+)"|`([^`]+)`/g)].map((m) => simplerPattern(m[1] ?? m[2] ?? ""));
}

/** @param {string} pattern @returns {string} a template where the pattern says no more than one would */
function simplerPattern(pattern) {
  const bare = pattern.replace(/^\^/, "").replace(/\$$/, "").replaceAll("\\\\", "\\");
  const template = bare.replace(/\(\?P<(\w+)>\[\^\/\]\+\)/g, "{$1}");
  if (!/[()[\]*+?\\]/.test(template)) return template;
  return `^${bare.replaceAll("(?P<", "(?<")}$`;
}

/**
 * @param {string} maker @param {Map<string, string>} sources @param {Map<string, string>} hosts
 * @returns {ApiFacts | undefined}
 */
function resourceFacts(maker, sources, hosts) {
  const text = sources.get(maker);
  if (text === undefined) return undefined;
  const stem = maker.split(".")[1]?.replace(/^Resource/, "") ?? "";
  /** @param {string} operation */
  const operation = (operation) =>
    functionBody(text, new RegExp(`^func resource${stem}${operation}\\(`, "m"));
  const create = operation("Create");
  const read = operation("Read");
  const remove = operation("Delete");
  const imports = operation("Import");
  /** @type {ApiFacts} */
  const facts = {};

  const id = idsIn(`${create}\n${imports}`).at(-1) ?? idsIn(text).at(-1);
  if (id !== undefined) facts.id = id;
  const own = importPatterns(imports);
  const patterns = own.length > 0 ? own : importPatterns(text);
  if (patterns.length > 0) facts.imports = patterns;

  const noun = /Error creating (\w[\w ]*): %s"/.exec(create)?.[1];
  if (noun !== undefined) facts.noun = noun;
  const readNoun = /HandleNotFoundError\(err, d, fmt\.Sprintf\("(\w+) %q", d\.Id\(\)\)\)/.exec(read)?.[1];
  if (readNoun !== undefined) facts.readNoun = readNoun;

  const url = /url, err :?= tpgresource\.ReplaceVars(?:ForId)?\(d, config, "\{\{(\w+)\}\}([^"]*)"\)/.exec(
    read,
  );
  const host = url === null ? undefined : hosts.get(url[1] ?? "");
  if (host !== undefined && url !== null) facts.url = `${host}${toTemplate(url[2] ?? "").split("?")[0]}`;

  const collection =
    /url, err :?= tpgresource\.ReplaceVars(?:ForId)?\(d, config, "\{\{\w+\}\}([^"]*)"\)/.exec(create);
  if (collection?.[1] !== undefined && id === "{name}" && /\/v\w+\/\{name\}$/.test(facts.url ?? "")) {
    facts.collection =
      toTemplate(collection[1])
        .replace(/^v\d\w*\//, "")
        .split("?")[0] ?? "";
  }

  if (create !== "" && /Method:\s+"PATCH"/.test(create) && !/Method:\s+"(POST|PUT)"/.test(create))
    facts.adopts = 1;
  if (remove !== "" && !/SendRequest|\.Delete\(|\.Do\(\)|client\.|Client\./.test(remove)) facts.keeps = 1;

  const unread = neverReturned(text, read);
  if (unread.length > 0) facts.unread = unread;
  const virtual = Object.fromEntries(
    [
      ...read.matchAll(
        /d\.GetOkExists\("(\w+)"\); !ok \{\s+if err := d\.Set\("\w+", ("[^"]*"|true|false|\d+)\)/g,
      ),
    ].map((match) => [match[1] ?? "", JSON.parse(match[2] ?? "null")]),
  );
  if (Object.keys(virtual).length > 0) facts.virtual = virtual;
  return facts;
}

/**
 * Attributes whose value after a refresh is the one that was in the state.
 * @param {string} text @param {string} read @returns {string[]} dotted paths without list indexes
 */
function neverReturned(text, read) {
  if (!text.includes("Type: MMv1")) return [];
  const schema = /\n\t\tSchema: map\[string\]\*schema\.Schema\{\n([\s\S]*?)\n\t\t\},\n/.exec(text)?.[1] ?? "";
  const names = [...schema.matchAll(/^\t\t\t"(\w+)": \{/gm)].map((match) => match[1] ?? "");
  const settles = /flattenedProp := flatten|d\.Set\(k, /.test(read);
  const unset = settles ? [] : names.filter((name) => !read.includes(`d.Set("${name}"`));
  const nested = [...text.matchAll(/^func flatten\w+\([^\n]*\{\n\treturn d\.Get\("([\w.]+)"\)\n\}/gm)].map(
    (match) => (match[1] ?? "").replace(/\.0(?=\.|$)/g, ""),
  );
  return [...new Set([...unset, ...nested])].sort();
}

/**
 * @param {string} maker @param {string} args @param {Map<string, string>} sources
 * @returns {ApiFacts | undefined}
 */
function iamFacts(maker, args, sources) {
  const kind = /^tpgiamresource\.ResourceIam(Member|Binding|Policy|AuditConfig)$/.exec(maker)?.[1];
  const [schemaName, producerName] = args.split(/,\s*/);
  if (kind === undefined || schemaName === undefined || producerName === undefined) return undefined;
  const text = sources.get(producerName) ?? sources.get(schemaName);
  if (text === undefined) return undefined;
  /** @type {IamFacts} */
  const iam = { kind: kind === "AuditConfig" ? "audit_config" : kind.toLowerCase() };
  if (args.includes("IamWithBatching")) iam.batched = 1;
  const describe =
    /\) DescribeResource\(\) string \{\n\treturn fmt\.Sprintf\("([^"]*)", u\.GetResourceId\(\)\)/.exec(text);
  if (describe?.[1] !== undefined) iam.describe = describe[1].replace("%q", '"{}"').replace("%s", "{}");
  const format = /\) GetResourceId\(\) string \{\n\treturn fmt\.Sprintf\("([^"]+)", ([^)]+)\)/.exec(text);
  if (format?.[1] !== undefined && format[2] !== undefined) {
    const fields = new Map(
      [...text.matchAll(/^\t\t(\w+):\s+values\["(\w+)"\],/gm)].map((match) => [match[1], match[2]]),
    );
    const parts = format[2].split(/,\s*/).map((part) => fields.get(part.replace(/^u\./, "")));
    if (parts.every((part) => part !== undefined)) {
      let index = 0;
      iam.resource = snakeCase(format[1].replace(/%s/g, () => `{${parts[index++]}}`));
      const long = /d\.Set\("(\w+)", u\.GetResourceId\(\)\)/.exec(text)?.[1];
      if (long !== undefined) iam.field = long;
    }
  }
  const patterns = importPatterns(text);
  if (patterns.length > 0) iam.imports = patterns.map(snakeCase);
  return { iam };
}

/** @param {string} template @returns {string} its names as attributes are named: `{appId}` is `{app_id}` */
function snakeCase(template) {
  return template.replace(/\{\w+\}/g, (name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
}
