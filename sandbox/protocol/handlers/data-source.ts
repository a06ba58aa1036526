import { dataSourceType } from "../../schemas/catalogue";
import type { DataSourceType } from "../../schemas/model";
import { decodeObject, encodeObject } from "../codec";
import { diagnosticMessages } from "../diagnostic-messages";
import { configuredProvider, type HandlerContext, type Handlers, passFaults, Refusal } from "./context";

/** Data sources. Terraform checks their configuration against the schema; nothing more is known of them. */
export function dataSourceHandlers(context: HandlerContext): Pick<Handlers, "validateData" | "readData"> {
  const typeOf = (name: string): DataSourceType => {
    const type = dataSourceType(context.provider, name);
    if (type) return type;
    throw Refusal.of(
      "Unknown data source",
      `The sandbox's provider ${context.provider} has no data source "${name}".`,
    );
  };
  return {
    validateData(request) {
      decodeObject(request.config, typeOf(request.type_name).block);
      return {};
    },

    async readData(request, client) {
      const type = typeOf(request.type_name);
      const provider = configuredProvider(context, client);
      const warnings = await passFaults(context, "read", type.name);
      const config = decodeObject(request.config, type.block) ?? {};
      const { state, diagnostics } = await context.services.readDataSource(type, provider, config);
      return {
        state: encodeObject(state, type.block),
        diagnostics: diagnosticMessages([...warnings, ...diagnostics], type.block),
      };
    },
  };
}
