import fc from "fast-check";
import type { ChangeJson, Json } from "../terraform/plan-json";
import { attributeChanges } from "./attribute-changes";

const changed = (change: Partial<ChangeJson>) => attributeChanges({ actions: ["update"], ...change });
const value = (json: Json) => ({ is: "value", value: json });

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie("value"), { maxKeys: 3 }),
  ),
})).value;

describe("attribute changes", () => {
  test("GIVEN a leaf deep inside THEN its path, both values and what they force are told", () => {
    const specs = (size: string) => ({ specs: [{ regions: [{ size, nodes: 3 }] }], name: "main" });
    expect(
      changed({ before: specs("M10"), after: specs("M20"), replace_paths: [["specs", 0, "regions"]] }),
    ).toEqual([
      {
        path: "specs[0].regions[0].size",
        before: value("M10"),
        after: value("M20"),
        forcesReplacement: true,
      },
    ]);
  });

  test("GIVEN lists of plain values THEN the whole lists are told", () => {
    expect(changed({ before: { days: [1, 8] }, after: { days: [1] } })).toEqual([
      { path: "days", before: value([1, 8]), after: value([1]), forcesReplacement: false },
    ]);
  });

  test("GIVEN a set in another order THEN nothing is told", () => {
    const blocks = (names: string[]) => ({ rule: names.map((name) => ({ name })) });
    expect(changed({ before: blocks(["a", "b"]), after: blocks(["b", "a"]) })).toEqual([]);
  });

  test("GIVEN empty collections in the place of nothing THEN nothing is told", () => {
    expect(changed({ before: { a: null, b: [], c: {} }, after: { a: [], b: null, c: null } })).toEqual([]);
  });

  test("GIVEN values known after the apply THEN they are unknown, inside missing objects too", () => {
    const told = changed({
      before: { id: "1" },
      after: {},
      after_unknown: { id: true, status: { state: true }, hosts: [{ name: true }] },
    });
    expect(told.map(({ path, before, after }) => [path, before.is, after.is])).toEqual([
      ["hosts[0].name", "absent", "unknown"],
      ["id", "value", "unknown"],
      ["status.state", "absent", "unknown"],
    ]);
  });

  test("GIVEN keys that are no names THEN they are quoted", () => {
    const [told] = changed({
      before: { labels: { "cost-centre": "a", "a b": "c" } },
      after: { labels: { "cost-centre": "b", "a b": "c" } },
    });
    expect(told?.path).toBe("labels.cost-centre");
    const [quoted] = changed({ before: { labels: {} }, after: { labels: { "a.b": "c" } } });
    expect(quoted?.path).toBe('labels["a.b"]');
  });

  test("GIVEN a sensitive part THEN it and whatever holds it is never told", () => {
    const told = changed({
      before: { password: "old-secret", user: { key: "k-secret", name: "a" } },
      after: { password: "new-secret", user: { key: "l-secret", name: "b" } },
      before_sensitive: { password: true, user: { key: true } },
      after_sensitive: { password: true, user: { key: true } },
    });
    expect(told.map(({ path, before, after }) => [path, before, after])).toEqual([
      ["password", { is: "sensitive" }, { is: "sensitive" }],
      ["user.key", { is: "sensitive" }, { is: "sensitive" }],
      ["user.name", value("a"), value("b")],
    ]);
  });

  test("GIVEN any value on both sides THEN nothing is told", () => {
    fc.assert(
      fc.property(json, (same) => {
        expect(changed({ before: { x: same }, after: { x: structuredClone(same) } })).toEqual([]);
      }),
    );
  });

  test("GIVEN any two values that differ in more than emptiness and order THEN something is told", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        fc.pre(flat(before) !== flat(after));
        expect(changed({ before: { x: before }, after: { x: after } })).not.toEqual([]);
      }),
    );
  });

  test("GIVEN any values that are marked as sensitive as a whole THEN neither is told", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const told = changed({
          before: { x: before },
          after: { x: after },
          before_sensitive: { x: true },
          after_sensitive: { x: true },
        });
        for (const change of told) {
          expect(["sensitive", "absent"]).toContain(change.before.is);
          expect(["sensitive", "absent"]).toContain(change.after.is);
        }
      }),
    );
  });
});

/** What counts: without what is empty, except in lists, and with lists of objects in one order. */
function flat(json: Json): string {
  const clean = (part: Json): Json => {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) {
      const items = part.map(clean);
      const plain = items.every((item) => typeof item !== "object" || item === null);
      return items.length === 0 ? null : plain ? items : items.map((item) => JSON.stringify(item)).sort();
    }
    const entries = Object.entries(part).map(([key, inner]): [string, Json] => [key, clean(inner)]);
    const full = entries.filter(([, inner]) => inner !== null);
    return full.length === 0 ? null : Object.fromEntries(full.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(clean(json));
}
