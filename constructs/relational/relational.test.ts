import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { accountByEmail } from "../identity/principal";
import { google } from "../provider/providers";
import { refusals, synthesized } from "../testing";
import { Database } from "./database";
import { Instance, type InstanceProps } from "./instance";
import { machineTier } from "./machine";
import { User, type UserIdentity } from "./user";

const type = "google_sql_database_instance";
const props: InstanceProps = {
  name: "shop-main",
  region: "europe-west1",
  network: { networkId: "projects/shop-dev/global/networks/dev-network" },
  services: { rangeName: "google-services" },
  version: "16",
  machine: { cpus: 2, memoryGb: 7.5 },
  diskGb: 50,
  backups: { hour: 2, keep: 30, restoreWindow: "7 days", location: "eu" },
  maintenance: { day: "tuesday", hour: 3 },
};
const build = (change: Partial<InstanceProps> = {}) =>
  synthesized((stack) => new Instance(stack, "instance", { ...props, ...change }));
const fields = (lines: string[]) => lines.map((line) => line.split(":")[0]);

describe("Instance", () => {
  test("GIVEN a place THEN it is private, regional, backed up to the second and locked three times", () => {
    expect(build().one(type)).toMatchObject({
      name: "shop-main",
      database_version: "POSTGRES_16",
      deletion_protection: true,
      lifecycle: { prevent_destroy: true, ignore_changes: ["settings[0].disk_size"] },
      settings: {
        tier: "db-custom-2-7680",
        edition: "ENTERPRISE",
        availability_type: "REGIONAL",
        deletion_protection_enabled: true,
        retain_backups_on_delete: true,
        disk_size: 50,
        disk_autoresize: true,
        user_labels: { env: "dev", "cost-centre": "shop" },
        ip_configuration: {
          ipv4_enabled: false,
          private_network: "projects/shop-dev/global/networks/dev-network",
          allocated_ip_range: "google-services",
          ssl_mode: "ENCRYPTED_ONLY",
        },
        backup_configuration: {
          enabled: true,
          start_time: "02:00",
          location: "eu",
          point_in_time_recovery_enabled: true,
          transaction_log_retention_days: 7,
          backup_retention_settings: { retained_backups: 30, retention_unit: "COUNT" },
        },
        insights_config: { query_insights_enabled: true },
        maintenance_window: { day: 2, hour: 3, update_track: "stable" },
      },
    });
  });

  test("GIVEN flags of its own THEN statements are counted and IAM signs in all the same", () => {
    const { settings } = build({ flags: { max_connections: "200", log_statement: "none" } }).one(type) as {
      settings: { database_flags: { name: string; value: string }[] };
    };
    const flags = Object.fromEntries(settings.database_flags.map(({ name, value }) => [name, value]));
    expect(flags).toMatchObject({
      "cloudsql.iam_authentication": "on",
      "pg_stat_statements.track": "all",
      log_statement: "none",
      max_connections: "200",
    });
  });

  test("GIVEN copies THEN each follows the first, in its region, and takes over its disk's size", () => {
    const replicas = [
      { name: "shop-main-west4", region: "europe-west4" },
      { name: "shop-main-west3", region: "europe-west3" },
    ];
    const instances = build({ replicas }).all(type);
    const [west3, west4] = ["europe-west3", "europe-west4"].map((region) =>
      instances.find((instance) => instance.region === region),
    );
    expect(west3).toMatchObject({ name: "shop-main-west3", region: "europe-west3" });
    expect(west4).toMatchObject({
      name: "shop-main-west4",
      master_instance_name: expect.stringMatching(/^\$\{google_sql_database_instance\..+\.name}$/),
      deletion_protection: true,
      settings: { availability_type: "ZONAL", ip_configuration: { ipv4_enabled: false } },
    });
    expect(west4?.settings).not.toHaveProperty("disk_size");
    expect(west4?.settings).not.toHaveProperty("backup_configuration");
  });

  test("names sizes as Google does", () => {
    expect(machineTier("shared-micro")).toBe("db-f1-micro");
    expect(machineTier("shared-small")).toBe("db-g1-small");
    expect(machineTier({ cpus: 4, memoryGb: 16 })).toBe("db-custom-4-16384");
  });

  test("reports everything that is wrong at once", () => {
    const wrong: Partial<InstanceProps> = {
      name: "Main",
      machine: { cpus: 3, memoryGb: 100 },
      diskGb: 5,
      backups: { hour: 24, keep: 3, restoreWindow: "8 days", location: "eu" },
      maintenance: { day: "monday", hour: -1 },
      replicas: [{ name: "Main", region: "europe-west4" }],
    };
    expect(fields(refusals(() => build(wrong)))).toEqual([
      "name",
      "machine.cpus",
      "machine.memoryGb",
      "diskGb",
      "backups.hour",
      "backups.keep",
      "backups.restoreWindow",
      "backups.restoreWindow",
      "maintenance.hour",
      "replicas[0].name",
      "replicas[0].name",
    ]);
    expect(refusals(() => build({ machine: "shared-micro" }))).toEqual([
      "machine: a machine of its own, as a shared one has no standby",
    ]);
    expect(refusals(() => build({ name: `a${"b".repeat(97)}` }))).toEqual([
      "name: a name that has at most 97 characters together with the project's id",
    ]);
    const key = {
      keyId: "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
      location: "europe-west1",
    };
    expect(refusals(() => build({ key, replicas: [{ name: "far", region: "europe-west4" }] }))).toEqual([
      "replicas[0].key: a key of the replica's own region, as the instance has one",
    ]);
  });

  test("stands twice in one stack, and hands instance and copies to transform", () => {
    const { all } = synthesized((stack) => {
      new Instance(stack, "one", { ...props, protected: false });
      new Instance(stack, "two", {
        ...props,
        name: "second",
        replicas: [{ name: "second-copy", region: "europe-west4" }],
        transform: {
          instance: (config) => {
            config.maintenanceVersion = "instance";
          },
          replica: (config) => {
            config.maintenanceVersion = "replica";
          },
        },
      });
    });
    expect(
      all(type)
        .map(({ maintenance_version }) => maintenance_version ?? "none")
        .sort(),
    ).toEqual(["instance", "none", "replica"]);
  });
});

