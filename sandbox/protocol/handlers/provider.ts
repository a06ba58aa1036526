import {
  dataSourceType,
  dataSourceTypeNames,
  providerBlock,
  resourceType,
  resourceTypeNames,
} from "../../schemas/catalogue";
import { ephemeralType, ephemeralTypeNames } from "../../schemas/ephemeral-types";
import { decodeObject } from "../codec";
import { encodeSchema, encodeSchemaEntry } from "../schema-messages";
import { type HandlerContext, type Handlers, Refusal, resourceTypeOf } from "./context";
import { functionsOf } from "./functions";

type ProviderCalls =
  | "metadata"
  | "schema"
  | "identitySchemas"
  | "upgradeIdentity"
  | "validateProvider"
  | "configure"
  | "stop";

/** As the three real providers announce them. */
const CAPABILITIES = { plan_destroy: true, get_provider_schema_optional: true, move_resource_state: true };

/** The provider itself: what it has, and how it is configured. */
export function providerHandlers(context: HandlerContext): Pick<Handlers, ProviderCalls> {
  const { provider, protocol } = context;
  const named = (names: Iterable<string>) => Array.from(names, (type_name) => ({ type_name }));
  const resourceEntry = remembered((name) => {
    const type = resourceType(provider, name);
    return type && encodeSchemaEntry(name, type.block, type.schemaVersion, protocol);
  });
  const dataEntry = remembered((name) => {
    const type = dataSourceType(provider, name);
    return type && encodeSchemaEntry(name, type.block, 0, protocol);
  });
  const ephemeralEntry = remembered((name) => {
    const type = ephemeralType(provider, name);
    return type && encodeSchemaEntry(name, type.block, 0, protocol);
  });
  const ownSchema = remembered(() => encodeSchema(providerBlock(provider), 0, protocol));

  return {
    metadata: () => ({
      server_capabilities: CAPABILITIES,
      resources: named(resourceTypeNames(provider)),
      data_sources: named(dataSourceTypeNames(provider)),
      ephemeral_resources: named(ephemeralTypeNames(provider)),
      functions: Object.keys(functionsOf(provider)).map((name) => ({ name })),
    }),

    schema() {
      const used = context.typesInUse(provider);
      const resources = used === "all" ? resourceTypeNames(provider) : [...used.resources];
      const data = used === "all" ? dataSourceTypeNames(provider) : [...used.data];
      return {
        provider: ownSchema(""),
        server_capabilities: CAPABILITIES,
        resource_schemas: resources.flatMap((name) => resourceEntry(name) ?? []),
        data_source_schemas: data.flatMap((name) => dataEntry(name) ?? []),
        ephemeral_resource_schemas: ephemeralTypeNames(provider).flatMap(
          (name) => ephemeralEntry(name) ?? [],
        ),
        functions: functionsOf(provider),
      };
    },

    identitySchemas: () => ({}),

    upgradeIdentity(request) {
      const type = resourceTypeOf(context, request.type_name);
      throw Refusal.of("Resource identity not supported", `The type "${type.name}" has no identity.`);
    },

    validateProvider: (request) =>
      protocol === 5 && request.config !== null ? { prepared_config: request.config } : {},

    configure(request, client) {
      client.provider = {
        name: provider,
        config: decodeObject(request.config, providerBlock(provider)) ?? {},
      };
      return {};
    },

    stop: () => ({}),
  };
}

/** Encoded once per name. */
function remembered(encode: (name: string) => Buffer | undefined): (name: string) => Buffer | undefined {
  const known = new Map<string, Buffer | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, encode(name));
    return known.get(name);
  };
}
