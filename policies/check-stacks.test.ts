import { readdirSync } from "node:fs";
import { join } from "node:path";
import { checkStacks } from "./check-stacks";
import { openErrors } from "./finding";
import { packNames, ruleIds, severityOf } from "./packs";
import { planRules } from "./plan/rules";
import type { StackInput } from "./reading/synthesized";
import { synthRules } from "./synth/rules";
import { allowances } from "./testing";
import type { Waiver } from "./waiver";

const today = "2026-11-21";
const stack = (environment: string, resource: Record<string, object>): StackInput => ({
  name: `${environment}-data`,
  environment,
  kind: "data",
  project: `shop-${environment}`,
  configuration: JSON.parse(
    JSON.stringify({ resource, terraform: { backend: { gcs: { bucket: `shop-${environment}-tfstate` } } } }),
  ),
});
const key = { google_service_account_key: { k: { service_account_id: "x" } } };
const packOf = (name: string) => (name === "dev" ? "dev" : "prod");
const waiver: Waiver = {
  rule: "S1",
  stacks: ["prod-data"],
  address: "google_service_account_key.*",
  owner: "platform-team",
  reason: "The partner's system takes nothing but a key until spring.",
  expires: "2027-03-31",
};
const check = (waivers: readonly Waiver[]) =>
  checkStacks([stack("prod", key)], { allowances, today, packOf, waivers });
const keys = (result: ReturnType<typeof checkStacks>) =>
  result.findings.filter(({ rule }) => rule === "S1" || rule === "waiver");

describe("checking stacks", () => {
  test("GIVEN a broken rule WHEN checked THEN the finding says what, where and what to do", () => {
    expect(keys(check([]))).toEqual([
      {
        rule: "S1",
        title: "No service account has a key",
        mapsTo: ["CIS 1.4"],
        environment: "prod",
        severity: "error",
        state: "open",
        stack: "prod-data",
        address: "google_service_account_key.k",
        found: "a key for a service account",
        todo: "remove it: services run as their account, and CI signs in by workload identity",
      },
    ]);
  });

  test("GIVEN a name of another environment WHEN checked THEN it is found, without anybody naming the environments", () => {
    const stacks = [
      stack("dev", {}),
      stack("prod", { google_storage_bucket: { b: { name: "shop-dev-tfstate" } } }),
    ];
    const found = checkStacks(stacks, { allowances, today, packOf, waivers: [] }).findings.filter(
      ({ rule }) => rule === "S31",
    );
    expect(found.map(({ stack: name, found: what }) => [name, what])).toEqual([
      ["prod-data", "a name of dev"],
    ]);
  });

  test("GIVEN the packs WHEN checked THEN a rule is an error, a warning or off", () => {
    const cluster = { mongodbatlas_advanced_cluster: { c: {} } };
    const { findings, outcomes } = checkStacks([stack("dev", cluster), stack("prod", cluster)], {
      allowances,
      today,
      packOf,
      waivers: [],
    });
    const severities = (environment: string) =>
      new Set(
        findings
          .filter((one) => one.rule === "S17" && one.environment === environment)
          .map(({ severity }) => severity),
      );
    expect([severities("dev"), severities("prod")]).toEqual([new Set(["warning"]), new Set(["error"])]);
    expect(outcomes.find(({ rule, environment }) => rule === "S22" && environment === "dev")?.result).toBe(
      "off",
    );
    expect(outcomes).toHaveLength(synthRules.length * 2);
  });
});

describe("waivers", () => {
  test("GIVEN one that holds WHEN checked THEN the finding is settled and names it", () => {
    const result = check([waiver]);
    expect(keys(result)).toMatchObject([{ rule: "S1", state: "waived", waiver }]);
    expect(openErrors(keys(result))).toEqual([]);
  });

  test("GIVEN one on its last day THEN it holds; a day later it is an error, and so is what it waived", () => {
    expect(keys(check([{ ...waiver, expires: today }]))).toMatchObject([{ state: "waived" }]);
    expect(keys(check([{ ...waiver, expires: "2026-11-20" }]))).toMatchObject([
      { rule: "S1", state: "open" },
      {
        rule: "waiver",
        severity: "error",
        stack: "prod-data",
        found: expect.stringContaining("expired on 2026-11-20"),
      },
    ]);
  });

  test.each<[string, Partial<Waiver>, string]>([
    ["no owner", { owner: " " }, "no owner"],
    ["no reason", { reason: "later" }, "no reason"],
    ["no date", { expires: "2027-02-30" }, "the expiry 2027-02-30"],
    ["years to go", { expires: "2031-01-01" }, "holds until 2031-01-01"],
    ["no stacks", { stacks: [] }, "no stacks"],
  ])("GIVEN one with %s WHEN checked THEN it is an error and waives nothing", (_what, wrong, found) => {
    expect(keys(check([{ ...waiver, ...wrong }]))).toMatchObject([
      { rule: "S1", state: "open" },
      { rule: "waiver", severity: "error", found: expect.stringContaining(found) },
    ]);
  });

  test("GIVEN one that nothing needs THEN it is a warning; GIVEN one of another resource THEN it waives nothing", () => {
    expect(keys(check([{ ...waiver, address: "google_service_account_key.other" }]))).toMatchObject([
      { rule: "S1", state: "open" },
      { rule: "waiver", severity: "warning", found: "a waiver of S1 that nothing needs" },
    ]);
    // Not about these stacks at all.
    expect(keys(check([{ ...waiver, stacks: ["dev-data"] }]))).toHaveLength(1);
  });
});

describe("the rules", () => {
  test("each number of the table has one rule, in its own file, with its own test", () => {
    const numbers = [...synthRules, ...planRules].map(({ id }) => id);
    expect(numbers).toEqual(ruleIds);
    const files = (folder: string) =>
      readdirSync(join(__dirname, folder)).filter((file) => /^[sp]\d\d-/.test(file));
    for (const [folder, rules] of [
      ["synth", synthRules],
      ["plan", planRules],
    ] as const) {
      const own = files(folder).filter((file) => !file.endsWith(".test.ts"));
      expect(own.map((file) => `${file[0]?.toUpperCase()}${Number(file.slice(1, 3))}`)).toEqual(
        rules.map(({ id }) => id),
      );
      const tests = own.map((file) => file.replace(/\.ts$/, ".test.ts"));
      expect(files(folder)).toEqual(expect.arrayContaining(tests));
    }
  });

  test("each says what must hold and why, in sentences, and is on somewhere", () => {
    for (const { id, title, why } of [...synthRules, ...planRules]) {
      expect([id, title]).toEqual([id, expect.stringMatching(/^[A-Z].*[^.]$/)]);
      expect([id, why]).toEqual([id, expect.stringMatching(/^[A-Z].*\.$/)]);
      expect(packNames.some((pack) => severityOf(id, pack) === "error")).toBe(true);
    }
  });
});
