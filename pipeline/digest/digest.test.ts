import fc from "fast-check";
import type { ChangeJson, Json, PlanJson, ResourceChangeJson } from "../terraform/plan-json";
import { type Digest, digestOf, digestOfAll } from "./digest";
import { keyOf } from "./digest-key";
import { stamps } from "./stamps";

const key = keyOf("a key of the tests, long enough to be one");
const otherKey = keyOf("another key of the tests, as long as that");

const name = fc.stringMatching(/^[a-z]{1,3}$/);
const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string());
const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const attributes = fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 });

const change: fc.Arbitrary<ChangeJson> = fc.oneof(
  attributes.map(
    (after): ChangeJson => ({
      actions: ["create"],
      before: null,
      after,
      after_unknown: { id: true },
    }),
  ),
  attributes.map(
    (before): ChangeJson => ({
      actions: ["delete"],
      before,
      after: null,
      after_unknown: {},
    }),
  ),
  fc
    .tuple(attributes, attributes, fc.constantFrom<ChangeJson["actions"]>(["update"], ["create", "delete"]))
    .map(
      ([before, after, actions]): ChangeJson => ({
        actions,
        before,
        after,
        after_unknown: {},
      }),
    ),
);
const resource = (index: number): fc.Arbitrary<ResourceChangeJson> =>
  change.map((one) => ({
    address: `google_storage_bucket.r${index}`,
    mode: "managed",
    type: "google_storage_bucket",
    name: `r${index}`,
    provider_name: "registry.terraform.io/hashicorp/google",
    change: one,
  }));
const plan: fc.Arbitrary<PlanJson> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => resource(index))))
  .map((resource_changes) => ({ format_version: "1.2", resource_changes }));

/** A copy to be changed at will. */
const copy = <T>(of: T): T => structuredClone(of);
/** Everything in another order that has none. */
const shuffled = (of: Json): Json => {
  if (Array.isArray(of)) return of.map(shuffled);
  if (typeof of !== "object" || of === null) return of;
  return Object.fromEntries(
    Object.entries(of)
      .reverse()
      .map(([inner, one]) => [inner, shuffled(one)]),
  );
};
const single = (one: Partial<ChangeJson>, more: Partial<ResourceChangeJson> = {}): PlanJson => ({
  format_version: "1.2",
  resource_changes: [
    {
      address: "a.b",
      mode: "managed",
      type: "a",
      name: "b",
      change: { actions: ["update"], ...one },
      ...more,
    },
  ],
});
const digest = (one: Partial<ChangeJson>, more: Partial<ResourceChangeJson> = {}) =>
  digestOf(single(one, more), key);

