import { refusals, synthesized } from "../testing";
import { type BackupPlan, BackupPolicies } from "./backup-plan";
import { BackupSchedule, type BackupScheduleProps } from "./backup-schedule";
import { exampleCluster } from "./example-cluster";

const plan = BackupPolicies.production("EUROPE_WEST_3");

describe("BackupSchedule", () => {
  const build = (change: Partial<BackupScheduleProps> = {}) =>
    synthesized(
      (stack) => new BackupSchedule(stack, "backups", { cluster: exampleCluster(stack), ...plan, ...change }),
    );

  test("keeps each snapshot as long as the plan says, in the plan's own units", () => {
    expect(build().one("mongodbatlas_cloud_backup_schedule")).toMatchObject({
      restore_window_days: 7,
      policy_item_hourly: { frequency_interval: 6, retention_unit: "days", retention_value: 7 },
      policy_item_daily: { frequency_interval: 1, retention_unit: "days", retention_value: 30 },
      policy_item_weekly: [{ retention_unit: "weeks", retention_value: 8 }],
      policy_item_monthly: [{ retention_unit: "months", retention_value: 13 }],
      policy_item_yearly: [{ retention_unit: "years", retention_value: 7 }],
    });
  });

  test("copies to the other region what is worth copying, with the operations between where they are kept", () => {
    const { one } = build();
    expect(one("mongodbatlas_cloud_backup_schedule").copy_settings).toEqual([
      {
        cloud_provider: "GCP",
        region_name: "EUROPE_WEST_3",
        frequencies: ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"],
        should_copy_oplogs: true,
        zone_id: expect.stringContaining("replication_specs[0].zone_id"),
      },
    ]);
  });

  test("exports the snapshots of one policy, at the time of the day that is given", () => {
    const to = { exportBucketId: "65f1c0a2b7d94e3f8a1c5d22" };
    expect(
      build({ at: "04:05", export: { to, every: "month" } }).one("mongodbatlas_cloud_backup_schedule"),
    ).toMatchObject({
      reference_hour_of_day: 4,
      reference_minute_of_hour: 5,
      auto_export_enabled: true,
      export: { export_bucket_id: to.exportBucketId, frequency_type: "monthly" },
    });
    expect(build().one("mongodbatlas_cloud_backup_schedule")).toMatchObject({ auto_export_enabled: false });
    expect(refusals(() => build({ yearly: "none", export: { to, every: "year" }, at: "25:00" }))).toEqual([
      "at: a time of day such as 02:30",
      "export.every: a policy that the plan has",
    ]);
  });

  test.each([
    BackupPolicies.production(["EUROPE_WEST_3", "EUROPE_WEST_4"]),
    BackupPolicies.staging(),
    BackupPolicies.development(),
  ])("takes every ready-made policy", (policy) => {
    const { one } = build(policy);
    const copies = (one("mongodbatlas_cloud_backup_schedule").copy_settings ?? []) as object[];
    expect(copies).toHaveLength(policy.copyTo === "none" ? 0 : 2);
  });

  test("leaves out what the plan does not want", () => {
    const schedule = build({ yearly: "none", copyTo: "none" }).one("mongodbatlas_cloud_backup_schedule");
    expect(schedule).not.toHaveProperty("policy_item_yearly");
    expect(schedule).not.toHaveProperty("copy_settings");
  });

  test("refuses every broken rule of order at once", () => {
    const broken: BackupPlan = {
      hourly: { every: "5 hours", keep: "2 days" },
      daily: { keep: "40 days" },
      weekly: { keep: "5 days" },
      monthly: { keep: "4 days" },
      yearly: { keep: "2 days" },
      restoreWindow: "3 days",
      copyTo: "WESTERN_EUROPE",
    };
    expect(refusals(() => build(broken))).toEqual([
      "hourly.every: 1, 2, 4, 6, 8 or 12 hours",
      "restoreWindow: no longer than the hourly snapshots are kept (2 days)",
      "weekly.keep: at least 7 days",
      "weekly.keep: no shorter than the daily snapshots are kept (40 days)",
      "monthly.keep: at least 31 days",
      "monthly.keep: no shorter than the weekly snapshots are kept (5 days)",
      "yearly.keep: at least 1 year",
      "yearly.keep: no shorter than the monthly snapshots are kept (4 days)",
      "copyTo: a region other than the cluster's (WESTERN_EUROPE)",
    ]);
  });
});
