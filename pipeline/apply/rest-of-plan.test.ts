import fc from "fast-check";
import type { ChangeJson, PlanJson, ResourceChangeJson } from "../terraform/plan-json";
import { differenceLines, planDifferences } from "./plan-differences";
import { isRestOf } from "./rest-of-plan";

const change = (
  actions: ChangeJson["actions"],
  sides: Partial<ChangeJson> = {},
  more: Partial<ResourceChangeJson> = {},
): ResourceChangeJson => ({
  address: "google_storage_bucket.b",
  mode: "managed",
  type: "google_storage_bucket",
  name: "b",
  change: { actions, before: null, after: null, after_unknown: {}, ...sides },
  ...more,
});
const plan = (...resource_changes: ResourceChangeJson[]): PlanJson => ({
  format_version: "1.2",
  resource_changes,
});
const other = { address: "google_storage_bucket.other" };
const create = change(["create"], { after: { name: "b" }, after_unknown: { id: true } });
const tier = (from: string, to: string) =>
  change(["update"], { before: { tier: from, region: "eu" }, after: { tier: to, region: "eu" } });
const replace = (actions: ChangeJson["actions"], more: Partial<ResourceChangeJson> = {}) =>
  change(actions, { before: { name: "a" }, after: { name: "b" }, after_unknown: { id: true } }, more);

describe("what is left of a reviewed plan", () => {
  const owner = { after: { owner: null, name: "x" }, after_unknown: { owner: true, id: true } };
  test.each<[string, PlanJson, PlanJson]>([
    ["nothing", plan(create), plan()],
    [
      "all of it",
      plan({ ...create, ...other }, tier("M10", "M20")),
      plan({ ...create, ...other }, tier("M10", "M20")),
    ],
    ["one of two", plan(create, { ...create, ...other }), plan({ ...create, ...other })],
    [
      "one that now knows what another one made",
      plan(create, change(["create"], owner, other)),
      plan(change(["create"], { after: { owner: "sa-1", name: "x" }, after_unknown: { id: true } }, other)),
    ],
    [
      "an object whose creation failed half-way",
      plan(create),
      plan(
        change(
          ["delete", "create"],
          { before: { name: "b", id: "1" }, after: { name: "b" }, after_unknown: { id: true } },
          { action_reason: "replace_because_tainted" },
        ),
      ),
    ],
    ["a replacement whose old object is gone", plan(replace(["delete", "create"])), plan(create)],
    [
      "a replacement whose old object is still there",
      plan(replace(["create", "delete"])),
      plan(change(["delete"], { before: { name: "a" } }, { deposed: "ab12cd34" })),
    ],
    [
      "an update that began",
      plan(change(["update"], { before: { a: 1, b: 1, etag: "x" }, after: { a: 2, b: 2, etag: "x" } })),
      plan(change(["update"], { before: { a: 2, b: 1, etag: "y" }, after: { a: 2, b: 2, etag: "y" } })),
    ],
    ["what a stamp tells", plan(), plan(change(["no-op"], { before: { a: 1 }, after: { a: 1 } }))],
  ])("GIVEN %s THEN it may go on", (_what, reviewed, now) => expect(isRestOf(reviewed, now)).toBe(true));

  test.each<[string, PlanJson, PlanJson]>([
    ["an object that was not in it", plan(create), plan({ ...create, ...other })],
    ["another end", plan(tier("M10", "M20")), plan(tier("M10", "M30"))],
    ["somebody else's start", plan(tier("M10", "M20")), plan(tier("M40", "M20"))],
    [
      "a deletion instead of an update",
      plan(tier("M10", "M20")),
      plan(change(["delete"], { before: { tier: "M10" } })),
    ],
    ["a replacement instead of a creation", plan(create), plan(replace(["delete", "create"]))],
    [
      "a replacement instead of an update",
      plan(tier("a", "b")),
      plan({ ...tier("a", "b"), change: { ...tier("a", "b").change, actions: ["delete", "create"] } }),
    ],
    [
      "less that is known",
      plan(create),
      plan(change(["create"], { after: {}, after_unknown: { name: true, id: true } })),
    ],
    [
      "the old half of something that was not to be replaced",
      plan(create),
      plan(change(["delete"], { before: { name: "a" } }, { deposed: "ab12cd34" })),
    ],
    [
      "an output that was not in it",
      plan(create),
      { ...plan(), output_changes: { url: { actions: ["create"], before: null, after: "x" } } },
    ],
  ])("GIVEN %s THEN it may not", (_what, reviewed, now) => expect(isRestOf(reviewed, now)).toBe(false));

  test("GIVEN any plan THEN every part of it is a rest of it, and none with another end is", () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean());
    const attributes = fc.dictionary(
      fc.stringMatching(/^[a-c]{1,2}$/),
      fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.constantFrom("x", "y"), leaf)),
      { minKeys: 1 },
    );
    const changes = fc
      .array(fc.tuple(attributes, attributes), { minLength: 1, maxLength: 5 })
      .map((sides) =>
        sides.map(([before, after], index) =>
          change(["update"], { before, after }, { address: `google_storage_bucket.b${index}` }),
        ),
      );
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.boolean()), leaf, (all, keep, value) => {
        const part = all.filter(() => keep.next().value);
        expect(isRestOf(plan(...all), plan(...part))).toBe(true);
        const [first] = structuredClone(all);
        if (!first) return;
        Object.assign(first.change.after as object, { zz: [value] });
        expect(isRestOf(plan(...all), plan(first))).toBe(false);
      }),
    );
  });
});

test("GIVEN two plans THEN their difference is told object by object, without secrets", () => {
  const secret = (value: string) =>
    change(["update"], {
      before: { password: "old-secret", size: 1 },
      after: { password: value, size: value.length },
      before_sensitive: { password: true },
      after_sensitive: { password: true },
    });
  const reviewed = plan(
    secret("new-secret"),
    { ...create, ...other },
    { ...tier("M10", "M20"), address: "a.cluster" },
  );
  const now = plan(
    secret("another-secret"),
    { ...replace(["delete", "create"]), address: "a.cluster" },
    { ...create, address: "a.added" },
  );
  const lines = differenceLines(planDifferences(reviewed, now));
  expect(lines).toEqual([
    "a.added: now to be added, which was not reviewed",
    "a.cluster: reviewed to be changed, now to be replaced",
    "google_storage_bucket.b: to be changed, but not as reviewed",
    "  size: reviewed 1 → 10, now 1 → 14",
    "google_storage_bucket.other: reviewed to be added, now nothing is to be done",
  ]);
  expect(JSON.stringify(planDifferences(reviewed, now))).not.toMatch(/secret/);
});
