// node sandbox/schemas/compare-real.mjs FILE: compares every schema of the catalogue with what the real binaries say.
// FILE is the output of `terraform providers schema -json` in a folder that requires google 6.50.0, google-beta 6.50.0
// and mongodbatlas 1.41.1. Prints each difference; exits 1 when there is one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { bundle } from "../../bootstrap/bundle.mjs";

/** @typedef {{ [key: string]: any }} Json what Terraform prints, and our own models read the same way */

const [file] = process.argv.slice(2);
if (!file) {
  console.error("usage: node sandbox/schemas/compare-real.mjs FILE");
  process.exit(2);
}
const real = JSON.parse(readFileSync(file, "utf8")).provider_schemas;
const require = createRequire(import.meta.url);
/** @type {typeof import("./catalogue")} */
const catalogue = require(await bundle("sandbox/schemas/catalogue.ts", "sandbox/dist/catalogue.js"));
/** @type {typeof import("./ephemeral-types")} */
const ephemeral = require(
  await bundle("sandbox/schemas/ephemeral-types.ts", "sandbox/dist/ephemeral-types.js"),
);

/** @type {Record<import("./model").ProviderName, string>} */
const SOURCES = {
  google: "registry.terraform.io/hashicorp/google",
  "google-beta": "registry.terraform.io/hashicorp/google-beta",
  mongodbatlas: "registry.terraform.io/mongodb/mongodbatlas",
};

/**
 * @param {Json | undefined} members
 * @param {(member: Json) => Json} of
 */
const each = (members, of) => Object.fromEntries(Object.entries(members ?? {}).map(([k, v]) => [k, of(v)]));

/**
 * One form for an attribute as Terraform prints it and as we hold it.
 * @param {Json} attribute
 * @returns {Json}
 */
function attributeForm(attribute) {
  const nested = attribute.nested ?? attribute.nested_type;
  return {
    type: attribute.type,
    ...(nested && {
      nesting: nested.nesting ?? nested.nesting_mode,
      nested: each(nested.attributes, attributeForm),
    }),
    ...Object.fromEntries(
      ["required", "optional", "computed", "sensitive", "deprecated"].map((flag) => [
        flag,
        !!attribute[flag],
      ]),
    ),
    writeOnly: !!(attribute.writeOnly ?? attribute.write_only),
  };
}

/**
 * @param {Json} block
 * @returns {Json}
 */
function blockForm(block) {
  return {
    deprecated: !!block.deprecated,
    attributes: each(block.attributes, attributeForm),
    blocks: each(block.blocks ?? block.block_types, (nested) => ({
      nesting: nested.nesting ?? nested.nesting_mode,
      minItems: nested.minItems ?? nested.min_items ?? 0,
      maxItems: nested.maxItems ?? nested.max_items ?? 0,
      block: blockForm(nested.block),
    })),
  };
}

let differences = 0;

/**
 * @param {string} place
 * @param {any} expected
 * @param {any} found
 */
function compare(place, expected, found) {
  if (isObject(expected) && isObject(found)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      compare(`${place}.${key}`, expected[key], found[key]);
    }
  } else if (JSON.stringify(expected) !== JSON.stringify(found)) {
    differences++;
    console.log(`${place}: real ${JSON.stringify(expected)}, ours ${JSON.stringify(found)}`);
  }
}

/**
 * @param {unknown} value
 * @returns {value is Json}
 */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** @type {Record<string, number>} */
const counts = { resources: 0, dataSources: 0, ephemeral: 0, providers: 0 };

/**
 * @param {string} place
 * @param {string} counted
 * @param {Json | undefined} expected
 * @param {string[]} names
 * @param {(name: string) => { block: Json, schemaVersion?: number } | undefined} typeNamed
 */
function compareAll(place, counted, expected, names, typeNamed) {
  for (const name of names) if (!expected?.[name]) compare(`${place} ${name}`, undefined, "known");
  for (const [name, { version = 0, block }] of Object.entries(expected ?? {})) {
    const type = typeNamed(name);
    const ours = type && { version: type.schemaVersion ?? 0, ...blockForm(type.block) };
    compare(`${place} ${name}`, { version, ...blockForm(block) }, ours);
    counts[counted] = (counts[counted] ?? 0) + 1;
  }
}

for (const provider of /** @type {const} */ (["google", "google-beta", "mongodbatlas"])) {
  const { resource_schemas, data_source_schemas, ephemeral_resource_schemas, ...own } =
    real[SOURCES[provider]];
  compare(
    `${provider} provider`,
    blockForm(own.provider.block),
    blockForm(catalogue.providerBlock(provider)),
  );
  counts.providers = (counts.providers ?? 0) + 1;
  compareAll(
    `${provider} resource`,
    "resources",
    resource_schemas,
    catalogue.resourceTypeNames(provider),
    (name) => catalogue.resourceType(provider, name),
  );
  compareAll(
    `${provider} data source`,
    "dataSources",
    data_source_schemas,
    catalogue.dataSourceTypeNames(provider),
    (name) => catalogue.dataSourceType(provider, name),
  );
  compareAll(
    `${provider} ephemeral resource`,
    "ephemeral",
    ephemeral_resource_schemas,
    ephemeral.ephemeralTypeNames(provider),
    (name) => ephemeral.ephemeralType(provider, name),
  );
}
console.log(`${JSON.stringify(counts)}: ${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;
