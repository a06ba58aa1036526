import { judgedPlanBy } from "../testing";
import { oneWayDoors } from "./p09-one-way-doors";

describe("P9", () => {
  test("GIVEN no change WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(oneWayDoors, {})).toEqual("not applicable");
  });

  test("GIVEN a bucket WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(oneWayDoors, {
        "google_storage_bucket.b": { after: { retention_policy: [{ is_locked: false }] } },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN an application WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(oneWayDoors, { "google_app_engine_application.a": { after: {} } })).toEqual([
      "google_app_engine_application.a",
    ]);
  });

  test("GIVEN a lock WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(oneWayDoors, {
        "google_storage_bucket.b": {
          before: { retention_policy: [{ is_locked: false }] },
          after: { retention_policy: [{ is_locked: true }] },
        },
      }),
    ).toEqual(["retention_policy.is_locked"]);
  });

  test("GIVEN a lock that is known later WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(oneWayDoors, {
        "google_storage_bucket.b": {
          before: { retention_policy: [{ is_locked: false }] },
          after: {},
          unknown: { retention_policy: [{ is_locked: true }] },
        },
      }),
    ).toEqual(["retention_policy.is_locked"]);
  });

  test("GIVEN a newer MongoDB WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(oneWayDoors, {
        "mongodbatlas_advanced_cluster.c": {
          before: { mongo_db_major_version: "7.0" },
          after: { mongo_db_major_version: "8.0" },
        },
      }),
    ).toEqual(["mongo_db_major_version"]);
  });

  test("GIVEN a dropped column WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(oneWayDoors, {
        "google_spanner_database.d": {
          before: { ddl: ["CREATE TABLE a"] },
          after: { ddl: ["CREATE TABLE a", "DROP TABLE a"] },
        },
      }),
    ).toEqual(["ddl"]);
  });
});