describe("Database", () => {
  test("is forgotten, not dropped", () => {
    const { one } = synthesized(
      (stack) => new Database(stack, "orders", { instance: { instanceName: "shop-main" }, name: "orders" }),
    );
    expect(one("google_sql_database")).toMatchObject({ name: "orders", deletion_policy: "ABANDON" });
  });

  test("refuses PostgreSQL's own", () => {
    const wrong = () =>
      synthesized((stack) => new Database(stack, "x", { instance: { instanceName: "x" }, name: "postgres" }));
    expect(fields(refusals(wrong))).toEqual(["name"]);
  });
});

describe("User", () => {
  const user = (identity: UserIdentity) =>
    synthesized((stack) => new User(stack, "user", { instance: { instanceName: "shop-main" }, identity }));

  test("GIVEN an account THEN it signs in by IAM, on this instance alone, without a password", () => {
    const { one, all } = user({ account: accountByEmail("run-orders@shop-dev.iam.gserviceaccount.com") });
    expect(one("google_sql_user")).toEqual({
      instance: "shop-main",
      name: "run-orders@shop-dev.iam",
      type: "CLOUD_IAM_SERVICE_ACCOUNT",
      deletion_policy: "ABANDON",
    });
    expect(all("google_project_iam_member")).toMatchObject([
      {
        role: "roles/cloudsql.client",
        member: "serviceAccount:run-orders@shop-dev.iam.gserviceaccount.com",
        condition: { expression: expect.stringContaining("projects/shop-dev/instances/shop-main") },
      },
      { role: "roles/cloudsql.instanceUser" },
    ]);
  });

  test("GIVEN an account of the same stack THEN Terraform takes the end of its address off", () => {
    const { one } = synthesized((stack) => {
      google(stack);
      const { email, member } = new ServiceAccount(stack, "account", { accountId: "run-orders" });
      new User(stack, "user", {
        instance: { instanceName: "shop-main" },
        identity: { account: { email, member } },
      });
    });
    expect(one("google_sql_user").name).toMatch(
      /^\$\{trimsuffix\(google_service_account\..+, "\.gserviceaccount\.com"\)}$/,
    );
  });

  test("GIVEN a person or a group THEN the address is the name", () => {
    expect(user({ person: "ada@shop.example" }).one("google_sql_user")).toMatchObject({
      name: "ada@shop.example",
      type: "CLOUD_IAM_USER",
    });
    expect(user({ group: "dev@shop.example" }).all("google_project_iam_member")[0]).toMatchObject({
      member: "group:dev@shop.example",
    });
  });

  test("refuses what is no address", () => {
    expect(fields(refusals(() => user({ person: "ada" })))).toEqual(["identity"]);
  });
});
