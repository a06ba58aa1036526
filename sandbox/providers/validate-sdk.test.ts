import type { AttributeFacts, ResourceType } from "../schemas/model";
import { sdkBlock } from "../schemas/sdk-block";
import { type ObjectValue, UNKNOWN } from "../values/value";
import { providerLogic } from "./provider-logic";
import { conformToBlock } from "./sdk/upgrade";

function problems(attrs: { [name: string]: AttributeFacts }, config: ObjectValue): string[] {
  const facts = { attrs };
  const type: ResourceType = {
    name: "google_made_up",
    provider: "google",
    schemaVersion: 0,
    block: sdkBlock(facts),
    facts,
  };
  const full = conformToBlock(config, type.block);
  for (const [name, own] of Object.entries(config)) if (own === UNKNOWN) full[name] = UNKNOWN;
  return providerLogic
    .validateResource(type, full)
    .map(({ path = [], summary, detail }) => `${path.join(".")}: ${detail ?? summary}`);
}

test.each<[string, AttributeFacts, ObjectValue[string], string | undefined]>([
  ["an allowed value", { type: "string", optional: 1, enum: ["A", "B"] }, "A", undefined],
  ["another value", { type: "string", optional: 1, enum: ["A", "B"] }, "C", 'one of ["A" "B"], got C'],
  ["an unknown value", { type: "string", optional: 1, enum: ["A"] }, UNKNOWN, undefined],
  ["a number in range", { type: "int", optional: 1, range: [1, 5] }, 5, undefined],
  ["a number out of range", { type: "int", optional: 1, range: [1, 5] }, 6, "in the range (1 - 5), got 6"],
  ["a number too small", { type: "float", optional: 1, min: 0 }, -0.5, "at least (0), got -0.5"],
  ["a fraction", { type: "int", optional: 1 }, 1.5, "a whole number, got 1.5"],
  [
    "a text of the wrong length",
    { type: "string", optional: 1, length: [2, 3] },
    "abcd",
    "(2 - 3), got abcd",
  ],
  ["a text like the pattern", { type: "string", optional: 1, regex: "^[a-z]+$" }, "abc", undefined],
  [
    "a text unlike the pattern",
    { type: "string", optional: 1, regex: "^[a-z]+$" },
    "A",
    "doesn't match regexp",
  ],
  ["a range of addresses", { type: "string", optional: 1, format: "cidr" }, "10.0.0.0/8", undefined],
  ["no range", { type: "string", optional: 1, format: "cidr" }, "10.0.0.0/33", "a valid CIDR Value"],
  ["no address", { type: "string", optional: 1, format: "ip" }, "10.0.0", "a valid IP"],
  [
    "too many elements",
    { type: "list", optional: 1, maxItems: 1, elem: { type: "string" } },
    ["a", "b"],
    "1 item maximum",
  ],
  [
    "too few elements",
    { type: "list", optional: 1, minItems: 2, elem: { type: "string" } },
    ["a"],
    "2 item minimum",
  ],
  ["a value that only the provider sets", { type: "string", computed: 1 }, "x", "Can't configure a value"],
])("%s", (_, facts, value, expected) => {
  const found = problems({ field: facts }, { field: value as never });
  if (expected === undefined) expect(found).toEqual([]);
  else expect(found).toEqual([expect.stringMatching(/^field: /)]);
  if (expected !== undefined) expect(found[0]).toContain(expected);
});

test("groups are told at the attributes that they are about", () => {
  const group = ["a", "block.0.b"];
  const attrs: { [name: string]: AttributeFacts } = {
    a: { type: "string", optional: 1, exactlyOneOf: group },
    block: {
      type: "list",
      optional: 1,
      maxItems: 1,
      attrs: { b: { type: "string", optional: 1, exactlyOneOf: group } },
    },
    c: { type: "string", optional: 1, conflictsWith: ["d"], requiredWith: ["c", "e"] },
    d: { type: "string", optional: 1 },
    e: { type: "string", optional: 1 },
    f: { type: "string", optional: 1, atLeastOneOf: ["f", "g"] },
    g: { type: "string", optional: 1 },
  };

  expect(problems(attrs, { block: [{ b: "x" }], f: "x" })).toEqual([]);
  expect(problems(attrs, { a: UNKNOWN, g: "x" })).toEqual([]);
  expect(problems(attrs, { a: "x", block: [{ b: "x" }], c: "x", d: "x", e: "x" })).toEqual([
    'a: "a": only one of `a,block.0.b` can be specified, but `a,block.0.b` were specified.',
    'block.0.b: "block.0.b": only one of `a,block.0.b` can be specified, but `a,block.0.b` were specified.',
    'c: "c": conflicts with d',
    'f: "f": one of `f,g` must be specified',
  ]);
  expect(problems(attrs, { a: "x", c: "x", g: "x" })).toEqual(['c: "c": all of `c,e` must be specified']);
});

test("a problem inside a set is told at the set", () => {
  const attrs: { [name: string]: AttributeFacts } = {
    rules: { type: "set", optional: 1, attrs: { port: { type: "int", required: 1, range: [1, 9] } } },
  };
  expect(problems(attrs, { rules: [{ port: 10 }] })).toEqual([
    expect.stringMatching(/^rules: Attribute|^rules: expected/),
  ]);
});
