import type { ConfiguredProvider } from "../providers/contract";
import type { DataSourceType, ResourceType } from "../schemas/model";
import type { CloudStore } from "../store/contract";
import type { ObjectValue } from "../values/value";
import { ApiError, errorDiagnostic, ProviderError } from "./api-error";
import type { Failing } from "./behaviour";
import type { ApplyOutcome, ApplyRequest, CreateServices, Services } from "./contract";
import { applyChange } from "./engine/apply";
import { readDataSource } from "./engine/data-source";
import { importObject } from "./engine/import";
import { readObject } from "./engine/read";
import { projectOf } from "./engine/scene";
import { atlasWording, googleWording } from "./generic/wording";
import { behaviourOf } from "./registry";

/** The simulated APIs over one store. Every call is one transaction: refused, it changes nothing. */
export const createServices: CreateServices = (store: CloudStore): Services => ({
  async apply(request: ApplyRequest): Promise<ApplyOutcome> {
    const behaviour = behaviourOf(request.type);
    const operation = request.planned === null ? "delete" : request.prior === null ? "create" : "update";
    try {
      return await store.transact((cloud) => applyChange(request, behaviour, cloud));
    } catch (error) {
      const object = request.planned ?? request.prior ?? {};
      const failing = {
        operation,
        object,
        type: request.type,
        project: projectOf(object, request.provider),
      } as const;
      return { state: request.prior, diagnostics: [worded(error, failing)] };
    }
  },

  async read(type: ResourceType, provider: ConfiguredProvider, current: ObjectValue) {
    try {
      const state = store.read((cloud) => readObject(type, provider, current, behaviourOf(type), cloud));
      return { state, diagnostics: [] };
    } catch (error) {
      const project = projectOf(current, provider);
      return {
        state: current,
        diagnostics: [worded(error, { operation: "read", object: current, type, project })],
      };
    }
  },

  async import(type: ResourceType, provider: ConfiguredProvider, id: string) {
    try {
      const state = store.read((cloud) => importObject(type, provider, id, behaviourOf(type), cloud));
      return { state, diagnostics: [] };
    } catch (error) {
      const project = projectOf({}, provider);
      return {
        state: null,
        diagnostics: [worded(error, { operation: "import", object: { id }, type, project })],
      };
    }
  },

  async readDataSource(type: DataSourceType, provider: ConfiguredProvider, config: ObjectValue) {
    const asResource: ResourceType = { ...type, schemaVersion: 0, facts: { attrs: {} } };
    try {
      const state = store.read((cloud) =>
        readDataSource(type, provider, config, behaviourOf(asResource), cloud),
      );
      return { state, diagnostics: [] };
    } catch (error) {
      const failing = {
        operation: "read",
        object: config,
        type: asResource,
        project: projectOf(config, provider),
      } as const;
      return { state: null, diagnostics: [worded(error, failing)] };
    }
  },
});

/** A refusal in the provider's words; anything else is a bug and goes on. */
function worded(error: unknown, failing: Failing) {
  if (error instanceof ProviderError) return errorDiagnostic(error.message, error.detail, error.path);
  if (!(error instanceof ApiError)) throw error;
  const standard = failing.type.provider === "mongodbatlas" ? atlasWording : googleWording;
  const { summary, detail, path } = (behaviourOf(failing.type).wording ?? standard)(error, failing);
  return errorDiagnostic(summary, detail, path);
}
