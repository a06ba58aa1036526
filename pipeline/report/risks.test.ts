import { planChanges } from "../plan/changes";
import type { ChangeJson, Json } from "../terraform/plan-json";
import { risksOf } from "./risks";
import { samplePlan, sampleResource } from "./sample-plans";

const risks = (type: string, change: ChangeJson) =>
  planChanges(samplePlan(sampleResource(`${type}.x`, change)))
    .resources.flatMap(risksOf)
    .map(({ kind, text }) => `${kind}: ${text}`);
const update = (before: Json, after: Json): ChangeJson => ({ actions: ["update"], before, after });
const cluster = "mongodbatlas_advanced_cluster";

describe("what a reviewer must see first", () => {
  test("GIVEN a cluster that is deleted or replaced THEN it says what is lost", () => {
    expect(risks(cluster, { actions: ["delete"], before: { name: "a" }, after: null })).toEqual([
      "data loss: deletes the cluster: all data is lost unless restored, and its snapshots go with it unless they are retained",
    ]);
    for (const actions of [
      ["delete", "create"],
      ["create", "delete"],
    ] as const) {
      expect(risks(cluster, { actions: [...actions], before: { name: "a" }, after: { name: "b" } })).toEqual([
        "data loss: replaces the cluster: all data is lost unless restored",
      ]);
    }
  });

  test("GIVEN a replacement that only interrupts WHEN the new one is there first THEN it is no downtime", () => {
    const type = "google_app_engine_standard_app_version";
    const sides = { before: { version_id: "a" }, after: { version_id: "b" } };
    expect(risks(type, { actions: ["delete", "create"], ...sides })).toEqual([
      "downtime: replaces the version: the service stands still between the old one and the new one",
    ]);
    expect(risks(type, { actions: ["create", "delete"], ...sides })).toEqual([
      "replacement: replaces the version: the new one is there before the old one goes",
    ]);
  });

  const specs = (size: string) => ({
    replication_specs: [{ region_configs: [{ electable_specs: { instance_size: size } }] }],
  });
  test.each<[string, string, Json, Json, string[]]>([
    [
      "protection off",
      cluster,
      { termination_protection_enabled: true },
      { termination_protection_enabled: false },
      ["irreversible: termination_protection_enabled is turned off: the next plan can destroy the cluster"],
    ],
    [
      "protection on",
      cluster,
      { termination_protection_enabled: false },
      { termination_protection_enabled: true },
      [],
    ],
    [
      "another tier",
      cluster,
      specs("M10"),
      specs("M20"),
      [
        "downtime: replication_specs.region_configs.electable_specs.instance_size changes: nodes restart one after another, with an election: connections break for seconds",
        "cost: costs more: M10 → M20, about 19 → 49 US dollars a month for each node, by list price",
      ],
    ],
    [
      "shorter retention",
      "mongodbatlas_cloud_backup_schedule",
      { policy_item_daily: { retention_value: 30 } },
      { policy_item_daily: { retention_value: 7 } },
      [
        "data loss: policy_item_daily.retention_value is lowered: daily snapshots are kept for a shorter time",
      ],
    ],
    [
      "longer retention",
      "mongodbatlas_cloud_backup_schedule",
      { policy_item_daily: { retention_value: 7 } },
      { policy_item_daily: { retention_value: 30 } },
      [],
    ],
    [
      "no yearly snapshots",
      "mongodbatlas_cloud_backup_schedule",
      { policy_item_yearly: [{ retention_value: 7 }] },
      { policy_item_yearly: [] },
      ["data loss: policy_item_yearly is removed: no more yearly snapshots are taken"],
    ],
    [
      "a major version",
      cluster,
      { mongo_db_major_version: "7.0" },
      { mongo_db_major_version: "8.0" },
      [
        "irreversible: mongo_db_major_version is raised: a major version can't be taken back once the feature compatibility follows it",
      ],
    ],
    [
      "traffic",
      "google_app_engine_service_split_traffic",
      { split: [{ allocations: { a: "1" } }] },
      { split: [{ allocations: { b: "1" } }] },
      ["downtime: split.allocations changes: requests go to other versions"],
    ],
  ])("GIVEN an update: %s", (_what, type, before, after, expected) => {
    expect(risks(type, update(before, after))).toEqual(expected);
  });

  test("GIVEN what can't be taken back WHEN created THEN it says so; ordinary things are no risk", () => {
    expect(risks("google_app_engine_application", { actions: ["create"], after: { project: "x" } })).toEqual([
      "irreversible: creates the App Engine application: a project has one for ever, and its region can't change",
    ]);
    expect(risks("google_storage_bucket", { actions: ["create"], after: { name: "x" } })).toEqual([]);
  });

  test("GIVEN a type that nobody described THEN its deletion and replacement are told all the same", () => {
    expect(risks("google_new_thing", { actions: ["delete"], before: {}, after: null })).toEqual([
      "deletion: deletes the google_new_thing",
    ]);
    expect(risks("google_new_thing", { actions: ["delete", "create"], before: {}, after: {} })).toEqual([
      "replacement: replaces the google_new_thing",
    ]);
    expect(risks("google_new_thing", { actions: ["forget"], before: {}, after: null })).toEqual([
      "deletion: lets go of the google_new_thing: it stays, and nobody manages it",
    ]);
  });
});
