import { judgedBy, ref } from "../testing";
import { backupsLast } from "./s20-backups-last";

const cluster = {
  "mongodbatlas_advanced_cluster.c": {
    name: "main",
    backup_enabled: true,
    replication_specs: [{ region_configs: [{ region_name: "WESTERN_EUROPE" }] }],
  },
};
const schedule = (more = {}) => ({
  ...cluster,
  "mongodbatlas_cloud_backup_schedule.s": {
    cluster_name: ref("mongodbatlas_advanced_cluster.c.name"),
    policy_item_daily: { retention_value: 30, retention_unit: "days" },
    policy_item_yearly: [{ retention_value: 7, retention_unit: "years" }],
    copy_settings: [{ region_name: "EUROPE_WEST_3" }],
    ...more,
  },
});

describe("S20", () => {
  test("GIVEN no backups WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(backupsLast, { "mongodbatlas_advanced_cluster.c": {} })).toEqual("not applicable");
  });

  test("GIVEN kept and copied WHEN judged THEN it is compliant", () => {
    expect(judgedBy(backupsLast, schedule())).toEqual("compliant");
  });

  test("GIVEN no schedule WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(backupsLast, cluster)).toEqual(["mongodbatlas_advanced_cluster.c"]);
  });

  test("GIVEN a week WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(backupsLast, schedule({ policy_item_daily: { retention_value: 1, retention_unit: "weeks" } })),
    ).toEqual(["policy_item_daily"]);
  });

  test("GIVEN nothing yearly WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(backupsLast, schedule({ policy_item_yearly: null }))).toEqual(["policy_item_yearly"]);
  });

  test("GIVEN a copy in the same region WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(backupsLast, schedule({ copy_settings: [{ region_name: "WESTERN_EUROPE" }] }))).toEqual([
      "copy_settings",
    ]);
  });
});
