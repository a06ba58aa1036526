import { checkPlans } from "./check-plans";
import type { PlanInput, Surroundings } from "./reading/planned";
import { allowances } from "./testing";

const today = "2026-11-21";
const change = (
  address: string,
  actions: ("create" | "update" | "delete")[],
  before: object | null,
  after: object | null,
) => ({
  address,
  mode: "managed" as const,
  type: address.split(".")[0] ?? "",
  name: address.split(".")[1] ?? "",
  change: { actions, before: before as never, after: after as never, after_unknown: {} },
});
const plan = (environment: string, ...changes: ReturnType<typeof change>[]): PlanInput => ({
  name: `${environment}-data`,
  environment,
  plan: { resource_changes: changes },
});
const check = (plans: PlanInput[], surroundings: Surroundings = {}) =>
  checkPlans(plans, {
    allowances,
    today,
    packOf: () => "prod",
    surroundings: () => surroundings,
    waivers: [],
  });

describe("checking plans", () => {
  test("GIVEN an Owner, or something public, in dev THEN it is an error there too; GIVEN another right THEN a warning", () => {
    const grants = [
      ["roles/owner", "user:ann@shop.example"],
      ["roles/viewer", "allUsers"],
      ["roles/viewer", "user:ann@shop.example"],
    ].map(([role, member], index) =>
      change(`google_project_iam_member.m${index}`, ["create"], null, { role, member }),
    );
    const { findings } = checkPlans([plan("dev", ...grants)], {
      allowances,
      today,
      packOf: () => "dev",
      surroundings: () => ({}),
      waivers: [],
    });
    const p8 = findings.filter(({ rule }) => rule === "P8");
    expect(Object.fromEntries(p8.map(({ address, severity }) => [address, severity]))).toEqual({
      "google_project_iam_member.m0": "error",
      "google_project_iam_member.m1": "error",
      "google_project_iam_member.m2": "warning",
    });
  });

  test.each([
    [
      "a cluster that goes",
      change("mongodbatlas_advanced_cluster.c", ["delete"], {}, null),
      "P1",
      "approve:destroy",
      1,
    ],
    [
      "an application for ever",
      change("google_app_engine_application.a", ["create"], null, {}),
      "P9",
      "approve:irreversible",
      1,
    ],
    [
      "protection off",
      change(
        "google_secret_manager_secret.s",
        ["update"],
        { deletion_protection: true },
        { deletion_protection: false },
      ),
      "P6",
      "approve:unprotect",
      1,
    ],
    [
      "a shorter window",
      change(
        "mongodbatlas_cloud_backup_schedule.s",
        ["update"],
        { restore_window_days: 7 },
        { restore_window_days: 1 },
      ),
      "P7",
      "approve:retention",
      1,
    ],
    [
      "a compliance policy",
      change("mongodbatlas_backup_compliance_policy.p", ["update"], {}, {}),
      "P7",
      "approve:retention",
      2,
    ],
    [
      "a new right",
      change("google_project_iam_member.m", ["create"], null, { role: "roles/viewer", member: "user:a@b.c" }),
      "P8",
      "approve:iam",
      1,
    ],
    [
      "another tier",
      change(
        "google_sql_database_instance.i",
        ["update"],
        { settings: [{ tier: "a" }] },
        { settings: [{ tier: "b" }] },
      ),
      "P10",
      "approve:tier",
      1,
    ],
  ])("GIVEN %s WHEN checked THEN it says who may approve it", (_what, given, rule, label, people) => {
    const found = check([plan("prod", given)]).findings.filter((finding) => finding.rule === rule);
    expect(found.map(({ approval }) => approval)).toEqual([{ label, people }]);
  });

  test("GIVEN what nobody may approve WHEN checked THEN there is no label for it", () => {
    const found = check([
      plan(
        "prod",
        change("google_project_iam_member.m", ["create"], null, {
          role: "roles/owner",
          member: "user:a@b.c",
        }),
        change("google_app_engine_standard_app_version.v", ["update"], {}, {}),
      ),
    ]).findings;
    expect(found.map(({ rule, approval }) => [rule, approval])).toEqual([
      ["P2", undefined],
      ["P8", undefined],
    ]);
  });

  test("GIVEN nothing beside the plan WHEN checked THEN what was not looked at is said", () => {
    const update = change(
      "google_app_engine_service_split_traffic.s",
      ["update"],
      { service: "a", split: [{ allocations: { v1: "1" } }] },
      { service: "a", split: [{ allocations: { v1: "1" } }] },
    );
    const unchecked = check([plan("prod", update)]).outcomes.filter(({ result }) => result === "not checked");
    expect(unchecked.map(({ rule }) => rule)).toEqual(["P4", "P11", "P13", "P16"]);
    expect(unchecked.every(({ why }) => (why ?? "").length > 10)).toBe(true);
  });

  test("GIVEN a secret WHEN checked THEN no message repeats it", () => {
    const secret = `ghp_${"s3cr3t".repeat(6)}`;
    const result = check([
      plan("prod", change("google_storage_bucket_object.o", ["create"], null, { content: secret })),
      {
        name: "prod-x",
        environment: "prod",
        plan: { output_changes: { o: { actions: ["create"], after: secret } } },
      },
    ]);
    expect(result.findings.map(({ rule, address }) => [rule, address])).toEqual([
      ["P12", "google_storage_bucket_object.o"],
      ["P12", "output.o"],
    ]);
    expect(JSON.stringify(result)).not.toContain("s3cr3t");
  });

  test("GIVEN no environments WHEN checked THEN nothing is found", () => {
    expect(check([])).toEqual({ findings: [], outcomes: [] });
  });
});
