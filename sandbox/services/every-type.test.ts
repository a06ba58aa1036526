import { resourceType, resourceTypeNames } from "../schemas/catalogue";
import type { BlockSchema, ResourceType, TypeExpression } from "../schemas/model";
import { hasUnknown, type ObjectValue, type Value } from "../values/value";
import { errorsOf, planOf, providerOf, TrialCloud } from "./trial-cloud";

/** The least configuration that a schema accepts. */
function leastConfig(block: BlockSchema): ObjectValue {
  const config: ObjectValue = {};
  for (const [name, schema] of Object.entries(block.attributes)) {
    if (schema.required === true)
      config[name] = schema.nested === undefined ? sample(schema.type ?? "string", name) : [];
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    if (nested.minItems > 0) config[name] = [leastConfig(nested.block)];
  }
  return config;
}

function sample(type: TypeExpression, name: string): Value {
  if (type === "string") return name === "project" ? "acme-dev" : `sample-${name.replaceAll("_", "-")}`;
  if (type === "number") return 1;
  if (type === "bool") return true;
  if (typeof type === "string") return null;
  if (type[0] === "map") return {};
  if (type[0] === "object") {
    return Object.fromEntries(Object.entries(type[1]).map(([key, inner]) => [key, sample(inner, key)]));
  }
  return [sample(type[1], name)];
}

/** Types whose import id is their id. */
function importable(type: ResourceType): boolean {
  return (
    type.facts.importer === 1 && !/_iam_(member|binding|policy|audit_config)$|^mongodbatlas_/.test(type.name)
  );
}

async function importedAgain(
  trial: TrialCloud,
  type: ResourceType,
  state: ObjectValue,
): Promise<ObjectValue | null> {
  const imported = await trial.services.import(type, providerOf(type), String(state.id));
  if (imported.state === null) return null;
  return (await trial.services.read(type, providerOf(type), imported.state)).state;
}

describe.each(["google", "google-beta", "mongodbatlas"] as const)("every resource type of %s", (provider) => {
  let trial: TrialCloud;
  beforeAll(() => {
    trial = new TrialCloud();
  });
  afterAll(() => trial.close());

  test("WHEN it is created with the least THEN every value is known, a read changes nothing, it is imported by its id, and it can go again", async () => {
    const own = resourceTypeNames(provider).filter(
      (name) => provider !== "google-beta" || resourceType("google", name) === undefined,
    );
    let accepted = 0;
    const notImported: string[] = [];
    for (const name of own) {
      const type = resourceType(provider, name);
      if (type === undefined) throw new Error(`no ${name}`);
      const config = leastConfig(type.block);
      const request = { type, provider: providerOf(type), config };
      const planned = planOf(type.block, type.facts.attrs, config);

      const outcome = await trial.services.apply({ ...request, prior: null, planned });

      if (outcome.state === null) {
        // A rule of its service refuses: what it needs isn't there.
        expect([name, errorsOf(outcome).length]).toEqual([name, 1]);
        continue;
      }
      accepted += 1;
      expect([name, hasUnknown(outcome.state)]).toEqual([name, false]);
      const read = await trial.services.read(type, request.provider, outcome.state);
      expect([name, read.state]).toEqual([name, outcome.state]);
      if (importable(type) && (await importedAgain(trial, type, outcome.state)) === null)
        notImported.push(name);
      const prior = {
        ...outcome.state,
        ...("deletion_policy" in outcome.state ? { deletion_policy: "DELETE" } : {}),
      };
      const gone = await trial.services.apply({ ...request, prior, planned: null });
      expect([name, gone.state, errorsOf(gone)]).toEqual([name, null, []]);
    }
    // A few importers want more of a name than a sample has.
    expect(notImported.length).toBeLessThanOrEqual(own.length * 0.02);
    expect(accepted).toBeGreaterThan(provider === "mongodbatlas" ? 8 : own.length * 0.6);
  });
});
