import type { ProviderName } from "../schemas/model";
import type { CorpusCase, Json, JsonObject, TypeCases } from "./corpus";

/** One case in a Terraform module: a resource of its own. */
export interface Placed {
  type: TypeCases;
  case: CorpusCase;
  /** State that the resource starts from; absent when it is to be created. */
  from?: CorpusCase;
}

const SOURCES: { [name in ProviderName]: string } = {
  google: "hashicorp/google",
  "google-beta": "hashicorp/google-beta",
  mongodbatlas: "mongodb/mongodbatlas",
};

/** Provider settings under which the corpus was recorded. */
const SETTINGS: { [name in ProviderName]: JsonObject } = {
  google: { project: "acme-dev", region: "europe-west1", access_token: "fake" },
  "google-beta": { project: "acme-dev", region: "europe-west1", access_token: "fake" },
  mongodbatlas: { public_key: "abcdefgh", private_key: "11111111-1111-1111-1111-111111111111" },
};

/** Name of the resource of the n-th case. */
export function labelOf(index: number): string {
  return `n${index}`;
}

/** File of the n-th case. One each: Terraform reads a whole file again for every error that it shows. */
export function fileOf(index: number): string {
  return `${labelOf(index)}.tf.json`;
}

/** The files of a module with a resource for every case, by name. */
export function moduleFiles(placed: readonly Placed[]): Map<string, string> {
  const providers = [...new Set(placed.map(({ type }) => type.provider))];
  const main: JsonObject = {
    terraform: { required_providers: byName(providers, (name) => ({ source: SOURCES[name] })) },
    provider: byName(providers, (name) => SETTINGS[name]),
    resource: { terraform_data: { unknown: {} } },
  };
  const files = new Map([["main.tf.json", JSON.stringify(main)]]);
  for (const [index, { type, case: one }] of placed.entries()) {
    const body: JsonObject =
      type.provider === "google-beta" ? { ...one.config, provider: type.provider } : one.config;
    files.set(fileOf(index), JSON.stringify({ resource: { [type.type]: { [labelOf(index)]: body } } }));
  }
  return files;
}

function byName(providers: ProviderName[], make: (name: ProviderName) => JsonObject): JsonObject {
  return Object.fromEntries(providers.map((name) => [name, make(name)]));
}

/** A state file with the resources that exist already. */
export function stateText(placed: readonly Placed[]): string {
  const resources = placed.flatMap(({ type, from }, index) => (from ? [stateRecord(type, from, index)] : []));
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: {},
    resources,
  });
}

function stateRecord(type: TypeCases, from: CorpusCase, index: number): JsonObject {
  return {
    mode: "managed",
    type: type.type,
    name: labelOf(index),
    provider: `provider["registry.terraform.io/${SOURCES[type.provider]}"]`,
    instances: [
      {
        schema_version: type.schema_version,
        attributes: from.state ?? {},
        sensitive_attributes: markedPaths(from.state_sensitive ?? {}),
      },
    ],
  };
}

/** The paths that a mask marks, as a state file writes them. */
export function markedPaths(mask: Json, path: Json[] = []): Json[] {
  if (mask === true) return [path];
  if (Array.isArray(mask)) {
    return mask.flatMap((item, index) =>
      markedPaths(item, [...path, { type: "index", value: { value: index, type: "number" } }]),
    );
  }
  if (typeof mask !== "object" || mask === null) return [];
  return Object.entries(mask).flatMap(([name, item]) =>
    markedPaths(item, [...path, { type: "get_attr", value: name }]),
  );
}
