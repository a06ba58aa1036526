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

/** What everything else in this file counts on: the n-th case is resource `n<n>`, on line {@link FIRST_LINE} + n. */
export const FIRST_LINE = 3;

/** Name of the resource of the n-th case. */
export function labelOf(index: number): string {
  return `n${index}`;
}

/** A module with one resource per line. */
export function moduleText(placed: readonly Placed[]): string {
  const providers = [...new Set(placed.map(({ type }) => type.provider))];
  const head = {
    terraform: { required_providers: byName(providers, (name) => ({ source: SOURCES[name] })) },
    provider: byName(providers, (name) => SETTINGS[name]),
  };
  const resources = placed.map(({ type, case: { config } }, index) => {
    const body: JsonObject =
      type.provider === "google-beta" ? { ...config, provider: type.provider } : config;
    return `{${JSON.stringify(type.type)}:{${JSON.stringify(labelOf(index))}:${JSON.stringify(body)}}}`;
  });
  return [
    `${JSON.stringify(head).slice(0, -1)},`,
    '"resource":[',
    ...resources.map((resource) => `${resource},`),
    '{"terraform_data":{"unknown":{}}}]}',
    "",
  ].join("\n");
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