describe("a plan's digest", () => {
  test("GIVEN any plan WHEN only time, order, run and explanations differ THEN it is the same", () => {
    fc.assert(
      fc.property(plan, fc.string(), fc.date({ noInvalidDate: true }), (one, text, date) => {
        const again = shuffled(copy(one) as unknown as Json) as unknown as PlanJson & { timestamp?: string };
        again.timestamp = date.toISOString();
        again.terraform_version = text;
        again.resource_drift = copy(one.resource_changes ?? []);
        again.relevant_attributes = [{ resource: "a.b", attribute: ["id"] }];
        again.resource_changes?.reverse();
        for (const resource of again.resource_changes ?? []) {
          resource.action_reason = text;
          resource.previous_address = resource.address;
          resource.change.replace_paths = [["id"]];
          if (resource.change.after)
            Object.assign(resource.change.after, {
              not_there: null,
              etag: null,
            });
          if (resource.change.before) Object.assign(resource.change.before, { etag: text });
        }
        again.resource_changes?.push(
          {
            ...copy(again.resource_changes[0] as ResourceChangeJson),
            address: "quiet.one",
            change: { actions: ["no-op"], before: { a: 1 }, after: { a: 1 } },
            previous_address: "quiet.one",
          },
          {
            address: "data.x.y",
            mode: "data",
            type: "x",
            name: "y",
            change: { actions: ["read"], after: { a: 1 } },
          },
        );
        expect(digestOf(again, otherKey)).toBe(digestOf(one, key));
      }),
    );
  });

  test("GIVEN any two plans whose changes differ in a value THEN their digests differ", () => {
    fc.assert(
      fc.property(
        plan,
        fc.nat(),
        fc.constantFrom("before", "after"),
        leaf,
        name,
        (one, at, side, text, path) => {
          const other = copy(one);
          const resources = other.resource_changes ?? [];
          const resource = resources[at % resources.length] as ResourceChangeJson;
          const object = resource.change[side as "before" | "after"] as {
            [key: string]: Json;
          } | null;
          fc.pre(object !== null && JSON.stringify(object[path] ?? null) !== JSON.stringify(text));
          if (object) object[path] = text;
          expect(digestOf(other, key)).not.toBe(digestOf(one, key));
        },
      ),
    );
  });

  test("GIVEN any plan WHEN what is done to an object, or the object, differs THEN so does its digest", () => {
    const edits: ((of: ResourceChangeJson) => void)[] = [
      (of) => (of.address = "google_storage_bucket.other"),
      (of) => (of.previous_address = "google_storage_bucket.former"),
      (of) => (of.type = "google_storage_bucket_object"),
      (of) => (of.provider_name = "registry.terraform.io/hashicorp/google-beta"),
      (of) => (of.deposed = "0badcafe"),
      (of) => (of.change.importing = { id: "x" }),
      (of) => (of.change.actions = ["forget"]),
      (of) => (of.change.actions = ["delete", "create"]),
      (of) => (of.change.after_unknown = { aaaa: true }),
      (of) => (of.change.actions = ["no-op"]),
      (of) => (of.change.after = null),
    ];
    fc.assert(
      fc.property(plan, fc.nat(), fc.constantFrom(...edits), (one, at, edit) => {
        const other = copy(one);
        const resources = other.resource_changes ?? [];
        const edited = resources[at % resources.length] as ResourceChangeJson;
        edit(edited);
        fc.pre(JSON.stringify(other) !== JSON.stringify(one));
        expect(digestOf(other, key)).not.toBe(digestOf(one, key));
      }),
    );
  });

  test("GIVEN any plan WHEN a change comes or goes THEN its digest differs", () => {
    fc.assert(
      fc.property(plan, (one) => {
        const other = copy(one);
        other.resource_changes?.pop();
        expect(digestOf(other, key)).not.toBe(digestOf(one, key));
      }),
    );
  });

  test("GIVEN any sensitive value THEN it counts, and without the key it can't be tried", () => {
    const secret = (text: Json, under = key) =>
      digestOf(
        single({
          before: {},
          after: { a: { b: [text] } },
          after_sensitive: { a: { b: [true] } },
        }),
        under,
      );
    fc.assert(
      fc.property(leaf, leaf, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(secret(one)).not.toBe(secret(other));
        expect(secret(one)).not.toBe(secret(one, otherKey));
      }),
    );
  });

  test("GIVEN a value WHEN it becomes sensitive, unknown, or nothing THEN the digest differs each time", () => {
    const all = [
      digest({ after: { a: "x" } }),
      digest({ after: { a: "x" }, after_sensitive: { a: true } }),
      digest({ after: {}, after_unknown: { a: true } }),
      digest({
        after: {},
        after_unknown: { a: true },
        after_sensitive: { a: true },
      }),
      digest({ after: {} }),
      digest({ after: { a: {} } }),
      digest({ after: { a: { mark: "unknown" } } }),
      digest({ after: { a: { mark: "sensitive" } } }),
      digest({ after: { a: { object: { mark: "unknown" } } } }),
      digest({ after: { a: [] } }),
      digest({ after: { a: [null] } }),
      digest({ after: { a: "" } }),
      digest({ after: { a: 0 } }),
      digest({ after: { a: "0" } }),
      digest({ after: { a: false } }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test("GIVEN a stamp WHEN the plan leaves it alone THEN it does not count; WHEN the plan sets it THEN it does", () => {
    for (const stamp of stamps) {
      const untouched = (text: string) =>
        digest({
          before: { n: 1, [stamp]: text },
          after: { n: 2, [stamp]: text },
        });
      const renewed = (text: string) =>
        digest({
          before: { n: 1, [stamp]: text },
          after: { n: 2 },
          after_unknown: { [stamp]: true },
        });
      const given = (text: string) =>
        digest({
          before: { n: 1, [stamp]: "x" },
          after: { n: 2, [stamp]: text },
        });
      expect(untouched("a")).toBe(untouched("b"));
      expect(renewed("a")).toBe(renewed("b"));
      expect(given("a")).not.toBe(given("b"));
    }
  });

  test("GIVEN outputs THEN they count when they change, sealed when they are sensitive", () => {
    const output = (one: ChangeJson, under = key) =>
      digestOf({ format_version: "1.2", output_changes: { host: one } }, under);
    const changed = (after: string, sensitive = false): ChangeJson => ({
      actions: ["update"],
      before: "x",
      after,
      after_sensitive: sensitive,
    });
    const nothing = digestOf({ format_version: "1.2" }, key);
    expect(output({ actions: ["no-op"], before: "x", after: "x" })).toBe(nothing);
    expect(output(changed("a"))).not.toBe(output(changed("b")));
    expect(output(changed("a", true))).not.toBe(output(changed("b", true)));
    expect(output(changed("a", true))).not.toBe(output(changed("a", true), otherKey));
  });

  test("GIVEN several stacks THEN one digest for all, whatever their order, and each of them counts", () => {
    const [a, b]: [Digest, Digest] = [digest({ after: { a: 1 } }), digest({ after: { a: 2 } })];
    expect(digestOfAll({ "dev-data": a, "dev-network": b })).toBe(
      digestOfAll({ "dev-network": b, "dev-data": a }),
    );
    expect(digestOfAll({ "dev-data": a, "dev-network": b })).not.toBe(
      digestOfAll({ "dev-data": b, "dev-network": a }),
    );
    expect(digestOfAll({ "dev-data": a })).not.toBe(digestOfAll({ "dev-data": a, "dev-network": b }));
    expect(a).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("THEN the format is what it was: old digests must keep their meaning", () => {
    const one = single({
      before: { size: "M10", key: "old" },
      after: { size: "M20", key: "new" },
      before_sensitive: { key: true },
      after_sensitive: { key: true },
      after_unknown: { host: true },
    });
    expect(digestOf(one, key)).toMatchInlineSnapshot(
      `"sha256:f9599a352d1acb92f8a5905277c23005ae78edfd87f5f48281e29479828abdfb"`,
    );
  });
});
