import type { ConfiguredProvider } from "../providers/contract";
import type { DataSourceType, ResourceType } from "../schemas/model";
import type { CloudStore } from "../store/contract";
import type { Diagnostic } from "../values/diagnostic";
import type { ObjectValue } from "../values/value";
import { ApiError, errorDiagnostic, ProviderError } from "./api-error";
import { atlasWording } from "./atlas/wording";
import type { Failing, Operation } from "./behaviour";
import type { ApplyOutcome, ApplyRequest, CreateServices, Services } from "./contract";
import { applyChange } from "./engine/apply";
import { readDataSource } from "./engine/data-source";
import { importObject } from "./engine/import";
import { readObject } from "./engine/read";
import { projectOf } from "./engine/scene";
import { googleWording } from "./google/wording";
import { behaviourOf } from "./registry";

/** The simulated APIs over one store. Every call is one transaction: refused, it changes nothing. */
export const createServices: CreateServices = (store: CloudStore): Services => ({
  async apply(request: ApplyRequest): Promise<ApplyOutcome> {
    const { type, provider, prior, planned } = request;
    const operation = planned === null ? "delete" : prior === null ? "create" : "update";
    try {
      return await store.transact((cloud) => applyChange(request, behaviourOf(type), cloud));
    } catch (error) {
      const failing = failingOf(operation, type, provider, planned ?? prior ?? {});
      return { state: prior, diagnostics: [worded(error, failing)] };
    }
  },

  async read(type: ResourceType, provider: ConfiguredProvider, current: ObjectValue) {
    try {
      const state = store.read((cloud) => readObject(type, provider, current, behaviourOf(type), cloud));
      return { state, diagnostics: [] };
    } catch (error) {
      const failing = failingOf("read", type, provider, current);
      return { state: current, diagnostics: [worded(error, failing)] };
    }
  },

  async import(type: ResourceType, provider: ConfiguredProvider, id: string) {
    try {
      const state = store.read((cloud) => importObject(type, provider, id, behaviourOf(type), cloud));
      return { state, diagnostics: [] };
    } catch (error) {
      return { state: null, diagnostics: [worded(error, failingOf("import", type, provider, { id }))] };
    }
  },

  async readDataSource(type: DataSourceType, provider: ConfiguredProvider, config: ObjectValue) {
    const asResource: ResourceType = { ...type, schemaVersion: 0, facts: { attrs: {} } };
    try {
      const behaviour = behaviourOf(asResource);
      const state = store.read((cloud) => readDataSource(type, provider, config, behaviour, cloud));
      return { state, diagnostics: [] };
    } catch (error) {
      return { state: null, diagnostics: [worded(error, failingOf("read", asResource, provider, config))] };
    }
  },
});

function failingOf(
  operation: Operation,
  type: ResourceType,
  provider: ConfiguredProvider,
  object: ObjectValue,
): Failing {
  return { operation, type, provider, object, project: projectOf(object, provider) };
}

/** A refusal in the provider's words; anything else is a bug and goes on. */
function worded(error: unknown, failing: Failing): Diagnostic {
  if (error instanceof ProviderError) return errorDiagnostic(error.message, error.detail, error.path);
  if (!(error instanceof ApiError)) throw error;
  const standard = failing.type.provider === "mongodbatlas" ? atlasWording : googleWording;
  const { summary, detail, path } = (behaviourOf(failing.type).wording ?? standard)(error, failing);
  return errorDiagnostic(summary, detail, path);
}
