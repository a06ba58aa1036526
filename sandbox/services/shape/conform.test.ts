import fc from "fast-check";
import type { BlockSchema, TypeExpression } from "../../schemas/model";
import { hasUnknown, isUnknown, type ObjectValue, UNKNOWN, type Value } from "../../values/value";
import { conform } from "./conform";

const primitive = fc.constantFrom<TypeExpression>("string", "number", "bool");
const { type } = fc.letrec<{ type: TypeExpression }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2 },
    primitive,
    fc.tuple(fc.constantFrom("list" as const, "set" as const, "map" as const), tie("type")),
    fc.tuple(fc.constant("object" as const), fc.dictionary(fc.constantFrom("a", "b"), tie("type"))),
  ) as fc.Arbitrary<TypeExpression>,
}));

/** A value of a type, with unknowns and nulls anywhere. */
function anyOf(of: TypeExpression): fc.Arbitrary<Value> {
  const holes = fc.constantFrom<Value>(null, UNKNOWN);
  if (of === "string") return fc.oneof(holes, fc.string());
  if (of === "number") return fc.oneof(holes, fc.integer());
  if (of === "bool") return fc.oneof(holes, fc.boolean());
  if (typeof of === "string") return holes;
  if (of[0] === "object") {
    return fc.oneof(
      holes,
      fc.record(Object.fromEntries(Object.entries(of[1]).map(([name, inner]) => [name, anyOf(inner)]))),
    );
  }
  return of[0] === "map"
    ? fc.oneof(holes, fc.dictionary(fc.constantFrom("x", "y"), anyOf(of[1])))
    : fc.oneof(holes, fc.array(anyOf(of[1]), { maxLength: 3 }));
}

const sample = fc.tuple(type, type).chain(([own, nested]) =>
  fc.record({
    block: fc.constant<BlockSchema>({
      attributes: { own: { type: own } },
      blocks: {
        many: {
          nesting: "list",
          minItems: 0,
          maxItems: 0,
          block: { attributes: { inner: { type: nested } }, blocks: {} },
        },
      },
    }),
    value: fc.record({
      own: anyOf(own),
      many: fc.oneof(fc.constant(UNKNOWN), fc.array(fc.record({ inner: anyOf(nested) }), { maxLength: 2 })),
    }),
  }),
);

describe("conform", () => {
  test("GIVEN any value of any schema THEN nothing is unknown, every key is there, and doing it again changes nothing", () => {
    fc.assert(
      fc.property(sample, ({ block, value }) => {
        const once = conform(block, value);
        expect(hasUnknown(once)).toBe(false);
        expect(Object.keys(once)).toEqual(["own", "many"]);
        expect(conform(block, once)).toEqual(once);
      }),
    );
  });

  test("GIVEN any known value THEN it is kept, null too", () => {
    fc.assert(
      fc.property(sample, ({ block, value }) => {
        fc.pre(!hasUnknown(value));
        expect(conform(block, value)).toEqual(value);
      }),
    );
  });

  test("GIVEN unknowns THEN each is asked for once, by a path that names its place", () => {
    const block: BlockSchema = {
      attributes: { id: { type: "string" } },
      blocks: {
        rule: {
          nesting: "list",
          minItems: 0,
          maxItems: 0,
          block: { attributes: { name: { type: "string" }, port: { type: "number" } }, blocks: {} },
        },
      },
    };
    const asked: string[] = [];
    const value: ObjectValue = { id: UNKNOWN, rule: [{ name: "a" }, { name: UNKNOWN, port: 1 }] };
    const result = conform(block, value, (path) => {
      asked.push(path.join("."));
      return "chosen";
    });
    expect(asked).toEqual(["id", "rule.1.name"]);
    expect(result).toEqual({
      id: "chosen",
      rule: [
        { name: "a", port: null },
        { name: "chosen", port: 1 },
      ],
    });
    expect(isUnknown(value.id)).toBe(true);
  });

  test("GIVEN a value of another primitive THEN it is turned into the schema's, or dropped", () => {
    const block: BlockSchema = {
      attributes: { number: { type: "number" }, text: { type: "string" }, flag: { type: "bool" } },
      blocks: {},
    };
    expect(conform(block, { number: "12", text: 12, flag: "true" })).toEqual({
      number: 12,
      text: "12",
      flag: true,
    });
    expect(conform(block, { number: "x", text: {}, flag: "x" })).toEqual({
      number: null,
      text: null,
      flag: null,
    });
  });
});
