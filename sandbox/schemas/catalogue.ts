import { basename, join } from "node:path";
import { frameworkBlock } from "./framework-block";
import type { BlockSchema, DataSourceType, ProviderName, ResourceFacts, ResourceType } from "./model";
import { PackedRecords } from "./packed-records";
import { sdkBlock } from "./sdk-block";

/** The vendored data lies beside this file; a bundle runs from `sandbox/dist`. */
const folder = basename(__dirname) === "dist" ? join(__dirname, "..", "schemas") : __dirname;
const PROVIDER_BLOCK = "(provider)";

function packed<T>(kind: "facts" | "bindings"): Record<ProviderName, PackedRecords<T>> {
  const open = (provider: ProviderName) => new PackedRecords<T>(join(folder, kind, `${provider}.jsonl.gz`));
  return { google: open("google"), "google-beta": open("google-beta"), mongodbatlas: open("mongodbatlas") };
}

const facts = packed<ResourceFacts>("facts");
const bindings = packed<BlockSchema>("bindings");
const resourceTypes = new Map<string, ResourceType>();
const dataSourceTypes = new Map<string, DataSourceType>();

/** All resource types of a provider. */
export function resourceTypeNames(provider: ProviderName): string[] {
  const own = facts[provider].names();
  return provider === "google-beta" ? [...new Set([...facts.google.names(), ...own])].sort() : own;
}

/** A resource type with its facts and schema; undefined when the provider has none of that name. */
export function resourceType(provider: ProviderName, name: string): ResourceType | undefined {
  const key = `${provider} ${name}`;
  const known = resourceTypes.get(key);
  if (known) return known;
  // google-beta's own facts are those that differ from google's.
  const found =
    facts[provider].get(name) ?? (provider === "google-beta" ? facts.google.get(name) : undefined);
  if (!found) return undefined;
  const type: ResourceType = {
    name,
    provider,
    schemaVersion: found.schemaVersion ?? 0,
    block: found.framework ? frameworkBlock(found) : sdkBlock(found),
    facts: found,
  };
  resourceTypes.set(key, type);
  return type;
}

/** All data sources of a provider. */
export function dataSourceTypeNames(provider: ProviderName): string[] {
  return bindings[provider].names().filter((name) => name !== PROVIDER_BLOCK);
}

/** A data source; undefined when the provider has none of that name. */
export function dataSourceType(provider: ProviderName, name: string): DataSourceType | undefined {
  const key = `${provider} ${name}`;
  const known = dataSourceTypes.get(key);
  if (known) return known;
  const block = name === PROVIDER_BLOCK ? undefined : bindings[provider].get(name);
  if (!block) return undefined;
  const type: DataSourceType = { name, provider, block };
  dataSourceTypes.set(key, type);
  return type;
}

/** The schema of a provider's own configuration block. */
export function providerBlock(provider: ProviderName): BlockSchema {
  const block = bindings[provider].get(PROVIDER_BLOCK);
  if (!block) throw new Error(`the vendored bindings hold no provider block of ${provider}`);
  return block;
}
