import type { ObjectValue, Value } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";
import { encodeStateId } from "./identity";

const SCHEDULE = "mongodbatlas_cloud_backup_schedule";
const POLICY = "mongodbatlas_backup_compliance_policy";
const CLUSTER = "mongodbatlas_advanced_cluster";

const item = (value: number, unit: string, interval = 1): ObjectValue => ({
  frequency_interval: interval,
  retention_unit: unit,
  retention_value: value,
});

describe("Atlas backups", () => {
  let trial: TrialCloud;
  let project: Value;
  beforeEach(async () => {
    trial = new TrialCloud();
    const created = await trial.created("mongodbatlas_project", {
      name: "shop-prod",
      org_id: "5f76e20cfaeaad58bc70a115",
    });
    project = created.id ?? null;
  });
  afterEach(() => trial.close());

  const cluster = (more: ObjectValue = {}): ObjectValue => ({
    project_id: project,
    name: "orders",
    cluster_type: "REPLICASET",
    backup_enabled: true,
    pit_enabled: true,
    replication_specs: [
      {
        region_configs: [
          {
            provider_name: "GCP",
            region_name: "WESTERN_EUROPE",
            priority: 7,
            electable_specs: [{ instance_size: "M10", node_count: 3 }],
          },
        ],
      },
    ],
    ...more,
  });
  const schedule = (more: ObjectValue = {}): ObjectValue => ({
    project_id: project,
    cluster_name: "orders",
    policy_item_hourly: [item(7, "days", 6)],
    policy_item_daily: [item(30, "days")],
    policy_item_weekly: [item(8, "weeks")],
    policy_item_monthly: [item(13, "months")],
    policy_item_yearly: [item(7, "years")],
    restore_window_days: 7,
    ...more,
  });
  const policy = (more: ObjectValue = {}): ObjectValue => ({
    project_id: project,
    authorized_email: "security@example.com",
    authorized_user_first_name: "Grace",
    authorized_user_last_name: "Hopper",
    copy_protection_enabled: false,
    encryption_at_rest_enabled: false,
    pit_enabled: true,
    restore_window_days: 7,
    policy_item_daily: [item(30, "days")],
    ...more,
  });

  test("GIVEN a schedule THEN its ids are filled, it names the cluster, and it goes with the cluster", async () => {
    const orders = await trial.created(CLUSTER, cluster());
    const state = await trial.created(SCHEDULE, schedule());
    expect(state).toMatchObject({
      id: encodeStateId({ project_id: String(project), cluster_name: "orders" }),
      cluster_id: orders.cluster_id,
      policy_item_daily: [{ frequency_type: "daily", id: expect.stringMatching(/^[0-9a-f]{24}$/) }],
    });
    expect(await trial.import(SCHEDULE, `${project}-orders`)).toMatchObject({ restore_window_days: 7 });
    await trial.destroy(CLUSTER, orders);
    expect(await trial.read(SCHEDULE, state)).toBeNull();
  });

  test("GIVEN no cluster, no backups or a shared tier WHEN a schedule is made THEN it is refused", async () => {
    expect(errorsOf(await trial.create(SCHEDULE, schedule()))[0]).toContain("CLUSTER_NOT_FOUND");
    await trial.created("mongodbatlas_flex_cluster", {
      project_id: project,
      name: "preview",
      provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
    });
    expect(errorsOf(await trial.create(SCHEDULE, schedule({ cluster_name: "preview" })))[0]).toContain(
      "FLEX clusters have no backup schedule",
    );
    const off = { backup_enabled: false, pit_enabled: false };
    await trial.created(CLUSTER, cluster(off));
    expect(errorsOf(await trial.create(SCHEDULE, schedule()))[0]).toContain("BACKUP_CONFIG_NOT_FOUND");
  });

  test.each<[string, ObjectValue, string]>([
    ["an odd hourly interval", { policy_item_hourly: [item(7, "days", 5)] }, "1, 2, 4, 6, 8, 12"],
    ["weekly shorter than daily", { policy_item_weekly: [item(2, "weeks")] }, "at least as long"],
    ["monthly for some days", { policy_item_monthly: [item(10, "days")] }, "at least 31 days"],
    ["a restore window above hourly", { restore_window_days: 8 }, "restore window"],
    [
      "an unknown zone",
      { copy_settings: [{ cloud_provider: "GCP", zone_id: "5f40441ed18493615f182e4a" }] },
      "zone",
    ],
  ])("GIVEN %s WHEN the schedule is set THEN it is refused", async (_, changes, message) => {
    await trial.created(CLUSTER, cluster());
    expect(errorsOf(await trial.create(SCHEDULE, schedule(changes)))[0]).toContain(message);
  });

  describe("GIVEN a compliance policy", () => {
    test("WHEN it is lowered or removed THEN it is refused, made stricter it is accepted", async () => {
      const state = await trial.created(POLICY, policy());
      const lowered = await trial.update(POLICY, state, { policy_item_daily: [item(29, "days")] });
      expect(lowered.state).toEqual(state);
      expect(errorsOf(lowered)[0]).toContain("can't be weakened (daily)");
      expect(errorsOf(await trial.update(POLICY, state, { pit_enabled: false }))[0]).toContain("pit_enabled");
      expect(errorsOf(await trial.destroy(POLICY, state))[0]).toMatch(
        /^error disabling the Backup Compliance Policy/,
      );
      expect(errorsOf(await trial.update(POLICY, state, { policy_item_daily: [item(60, "days")] }))).toEqual(
        [],
      );
    });

    test("WHEN a schedule keeps less or is removed THEN it is refused, with the cluster it may go", async () => {
      const orders = await trial.created(CLUSTER, cluster());
      const state = await trial.created(SCHEDULE, schedule());
      await trial.created(POLICY, policy());
      const shorter = { policy_item_hourly: [item(7, "days", 6)], policy_item_daily: [item(7, "days")] };
      expect(errorsOf(await trial.update(SCHEDULE, state, shorter))[0]).toContain(
        "BACKUP_POLICIES_NOT_MEETING_BACKUP_COMPLIANCE_POLICY_REQUIREMENTS",
      );
      expect(errorsOf(await trial.destroy(SCHEDULE, state))[0]).toMatch(
        /^error deleting MongoDB Cloud Backup Schedule \(orders\): .*BACKUP_POLICIES_NOT_MEETING/,
      );
      await trial.destroy(CLUSTER, orders);
      expect((await trial.destroy(SCHEDULE, state)).state).toBeNull();
    });

    test("WHEN a cluster has less protection THEN it is refused, and so is the policy over such a cluster", async () => {
      const off = cluster({ backup_enabled: false, pit_enabled: false });
      const state = await trial.created(CLUSTER, off);
      expect(errorsOf(await trial.create(POLICY, policy()))[0]).toContain("backups are off");
      await trial.destroy(CLUSTER, state);
      await trial.created(POLICY, policy());
      expect(errorsOf(await trial.create(CLUSTER, off))[0]).toContain("backups are off");
      expect(errorsOf(await trial.create(CLUSTER, cluster({ pit_enabled: false })))[0]).toContain(
        "point in time",
      );
      await trial.created(CLUSTER, cluster());
    });
  });
});
