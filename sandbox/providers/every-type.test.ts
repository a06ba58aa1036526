import { resourceType, resourceTypeNames } from "../schemas/catalogue";
import type { AttributeFacts, ProviderName, ResourceType } from "../schemas/model";
import { isObject, isUnknown, type ObjectValue, type Value } from "../values/value";
import { providerLogic } from "./provider-logic";
import { conformToBlock } from "./sdk/upgrade";

const PROVIDERS: ProviderName[] = ["google", "google-beta", "mongodbatlas"];
const config = { project: "acme-dev", region: "europe-west1", zone: "europe-west1-b" };

/** The least that Terraform accepts: required attributes and blocks. */
function least(attrs: { [name: string]: AttributeFacts }): ObjectValue {
  const result: ObjectValue = {};
  for (const [name, facts] of Object.entries(attrs)) if (facts.required) result[name] = exampleOf(facts);
  return result;
}

function exampleOf(facts: AttributeFacts): ObjectValue[string] {
  const kind = facts.type ?? facts.kind ?? "";
  if (facts.attrs) return /^Single/.test(kind) ? least(facts.attrs) : [least(facts.attrs)];
  if (/^(list|set|List|Set)/.test(kind)) return [];
  if (/^(map|Map)/.test(kind)) return {};
  if (/^(bool|Bool)/.test(kind)) return true;
  if (/^(int|float|Int|Float|Number)/.test(kind)) return facts.range?.[0] ?? 1;
  return String(facts.enum?.[0] ?? "a-value");
}

test.each(PROVIDERS)("every resource type of %s validates and plans", (provider) => {
  // What google-beta shares with google is looked at once.
  const isShared = (name: string) => provider === "google-beta" && resourceType("google", name) !== undefined;
  const names = resourceTypeNames(provider).filter((name) => !isShared(name));
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    const type = resourceType(provider, name) as ResourceType;
    const wanted = conformToBlock(least(type.facts.attrs), type.block);
    const request = { type, provider: { name: provider, config }, config: wanted };

    providerLogic.validateResource(type, wanted);
    const created = providerLogic.planResource({ ...request, prior: null, proposed: wanted });
    const state = conformToBlock({ ...(known(created.planned) as ObjectValue), id: "the-id" }, type.block);
    const again = providerLogic.planResource({ ...request, prior: state, proposed: state });

    const expected = [...Object.keys(type.block.attributes), ...Object.keys(type.block.blocks)].sort();
    for (const { planned } of [created, again]) {
      expect({ name, keys: Object.keys(planned).sort() }).toEqual({ name, keys: expected });
    }
  }
});

/** What is known of a plan, null elsewhere. */
function known(planned: Value): Value {
  if (isUnknown(planned)) return null;
  if (Array.isArray(planned)) return planned.map(known);
  if (!isObject(planned)) return planned;
  return Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, known(value)]));
}
