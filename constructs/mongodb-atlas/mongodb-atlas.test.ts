import type { TerraformStack } from "cdktf";
import { Account } from "../identity/account";
import { refusals, synthesized } from "../testing";
import { AtlasProject, type AtlasProjectProps } from "./atlas-project";
import { type BackupPlan, BackupSchedule } from "./backup-schedule";
import { DedicatedCluster, type DedicatedClusterProps } from "./dedicated-cluster";
import { ServiceUser } from "./service-user";

const organisationId = "65f1c0a2b7d94e3f8a1c5d20";
const identityProviderId = "66a04be1d2c93f57b8e6a114";
const projectProps: AtlasProjectProps = {
  name: "shop-dev",
  organisationId,
  tags: { env: "dev" },
  maintenance: { day: "tuesday", hour: 3 },
};
const clusterProps: Omit<DedicatedClusterProps, "project"> = {
  name: "dev-main",
  tier: "M10",
  version: "8.0",
  region: "WESTERN_EUROPE",
  nodes: 3,
  diskGb: 10,
  pointInTime: true,
  terminationProtection: true,
  tags: { env: "dev" },
};
const plan: BackupPlan = {
  hourly: { every: "6 hours", keep: "7 days" },
  daily: { keep: "30 days" },
  weekly: { keep: "8 weeks" },
  monthly: { keep: "13 months" },
  yearly: { keep: "7 years" },
  restoreWindow: "7 days",
  copyTo: "EUROPE_WEST_3",
};

function cluster(stack: TerraformStack, change: Partial<DedicatedClusterProps> = {}, id = "cluster") {
  const project = new AtlasProject(stack, `${id}-project`, projectProps);
  return new DedicatedCluster(stack, id, { ...clusterProps, project, ...change });
}

describe("AtlasProject", () => {
  test("belongs to the organisation and is maintained in its window", () => {
    const { one, providers } = synthesized((stack) => new AtlasProject(stack, "project", projectProps));
    expect(one("mongodbatlas_project")).toMatchObject({
      name: "shop-dev",
      org_id: organisationId,
      tags: { env: "dev" },
    });
    expect(one("mongodbatlas_maintenance_window")).toMatchObject({ day_of_week: 3, hour_of_day: 3 });
    expect(providers).toEqual({ mongodbatlas: [{}] });
  });

  test("refuses a name that is too long, an organisation that is none and an hour that is none", () => {
    const wrong = {
      name: "n".repeat(65),
      organisationId: "shop",
      maintenance: { day: "monday", hour: 24 },
    } as const;
    const build = () =>
      synthesized((stack) => new AtlasProject(stack, "project", { ...projectProps, ...wrong }));
    expect(refusals(build).map((line) => line.split(":")[0])).toEqual([
      "name",
      "organisationId",
      "maintenance.hour",
    ]);
  });
});

describe("DedicatedCluster", () => {
  test("has backups, protection and TLS 1.2, all written out", () => {
    const { one } = synthesized((stack) =>
      cluster(stack, { terminationProtection: false, pointInTime: false }),
    );
    expect(one("mongodbatlas_advanced_cluster")).toMatchObject({
      cluster_type: "REPLICASET",
      version_release_system: "LTS",
      backup_enabled: true,
      pit_enabled: false,
      retain_backups_enabled: true,
      termination_protection_enabled: false,
      advanced_configuration: { minimum_enabled_tls_protocol: "TLS1_2" },
      replication_specs: [
        {
          region_configs: [
            {
              provider_name: "GCP",
              region_name: "WESTERN_EUROPE",
              priority: 7,
              electable_specs: { instance_size: "M10", node_count: 3, disk_size_gb: 10 },
            },
          ],
        },
      ],
      tags: [{ key: "env", value: "dev" }],
    });
  });

  test("stands twice in one stack, with the longest legal name", () => {
    const { all } = synthesized((stack) => {
      cluster(stack, { name: "n".repeat(64) }, "one");
      cluster(stack, {}, "two");
    });
    expect(all("mongodbatlas_advanced_cluster")).toHaveLength(2);
  });

  test("hands its configuration to transform last", () => {
    const { one } = synthesized((stack) =>
      cluster(stack, {
        transform: {
          cluster: (config) => {
            config.paused = true;
          },
        },
      }),
    );
    expect(one("mongodbatlas_advanced_cluster")).toMatchObject({ paused: true });
  });

  test("refuses shared tiers, even numbers of nodes, small disks and long names at once", () => {
    const wrong = { name: "n".repeat(65), tier: "M0", nodes: 4, diskGb: 5 };
    expect(
      refusals(() => synthesized((stack) => cluster(stack, wrong))).map((line) => line.split(":")[0]),
    ).toEqual(["name", "tier", "nodes", "diskGb"]);
  });
});

describe("BackupSchedule", () => {
  const build = (change: Partial<BackupPlan> = {}) =>
    synthesized(
      (stack) => new BackupSchedule(stack, "backups", { cluster: cluster(stack), ...plan, ...change }),
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

describe("ServiceUser", () => {
  const build = (access: "read" | "read-write", roleName = "orders-service") =>
    synthesized((stack) => {
      const account = new Account(stack, "account", { accountId: "run-orders", purpose: "Runs orders." });
      const props = { cluster: cluster(stack), database: "orders", account, identityProviderId };
      new ServiceUser(stack, "orders", { ...props, roleName, access });
    });

  test("signs in with the service's account, to one cluster, in a role of its own", () => {
    const user = build("read-write").one("mongodbatlas_database_user");
    expect(user).toMatchObject({
      auth_database_name: "$external",
      oidc_auth_type: "USER",
      scopes: [{ type: "CLUSTER" }],
      roles: [{ database_name: "admin" }],
    });
    expect(user.username).toMatch(
      new RegExp(`^${identityProviderId}/\\$\\{google_service_account\\..*unique_id\\}$`),
    );
    expect(user).not.toHaveProperty("password");
  });

  test("may do no more than its job in its own database", () => {
    const actions = (access: "read" | "read-write") => {
      const role = build(access).one("mongodbatlas_custom_db_role") as {
        actions: { action: string; resources: object[] }[];
      };
      expect(role.actions.flatMap(({ resources }) => resources)).toEqual(
        role.actions.map(() => ({ database_name: "orders", collection_name: "" })),
      );
      return role.actions.map(({ action }) => action);
    };
    expect(actions("read")).not.toContain("INSERT");
    expect(actions("read-write")).toEqual(expect.arrayContaining(["FIND", "INSERT", "UPDATE", "REMOVE"]));
    expect(actions("read-write")).not.toContain("DROP_DATABASE");
  });

  test("refuses a role name that Atlas keeps for itself", () => {
    expect(refusals(() => build("read", "xgen-orders"))).toEqual([
      "roleName: letters, digits, - and _, not starting with xgen-",
    ]);
  });
});
