import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const INSTANCE = "google_sql_database_instance";
const network = "projects/acme-dev/global/networks/main";
const settings = (more: ObjectValue = {}): ObjectValue[] => [
  {
    tier: "db-custom-2-7680",
    ip_configuration: [{ ipv4_enabled: false, private_network: network, allocated_ip_range: "services" }],
    ...more,
  },
];
const instance = (name: string, more: ObjectValue = {}): ObjectValue => ({
  name,
  region: "europe-west1",
  database_version: "POSTGRES_16",
  deletion_protection: false,
  settings: settings(),
  ...more,
});

describe("databases of Google's", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  async function connect(): Promise<void> {
    await trial.created("google_compute_network", { name: "main" });
    await trial.created("google_compute_global_address", {
      name: "services",
      address: "10.30.0.0",
      prefix_length: 16,
    });
    await trial.created("google_service_networking_connection", {
      network,
      service: "servicenetworking.googleapis.com",
      reserved_peering_ranges: ["services"],
    });
  }

  test("GIVEN no connection to Google's services THEN neither Cloud SQL nor Redis can be private", async () => {
    expect(errorsOf(await trial.create(INSTANCE, instance("main")))[0]).toContain("was not found");
    await trial.created("google_compute_network", { name: "main" });
    expect(errorsOf(await trial.create(INSTANCE, instance("main")))[0]).toContain(
      "private services connection",
    );
    const redis = {
      name: "cache",
      memory_size_gb: 1,
      connect_mode: "PRIVATE_SERVICE_ACCESS",
      authorized_network: network,
    };
    expect(errorsOf(await trial.create("google_redis_instance", redis))[0]).toContain("private services");
  });

  test("GIVEN a private instance THEN its address is of the range, and nothing is public", async () => {
    await connect();
    const main = await trial.created(INSTANCE, instance("main"));
    expect(main).toMatchObject({
      connection_name: "acme-dev:europe-west1:main",
      instance_type: "CLOUD_SQL_INSTANCE",
      private_ip_address: expect.stringMatching(/^10\.30\./),
      public_ip_address: "",
      first_ip_address: main.private_ip_address,
      ip_address: [{ type: "PRIVATE", ip_address: main.private_ip_address }],
    });
  });

  test("GIVEN a replica THEN the primary tells of it, and can't be deleted before it", async () => {
    await connect();
    const main = await trial.created(INSTANCE, instance("main"));
    const lost = await trial.create(INSTANCE, instance("copy", { master_instance_name: "other" }));
    expect(errorsOf(lost)[0]).toContain("does not exist");
    const copy = await trial.created(INSTANCE, instance("copy", { master_instance_name: "main" }));
    expect(copy.instance_type).toBe("READ_REPLICA_INSTANCE");
    expect(await trial.read(INSTANCE, main)).toMatchObject({ replica_names: ["copy"] });
    expect(errorsOf(await trial.destroy(INSTANCE, main))[0]).toContain("has replicas");
    await trial.destroy(INSTANCE, copy);
    expect(await trial.read(INSTANCE, main)).toMatchObject({ replica_names: [] });
    expect((await trial.destroy(INSTANCE, main)).state).toBeNull();
  });

  test("GIVEN a deleted instance THEN its name is taken for a week", async () => {
    await connect();
    await trial.destroy(INSTANCE, await trial.created(INSTANCE, instance("main")));
    expect(errorsOf(await trial.create(INSTANCE, instance("main")))[0]).toContain("one week");
    await trial.created(INSTANCE, instance("main-2"));
  });

  test("GIVEN both locks THEN each refuses the deletion by itself", async () => {
    await connect();
    const locked = await trial.created(
      INSTANCE,
      instance("main", {
        deletion_protection: true,
        settings: settings({ deletion_protection_enabled: true }),
      }),
    );
    expect(errorsOf(await trial.destroy(INSTANCE, locked))[0]).toContain(
      "deletion_protection is set to true",
    );
    const unlocked = { ...locked, deletion_protection: false };
    expect(errorsOf(await trial.destroy(INSTANCE, unlocked))[0]).toContain("The instance is protected");
  });

  test("GIVEN no instance THEN no database and no user; with it they go", async () => {
    const database = { instance: "main", name: "orders" };
    const user = { instance: "main", name: "run-orders@acme-dev.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT" };
    expect(errorsOf(await trial.create("google_sql_database", database))[0]).toContain("does not exist");
    expect(errorsOf(await trial.create("google_sql_user", user))[0]).toContain("does not exist");
    await connect();
    const main = await trial.created(INSTANCE, instance("main"));
    const orders = await trial.created("google_sql_database", database);
    const run = await trial.created("google_sql_user", user);
    await trial.destroy(INSTANCE, main);
    expect(await trial.read("google_sql_database", orders)).toBeNull();
    expect(await trial.read("google_sql_user", run)).toBeNull();
  });

  test("GIVEN a Redis with a password and TLS THEN it is where Google puts it", async () => {
    await connect();
    const redis = await trial.created("google_redis_instance", {
      name: "cache",
      memory_size_gb: 1,
      tier: "STANDARD_HA",
      connect_mode: "PRIVATE_SERVICE_ACCESS",
      authorized_network: network,
      reserved_ip_range: "services",
      auth_enabled: true,
      transit_encryption_mode: "SERVER_AUTHENTICATION",
    });
    expect(redis).toMatchObject({
      host: expect.stringMatching(/^10\.30\./),
      port: 6378,
      replica_count: 1,
      location_id: "europe-west1-b",
      alternative_location_id: "europe-west1-c",
      auth_string: expect.stringMatching(/^[0-9a-f-]{36}$/),
      server_ca_certs: [{ cert: expect.stringContaining("BEGIN CERTIFICATE") }],
    });
  });
});

describe("what guards a project", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN an organisation policy by its full name THEN the state has the short one", async () => {
    const policy = await trial.created("google_org_policy_policy", {
      name: "projects/acme-dev/policies/compute.requireOsLogin",
      parent: "projects/acme-dev",
      spec: [{ rules: [{ enforce: "TRUE" }] }],
    });
    expect(policy.id).toBe("projects/acme-dev/policies/compute.requireOsLogin");
    expect(policy.name).toBe("compute.requireOsLogin");
    expect(await trial.read("google_org_policy_policy", policy)).toEqual(policy);
  });

  test("GIVEN a project by its id THEN a budget answers its number", async () => {
    const budget = await trial.created("google_billing_budget", {
      billing_account: "012345-6789AB-CDEF01",
      amount: [{ specified_amount: [{ units: "100" }] }],
      budget_filter: [{ projects: ["projects/acme-dev", "projects/123456789012"] }],
    });
    expect(budget.budget_filter).toMatchObject([
      { projects: [expect.stringMatching(/^projects\/\d{12}$/), "projects/123456789012"] },
    ]);
  });

  test("GIVEN destinations THEN a sink writes as itself, as Google's old account, or as nobody", async () => {
    const sink = async (name: string, destination: string, unique: boolean) =>
      (
        await trial.created("google_logging_project_sink", {
          name,
          destination,
          unique_writer_identity: unique,
        })
      ).writer_identity;
    expect(await sink("a", "storage.googleapis.com/x", true)).toMatch(
      /^serviceAccount:service-\d+@gcp-sa-logging/,
    );
    expect(await sink("b", "storage.googleapis.com/x", false)).toContain("cloud-logs@system");
    const bucket = "logging.googleapis.com/projects/acme-dev/locations/global/buckets/services";
    expect(await sink("c", bucket, true)).toBe("");
  });
});
