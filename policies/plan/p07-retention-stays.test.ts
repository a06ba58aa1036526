import { judgedPlanBy } from "../testing";
import { retentionStays } from "./p07-retention-stays";

const daily = (days: number) => ({
  policy_item_daily: [{ retention_value: days, retention_unit: "days" }],
  restore_window_days: 7,
  copy_settings: [{ region_name: "EUROPE_WEST_3" }],
});
const schedule = (before: object, after: object, unknown = {}) => ({
  "mongodbatlas_cloud_backup_schedule.s": {
    before: before as Record<string, never>,
    after: after as Record<string, never>,
    unknown,
  },
});

describe("P7", () => {
  test("GIVEN nothing of the kind WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(retentionStays, { "google_service_account.a": { before: {}, after: {} } })).toEqual(
      "not applicable",
    );
  });

  test("GIVEN longer WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(retentionStays, schedule(daily(30), daily(60)))).toEqual("compliant");
  });

  test("GIVEN another unit WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(
        retentionStays,
        schedule(daily(28), {
          ...daily(28),
          policy_item_daily: [{ retention_value: 4, retention_unit: "weeks" }],
        }),
      ),
    ).toEqual("compliant");
  });

  test("GIVEN known later, in dev WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(
        retentionStays,
        schedule(daily(30), daily(30), { policy_item_daily: [{ retention_value: true }] }),
        { pack: "dev" },
      ),
    ).toEqual("compliant");
  });

  test("GIVEN shorter WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(retentionStays, schedule(daily(30), daily(7)))).toEqual(["policy_item_daily"]);
  });

  test("GIVEN no more daily ones, no copy, a shorter window WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(retentionStays, schedule(daily(30), { restore_window_days: 1, copy_settings: [] })),
    ).toEqual(["restore_window_days", "policy_item_daily", "copy_settings"]);
  });

  test("GIVEN known later, in production WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        retentionStays,
        schedule(daily(30), daily(30), { policy_item_daily: [{ retention_value: true }] }),
      ),
    ).toEqual(["policy_item_daily"]);
  });

  test("GIVEN a secret's versions go sooner WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(retentionStays, {
        "google_secret_manager_secret.s": {
          before: { version_destroy_ttl: "604800s" },
          after: { version_destroy_ttl: "86400s" },
        },
      }),
    ).toEqual(["version_destroy_ttl"]);
  });

  test("GIVEN a compliance policy WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(retentionStays, { "mongodbatlas_backup_compliance_policy.p": { after: {} } }),
    ).toEqual(["mongodbatlas_backup_compliance_policy.p"]);
  });
});
