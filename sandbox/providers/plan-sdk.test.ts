import type { AttributeFacts, ResourceType } from "../schemas/model";
import { sdkBlock } from "../schemas/sdk-block";
import { type ObjectValue, UNKNOWN } from "../values/value";
import type { PlanOutcome } from "./contract";
import { providerLogic } from "./provider-logic";
import { conformToBlock } from "./sdk/upgrade";

const provider = { name: "google" as const, config: { project: "acme-dev", region: "europe-west1" } };

function typeOf(attrs: { [name: string]: AttributeFacts }, timeouts?: string[]): ResourceType {
  const facts = { attrs, ...(timeouts ? { timeouts } : {}) };
  return { name: "google_made_up", provider: "google", schemaVersion: 0, block: sdkBlock(facts), facts };
}

/** Plans as Terraform asks for it: what is not configured and computed is proposed as it is in state. */
function plan(type: ResourceType, config: ObjectValue, state?: ObjectValue): PlanOutcome {
  const full = conformed(type, config);
  const prior = state ? conformed(type, { id: "the-id", ...state }) : null;
  const proposed = { ...full };
  for (const [name, { computed }] of Object.entries(type.block.attributes)) {
    if (computed && prior && (full[name] ?? null) === null) proposed[name] = prior[name] ?? null;
  }
  return providerLogic.planResource({ type, provider, prior, proposed, config: full });
}

function conformed(type: ResourceType, value: ObjectValue): ObjectValue {
  const full = conformToBlock(value, type.block);
  for (const [name, own] of Object.entries(value)) if (own === UNKNOWN) full[name] = UNKNOWN;
  return full;
}

const size: AttributeFacts = { type: "int", optional: 1, computed: 1 };
const name: AttributeFacts = { type: "string", required: 1, forceNew: 1 };

test("a creation fills in defaults and leaves to the provider what only it can tell", () => {
  // GIVEN a type with a default, a computed attribute and an optional one
  const type = typeOf({
    name,
    size,
    mode: { type: "string", optional: 1, default: "FAST" },
    note: { type: "string", optional: 1 },
  });

  // WHEN only the required attribute is given
  const { planned, diagnostics } = plan(type, { name: "a" });

  // THEN
  expect(diagnostics).toEqual([]);
  expect(planned).toEqual({ id: UNKNOWN, name: "a", size: UNKNOWN, mode: "FAST", note: null });
});

test("an optional and computed attribute that is no longer given keeps its value", () => {
  const type = typeOf({ name, size });
  const { planned, requiresReplace } = plan(type, { name: "a" }, { name: "a", size: 3 });
  expect(planned.size).toBe(3);
  expect(requiresReplace).toEqual([]);
});

test("nothing and zero are the same, a zero default is not planned again", () => {
  const type = typeOf({ name, on: { type: "bool", optional: 1 }, note: { type: "string", optional: 1 } });
  const state = { name: "a", on: false, note: "" };
  const { planned } = plan(type, { name: "a" }, state);
  expect(planned).toMatchObject(state);
});

test("a change inside a block that forces a new resource names the attribute, in a set the set", () => {
  // GIVEN a list and a set of blocks whose fields can't be changed
  const fields = { cidr: { type: "string", required: 1, forceNew: 1 } } as const;
  const type = typeOf({
    name,
    ranges: { type: "list", optional: 1, attrs: { ...fields } },
    peers: { type: "set", optional: 1, attrs: { ...fields } },
  });

  // WHEN one field of each changes
  const before = { name: "a", ranges: [{ cidr: "1" }, { cidr: "2" }], peers: [{ cidr: "1" }] };
  const { planned, requiresReplace } = plan(
    type,
    { name: "a", ranges: [{ cidr: "1" }, { cidr: "3" }], peers: [{ cidr: "9" }] },
    before,
  );

  // THEN
  expect(planned.peers).toEqual([{ cidr: "9" }]);
  expect(requiresReplace).toEqual(expect.arrayContaining([["ranges", 1, "cidr"], ["peers"], ["id"]]));
  expect(requiresReplace).toHaveLength(3);
});

test("elements of a set are the same in any order", () => {
  const type = typeOf({ name, tags: { type: "set", optional: 1, elem: { type: "string" } } });
  const state = { name: "a", tags: ["x", "y"] };
  const { planned } = plan(type, { name: "a", tags: ["y", "x"] }, state);
  expect(planned.tags).toEqual(["x", "y"]);
});

test("an unknown list makes the whole list unknown, an unknown map value the map", () => {
  const type = typeOf({
    name,
    tags: { type: "list", optional: 1, elem: { type: "string" } },
    labels: { type: "map", optional: 1, elem: { type: "string" } },
  });
  const config = conformed(type, { name: "a", tags: ["x"] });
  config.tags = ["x", UNKNOWN];
  config.labels = { a: UNKNOWN, b: "c" };
  const { planned } = providerLogic.planResource({ type, provider, prior: null, proposed: config, config });
  expect(planned.tags).toBe(UNKNOWN);
  expect(planned.labels).toBe(UNKNOWN);
});

test("write-only values are never planned, timeouts are copied and must be durations", () => {
  const type = typeOf({ name, secret: { type: "string", optional: 1, writeOnly: 1 } }, ["create"]);
  const good = plan(type, { name: "a", secret: "s3cret", timeouts: { create: "90s" } });
  const bad = plan(type, { name: "a", timeouts: { create: "soon" } });
  expect(good.planned).toMatchObject({ secret: null, timeouts: { create: "90s" } });
  expect(bad.diagnostics).toEqual([
    { severity: "error", summary: 'Error parsing "create" timeout: time: invalid duration "soon"' },
  ]);
});

test("nothing may be null inside a list", () => {
  const type = typeOf({ name, tags: { type: "list", optional: 1, elem: { type: "string" } } });
  const config = conformed(type, { name: "a" });
  config.tags = ["x", null];
  const { diagnostics } = providerLogic.planResource({
    type,
    provider,
    prior: null,
    proposed: config,
    config,
  });
  expect(diagnostics).toMatchObject([{ summary: "Null value found in list", path: ["tags", 1] }]);
});
