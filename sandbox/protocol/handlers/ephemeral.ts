import { ephemeralType } from "../../schemas/ephemeral-types";
import type { DataSourceType } from "../../schemas/model";
import { decodeObject, encodeObject } from "../codec";
import { diagnosticMessages } from "../diagnostic-messages";
import { configuredProvider, type HandlerContext, type Handlers, passFaults, Refusal } from "./context";

type EphemeralCalls = "validateEphemeral" | "openEphemeral" | "renewEphemeral" | "closeEphemeral";

/** Ephemeral resources: answered as the data source of the same name is, and never renewed. */
export function ephemeralHandlers(context: HandlerContext): Pick<Handlers, EphemeralCalls> {
  const typeOf = (name: string): DataSourceType => {
    const type = ephemeralType(context.provider, name);
    if (type) return type;
    throw Refusal.of(
      "Unknown ephemeral resource type",
      `The sandbox's provider ${context.provider} has no ephemeral resource type "${name}".`,
    );
  };
  return {
    validateEphemeral(request) {
      decodeObject(request.config, typeOf(request.type_name).block);
      return {};
    },

    async openEphemeral(request, client) {
      const type = typeOf(request.type_name);
      const provider = configuredProvider(context, client);
      const warnings = await passFaults(context, "read", type.name);
      const config = decodeObject(request.config, type.block) ?? {};
      const { state, diagnostics } = await context.services.readDataSource(type, provider, config);
      return {
        result: encodeObject(state, type.block),
        diagnostics: diagnosticMessages([...warnings, ...diagnostics], type.block),
      };
    },

    renewEphemeral: () => ({}),
    closeEphemeral: () => ({}),
  };
}
