import type { UsedTypes } from "../protocol/handlers/context";
import type { ProviderName } from "../schemas/model";

/** That a type stands somewhere. */
export interface TypeUse {
  readonly kind: "resource" | "data";
  readonly type: string;
  /** Whose it is. @default - not known: it may be any provider's that has such a type */
  readonly provider?: ProviderName;
}

const sources: Readonly<Record<string, ProviderName>> = {
  "hashicorp/google": "google",
  "hashicorp/google-beta": "google-beta",
  "mongodb/mongodbatlas": "mongodbatlas",
};

/** What each provider is asked about. */
export function byProvider(uses: readonly TypeUse[]): Map<ProviderName, UsedTypes> {
  const providers = Object.values(sources);
  const found = new Map(
    providers.map((provider) => [provider, { resource: new Set<string>(), data: new Set<string>() }]),
  );
  for (const { kind, type, provider } of uses) {
    for (const one of provider === undefined ? providers : [provider]) found.get(one)?.[kind].add(type);
  }
  return new Map(
    [...found].map(([provider, { resource, data }]) => [provider, { resources: resource, data }]),
  );
}

/** Types of a configuration in Terraform's native syntax, by their blocks' labels. */
export function usesInHcl(text: string): TypeUse[] {
  return [...text.matchAll(/\b(resource|data)\s+"([\w-]+)"/g)].map(([, kind, type = ""]) => ({
    kind: kind === "data" ? "data" : "resource",
    type,
  }));
}

type Json = { readonly [name: string]: unknown };

/**
 * Types of a configuration in JSON; throws when it is none. What is malformed in it is Terraform's to refuse.
 *
 * @param isRoot whether it is a whole configuration: what its providers' names mean then stands in it
 */
export function usesInJson(text: string, isRoot: boolean): TypeUse[] {
  const { terraform, resource, data } = (JSON.parse(text) ?? {}) as Json;
  const required = Object.assign({}, ...blocks(terraform).flatMap((one) => blocks(one.required_providers)));
  const whose = (type: string, body: Json) =>
    isRoot ? providerOf(type, body.provider, required) : undefined;
  const usesIn = (kind: TypeUse["kind"], block: unknown) =>
    blocks(block).flatMap((types) =>
      Object.entries(types).flatMap(([type, named]) => {
        const providers = new Set(
          blocks(named)
            .flatMap(Object.values)
            .flatMap(blocks)
            .map((body) => whose(type, body)),
        );
        return [...(providers.size > 0 ? providers : [undefined])].map((provider) => ({
          kind,
          type,
          ...(provider === undefined ? {} : { provider }),
        }));
      }),
    );
  return [...usesIn("resource", resource), ...usesIn("data", data)];
}

/** A block may also be written as a list of objects. */
function blocks(value: unknown): Json[] {
  return [value].flat().filter((one): one is Json => typeof one === "object" && one !== null);
}

/**
 * @param named the resource's own choice: `google-beta`, `google-beta.other`
 * @param required what the configuration's names of providers stand for
 */
function providerOf(type: string, named: unknown, required: Json): ProviderName | undefined {
  const reference = typeof named === "string" ? named : type.split("_", 1)[0];
  const [name = ""] = /[\w-]+/.exec(reference ?? "") ?? [];
  const { source } = (required[name] ?? {}) as Json;
  // A source may leave out the registry's host, and HashiCorp's own name before a provider's.
  const [own = name, namespace = "hashicorp"] = typeof source === "string" ? source.split("/").reverse() : [];
  return sources[`${namespace}/${own}`];
}

/** As Terraform writes a resource of a state; a word too many, as in an attribute, does no harm. */
const inState =
  /(?:"mode":\s*"(managed|data)",\s*)?"type":\s*"([a-z][\w-]*)"(?:,\s*"name":\s*"[^"]*",\s*"provider":\s*"[^"\\]*\\"[^"\\]*?([\w-]+\/[\w-]+)\\")?/g;

/** Types of a state; its text is enough, because parsing megabytes takes long. */
export function usesInState(text: string): TypeUse[] {
  const found = new Map<string, TypeUse>();
  for (const [, mode, type = "", source = ""] of text.matchAll(inState)) {
    const provider = sources[source];
    const use: TypeUse = {
      kind: mode === "data" ? "data" : "resource",
      type,
      ...(provider ? { provider } : {}),
    };
    found.set(`${use.kind} ${type} ${provider}`, use);
  }
  return [...found.values()];
}
