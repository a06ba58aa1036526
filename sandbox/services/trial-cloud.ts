import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataSourceType, resourceType } from "../schemas/catalogue";
import type { AttributeFacts, BlockSchema, ProviderName, ResourceType } from "../schemas/model";
import { openStore, type SandboxStore } from "../store/open-store";
import type { Diagnostic } from "../values/diagnostic";
import { isObject, type ObjectValue, UNKNOWN, type Value } from "../values/value";
import type { ApplyOutcome, Services } from "./contract";
import { createServices } from "./services";

const settings: Record<ProviderName, ObjectValue> = {
  google: { project: "acme-dev", region: "europe-west1", zone: "europe-west1-b" },
  "google-beta": { project: "acme-dev", region: "europe-west1", zone: "europe-west1-b" },
  mongodbatlas: {},
};

/**
 * A cloud to try services on: the real store in a folder of its own, and plans as simple as a provider makes them
 * (configured values, defaults, unknown where the cloud chooses).
 */
export class TrialCloud {
  readonly #folder = mkdtempSync(join(tmpdir(), "services-"));
  readonly store: SandboxStore = openStore(this.#folder);
  readonly services: Services = createServices(this.store);

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async create(name: string, config: ObjectValue): Promise<ApplyOutcome> {
    const type = typeNamed(name);
    const planned = planOf(type.block, type.facts.attrs, config);
    return this.services.apply({ type, provider: providerOf(type), prior: null, planned, config });
  }

  /** Creates, and fails the test where the cloud refuses. */
  async created(name: string, config: ObjectValue): Promise<ObjectValue> {
    const { state, diagnostics } = await this.create(name, config);
    if (state === null || diagnostics.some(({ severity }) => severity === "error")) {
      throw new Error(`${name} was refused: ${diagnostics.map(({ summary }) => summary).join("; ")}`);
    }
    return state;
  }

  async update(name: string, prior: ObjectValue, changes: ObjectValue): Promise<ApplyOutcome> {
    const type = typeNamed(name);
    const planned = { ...prior, ...changes };
    return this.services.apply({ type, provider: providerOf(type), prior, planned, config: planned });
  }

  async destroy(name: string, prior: ObjectValue): Promise<ApplyOutcome> {
    const type = typeNamed(name);
    return this.services.apply({ type, provider: providerOf(type), prior, planned: null, config: null });
  }

  async read(name: string, current: ObjectValue): Promise<ObjectValue | null> {
    const type = typeNamed(name);
    const { state, diagnostics } = await this.services.read(type, providerOf(type), current);
    if (diagnostics.length > 0) throw new Error(diagnostics[0]?.summary);
    return state;
  }

  /** Imports as Terraform does: the importer's state, then a read of it. */
  async import(name: string, id: string): Promise<ObjectValue | null> {
    const type = typeNamed(name);
    const { state, diagnostics } = await this.services.import(type, providerOf(type), id);
    if (diagnostics.length > 0) throw new Error(diagnostics[0]?.summary);
    return state === null ? null : this.read(name, state);
  }

  async data(name: string, config: ObjectValue, provider: ProviderName = "google") {
    const type = dataSourceType(provider, name);
    if (type === undefined) throw new Error(`no data source ${name}`);
    return this.services.readDataSource(type, { name: provider, config: settings[provider] }, config);
  }

  /** Changes a stored object as somebody in the console would. */
  async edit(name: string, id: string, changes: ObjectValue): Promise<void> {
    await this.store.transact((cloud) => {
      const stored = cloud.get(name, id);
      if (stored === undefined) throw new Error(`no ${name} ${id}`);
      cloud.put({ ...stored, attributes: { ...stored.attributes, ...changes } });
    });
  }

  /** Deletes a stored object as somebody in the console would. */
  async vanish(name: string, id: string): Promise<void> {
    await this.store.transact((cloud) => cloud.delete(name, id));
  }
}

/** The summaries of what went wrong. */
export function errorsOf(outcome: { diagnostics: Diagnostic[] }): string[] {
  return outcome.diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);
}

/** The type of a name, of the provider that has it. */
export function typeNamed(name: string): ResourceType {
  const provider = name.startsWith("mongodbatlas_") ? "mongodbatlas" : "google";
  const type = resourceType(provider, name) ?? resourceType("google-beta", name);
  if (type === undefined) throw new Error(`no resource type ${name}`);
  return type;
}

export function providerOf(type: ResourceType): { name: ProviderName; config: ObjectValue } {
  return { name: type.provider, config: settings[type.provider] };
}

/** The planned values of a new object. */
export function planOf(
  block: BlockSchema,
  facts: { [name: string]: AttributeFacts },
  config: ObjectValue,
): ObjectValue {
  const planned: ObjectValue = {};
  for (const [name, schema] of Object.entries(block.attributes)) {
    const unset: Value = schema.computed === true ? UNKNOWN : (facts[name]?.default ?? null);
    const given = config[name] ?? unset;
    const nested = schema.nested;
    planned[name] =
      nested?.nesting === "single" && isObject(given)
        ? planOf({ attributes: nested.attributes, blocks: {} }, facts[name]?.attrs ?? {}, given)
        : given;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const given = config[name];
    const inner = facts[name]?.attrs ?? {};
    if (nested.nesting === "single") {
      planned[name] = isObject(given) ? planOf(nested.block, inner, given) : null;
    } else if (Array.isArray(given)) {
      planned[name] = given.map((item) => planOf(nested.block, inner, isObject(item) ? item : {}));
    } else {
      planned[name] = facts[name]?.computed === 1 ? UNKNOWN : [];
    }
  }
  return planned;
}
