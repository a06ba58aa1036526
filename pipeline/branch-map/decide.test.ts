import { delivery as file } from "../../environments/delivery";
import type { Delivery } from "../../environments/delivery-schema";
import { loadDelivery } from "../../environments/load-delivery";
import { decide, fullRef } from "./decide";

const trunk = loadDelivery();

/** For teams that collect on `develop` and release by tags. */
const tagged: Delivery = {
  ...trunk,
  routes: [
    { ref: { branch: "develop" }, to: [{ environment: "dev", mode: "automatic" }] },
    { ref: { branch: "main" }, to: [{ environment: "staging", mode: "automatic" }] },
    { ref: { tag: "v*" }, to: [{ environment: "prod", mode: "approval" }] },
  ],
};

const steps = (delivery: Delivery, ref: string, isOnMain = false) =>
  decide({ ref, isOnMain }, delivery).steps.map(({ environment, mode, after }) =>
    [environment, mode, ...(after ? [`after ${after}`] : [])].join(" "),
  );

describe("which ref goes where", () => {
  test.each([
    [
      "main",
      trunk,
      "refs/heads/main",
      true,
      [
        "preview automatic",
        "dev automatic after preview",
        "staging automatic after dev",
        "prod approval after staging",
      ],
    ],
    [
      "a commit that only claims to be main's",
      trunk,
      "refs/heads/main",
      false,
      ["preview automatic", "dev automatic after preview", "staging automatic after dev"],
    ],
    ["a feature branch", trunk, "refs/heads/feature/x", false, []],
    ["a pull request", trunk, "refs/pull/12/merge", false, []],
    ["a tag where none is known", trunk, "refs/tags/v1.0.0", true, []],
    ["develop", tagged, "refs/heads/develop", false, ["dev automatic"]],
    ["main beside develop", tagged, "refs/heads/main", true, ["staging automatic"]],
    ["a tag on main", tagged, "refs/tags/v1.2.0", true, ["prod approval"]],
    ["a tag beside main", tagged, "refs/tags/v1.2.0", false, []],
    ["a tag of another kind", tagged, "refs/tags/site-1", true, []],
    ["a branch named like main", tagged, "refs/heads/main2", false, []],
  ] as const)(
    "GIVEN %s WHEN decided THEN the order and the modes are told",
    (_what, delivery, ref, isOnMain, expected) => {
      expect(steps(delivery, ref, isOnMain)).toEqual(expected);
    },
  );

  test("GIVEN a ref that leads nowhere THEN it says why and what to do", () => {
    expect(decide({ ref: "refs/tags/v1", isOnMain: false }, tagged).reasons).toEqual([
      "prod takes only what is on main: merge it there, then tag that commit.",
    ]);
    expect(decide({ ref: "refs/heads/main", isOnMain: false }, trunk).reasons).toEqual([
      "prod takes only what is on main: merge it there.",
    ]);
    expect(decide({ ref: "refs/heads/x", isOnMain: false }, trunk).reasons).toEqual([
      "refs/heads/x leads to no environment; environments/delivery.ts knows branch main.",
    ]);
    expect(decide({ ref: "refs/pull/1/merge", isOnMain: false }, trunk).reasons).toHaveLength(1);
  });

  test("GIVEN a short name THEN it is a branch, unless it says otherwise", () => {
    expect(["main", "tags/v1", "refs/tags/v1"].map(fullRef)).toEqual([
      "refs/heads/main",
      "refs/tags/v1",
      "refs/tags/v1",
    ]);
  });
});

describe("a branch map that can't be right is refused", () => {
  test.each([
    [
      "production from another branch",
      { ...file, routes: [{ ref: { branch: "develop" }, to: [{ environment: "prod", mode: "approval" }] }] },
      "delivery.routes[0].ref.branch",
    ],
    [
      "production without approval",
      { ...file, routes: [{ ref: { branch: "main" }, to: [{ environment: "prod", mode: "automatic" }] }] },
      "delivery.routes[0].to[0].mode",
    ],
    [
      "an environment that has no rules",
      { ...file, routes: [{ ref: { branch: "main" }, to: [{ environment: "qa", mode: "automatic" }] }] },
      "delivery.routes[0].to[0].environment",
    ],
    [
      "a time zone that is none",
      {
        ...file,
        environments: {
          ...file.environments,
          dev: { windows: { tz: "Europe/Bielefeld", allow: [], freezes: [] }, deletions: 1 },
        },
      },
      "delivery.environments.dev.windows.tz",
    ],
    [
      "a freeze that ends before it begins",
      {
        ...file,
        environments: {
          ...file.environments,
          dev: {
            windows: {
              tz: "UTC",
              allow: [],
              freezes: [{ from: "2026-12-20", to: "2026-12-19T12:00", reason: "Move." }],
            },
            deletions: 1,
          },
        },
      },
      "delivery.environments.dev.windows.freezes[0]",
    ],
  ])("GIVEN %s WHEN loaded THEN the field is told", (_what, delivery, field) => {
    expect(() => loadDelivery(delivery)).toThrow(field);
  });
});
