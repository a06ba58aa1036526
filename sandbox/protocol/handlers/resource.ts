import type { ResourceType } from "../../schemas/model";
import type { Diagnostic } from "../../values/diagnostic";
import { pathMessage } from "../attribute-paths";
import { decodeObject, encodeObject } from "../codec";
import { diagnosticMessages } from "../diagnostic-messages";
import { parseExactJson } from "../exact-numbers";
import {
  configuredProvider,
  type HandlerContext,
  type Handlers,
  hasError,
  passFaults,
  Refusal,
  resourceTypeOf,
} from "./context";

type ResourceCalls = "validateResource" | "upgradeState" | "read" | "plan" | "apply" | "import" | "move";

/** The life of a resource: what Terraform asks while it validates, plans, applies, refreshes and imports. */
export function resourceHandlers(context: HandlerContext): Pick<Handlers, ResourceCalls> {
  const { logic, services } = context;
  return {
    async validateResource(request) {
      const type = resourceTypeOf(context, request.type_name);
      const warnings = await passFaults(context, "validate", type.name);
      const config = decodeObject(request.config, type.block);
      const found = config === null ? [] : logic.validateResource(type, config);
      return { diagnostics: diagnosticMessages([...warnings, ...found], type.block) };
    },

    upgradeState(request) {
      const type = resourceTypeOf(context, request.type_name);
      const raw = rawState(type, request.raw_state?.json);
      return { upgraded_state: encodeObject(logic.upgradeState(type, raw), type.block) };
    },

    async read(request, client) {
      const type = resourceTypeOf(context, request.type_name);
      const provider = configuredProvider(context, client);
      const warnings = await passFaults(context, "read", type.name);
      const current = decodeObject(request.current_state, type.block);
      if (current === null) return { new_state: encodeObject(null, type.block) };
      const { state, diagnostics } = await services.read(type, provider, current);
      const refreshed = state && logic.normaliseState(type, state, current, "refresh");
      return {
        new_state: hasError(diagnostics)
          ? (request.current_state ?? undefined)
          : encodeObject(refreshed, type.block),
        private: request.private,
        diagnostics: diagnosticMessages([...warnings, ...diagnostics], type.block),
      };
    },

    async plan(request, client) {
      const type = resourceTypeOf(context, request.type_name);
      const provider = configuredProvider(context, client);
      const warnings = await passFaults(context, "plan", type.name);
      const proposed = decodeObject(request.proposed_new_state, type.block);
      if (proposed === null) {
        return {
          planned_state: encodeObject(null, type.block),
          planned_private: request.prior_private,
          diagnostics: diagnosticMessages(warnings),
        };
      }
      const outcome = logic.planResource({
        type,
        provider,
        prior: decodeObject(request.prior_state, type.block),
        proposed,
        config: decodeObject(request.config, type.block) ?? {},
      });
      return {
        planned_state: encodeObject(outcome.planned, type.block),
        requires_replace: outcome.requiresReplace.map((path) => pathMessage(path, type.block)),
        planned_private: request.prior_private,
        diagnostics: diagnosticMessages([...warnings, ...outcome.diagnostics], type.block),
        legacy_type_system: isLegacy(type),
      };
    },

    async apply(request, client) {
      const type = resourceTypeOf(context, request.type_name);
      const provider = configuredProvider(context, client);
      const prior = decodeObject(request.prior_state, type.block);
      const planned = decodeObject(request.planned_state, type.block);
      const operation = planned === null ? "delete" : prior === null ? "create" : "update";
      const warnings = await passFaults(context, operation, type.name);
      const config = decodeObject(request.config, type.block);
      const outcome = await services.apply({ type, provider, prior, planned, config });
      const settled =
        outcome.state && planned && !hasError(outcome.diagnostics)
          ? logic.normaliseState(type, outcome.state, planned, "apply")
          : outcome.state;
      return {
        new_state: encodeObject(settled, type.block),
        private: request.planned_private,
        diagnostics: diagnosticMessages([...warnings, ...outcome.diagnostics], type.block),
        legacy_type_system: isLegacy(type),
      };
    },

    async import(request, client) {
      const type = resourceTypeOf(context, request.type_name);
      const provider = configuredProvider(context, client);
      const warnings = await passFaults(context, "import", type.name);
      if (!type.facts.importer) {
        throw Refusal.of(`resource ${type.name} doesn't support import`, "");
      }
      const { state, diagnostics } = await services.import(type, provider, request.id);
      if (state === null && !hasError(diagnostics)) diagnostics.push(nothingToImport(type, request.id));
      return {
        imported_resources:
          state === null ? [] : [{ type_name: type.name, state: encodeObject(state, type.block) }],
        diagnostics: diagnosticMessages([...warnings, ...diagnostics], type.block),
      };
    },

    /** Only asked when a `moved` block changes the type; the types here take over no other type's state. */
    move(request) {
      const type = resourceTypeOf(context, request.target_type_name);
      throw Refusal.of(
        "Move Resource State Not Supported",
        `The "${type.name}" resource type does not take over the state of "${request.source_type_name}".`,
      );
    },
  };
}

/** The plugin SDK's looser rules for plans, which Terraform must know of. */
function isLegacy(type: ResourceType): boolean {
  return !type.facts.framework;
}

function rawState(type: ResourceType, json: Uint8Array | undefined): unknown {
  if (json === undefined || json.length === 0) {
    throw Refusal.of(
      "State too old",
      `The state of this ${type.name} was written by Terraform 0.11 or older.`,
    );
  }
  try {
    return parseExactJson(Buffer.from(json).toString("utf8"));
  } catch {
    throw Refusal.of("Unreadable state", `The state of this ${type.name} is not JSON.`);
  }
}

function nothingToImport(type: ResourceType, id: string): Diagnostic {
  return {
    severity: "error",
    summary: "Cannot import non-existent remote object",
    detail: `The sandbox holds no ${type.name} with the id "${id}".`,
  };
}
