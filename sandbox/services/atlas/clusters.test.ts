import type { ObjectValue, Value } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";
import { encodeStateId } from "./identity";

const CLUSTER = "mongodbatlas_advanced_cluster";
const FLEX = "mongodbatlas_flex_cluster";

describe("Atlas clusters", () => {
  let trial: TrialCloud;
  let project: Value;
  beforeEach(async () => {
    trial = new TrialCloud();
    const created = await trial.created("mongodbatlas_project", {
      name: "shop-dev",
      org_id: "5f76e20cfaeaad58bc70a115",
    });
    project = created.id ?? null;
  });
  afterEach(() => trial.close());

  const cluster = (name: string, more: ObjectValue = {}, size = "M10", provider = "GCP"): ObjectValue => ({
    project_id: project,
    name,
    cluster_type: "REPLICASET",
    backup_enabled: false,
    replication_specs: [
      {
        region_configs: [
          {
            provider_name: provider,
            region_name: "WESTERN_EUROPE",
            priority: 7,
            electable_specs: [{ instance_size: size, node_count: 3 }],
          },
        ],
      },
    ],
    ...more,
  });
  const flex = (name: string, more: ObjectValue = {}): ObjectValue => ({
    project_id: project,
    name,
    provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
    ...more,
  });

  test("GIVEN a cluster THEN id, hosts, version, disk and nested ids look real and are the same on every read", async () => {
    const state = await trial.created(CLUSTER, cluster("orders-dev", { mongo_db_major_version: "7.0" }));
    expect(state.cluster_id).toMatch(/^[0-9a-f]{24}$/);
    expect(state.id).toBe(
      encodeStateId({
        cluster_id: String(state.cluster_id),
        project_id: String(project),
        cluster_name: "orders-dev",
      }),
    );
    expect(state).toMatchObject({
      state_name: "IDLE",
      disk_size_gb: 10,
      mongo_db_version: expect.stringMatching(/^7\.0\.\d+$/),
      connection_strings: [
        {
          standard_srv: expect.stringMatching(/^mongodb\+srv:\/\/orders-dev\.[a-z0-9]{5}\.mongodb\.net$/),
          standard: expect.stringMatching(/^mongodb:\/\/orders-dev-shard-00-00\..*replicaSet=atlas-/),
        },
      ],
      replication_specs: [
        {
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          container_id: { "GCP:WESTERN_EUROPE": expect.stringMatching(/^[0-9a-f]{24}$/) },
        },
      ],
    });
    expect(await trial.read(CLUSTER, state)).toEqual(state);
    expect(await trial.import(CLUSTER, `${project}-orders-dev`)).toMatchObject({
      cluster_id: state.cluster_id,
    });
    await expect(trial.import(CLUSTER, `${project}-nobody`)).rejects.toThrow("404");
  });

  test("GIVEN a name WHEN it is used again, by another kind too, THEN it is refused", async () => {
    await trial.created(CLUSTER, cluster("orders-dev"));
    expect(errorsOf(await trial.create(CLUSTER, cluster("orders-dev")))[0]).toContain(
      "DUPLICATE_CLUSTER_NAME",
    );
    expect(errorsOf(await trial.create(FLEX, flex("orders-dev")))[0]).toContain("DUPLICATE_CLUSTER_NAME");
  });

  test("GIVEN names that agree in 23 characters THEN the second is refused, one more difference before that is fine", async () => {
    await trial.created(CLUSTER, cluster("orders-and-catalogue-dev-1"));
    expect(errorsOf(await trial.create(CLUSTER, cluster("orders-and-catalogue-dev-2")))[0]).toContain(
      "first 23",
    );
    await trial.created(CLUSTER, cluster("orders-and-catalogue-2-dev"));
    expect(errorsOf(await trial.create(CLUSTER, cluster("orders_dev")))[0]).toContain("CLUSTER_NAME_INVALID");
  });

  test("GIVEN termination protection WHEN the cluster is destroyed THEN it is refused until an update clears it", async () => {
    for (const [type, config] of [
      [CLUSTER, cluster("orders-dev", { termination_protection_enabled: true })],
      [FLEX, flex("preview", { termination_protection_enabled: true })],
    ] as const) {
      const state = await trial.created(type, config);
      const refused = await trial.destroy(type, state);
      expect(refused.state).toEqual(state);
      expect(JSON.stringify(refused.diagnostics)).toContain(
        "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED",
      );
      const open = await trial.update(type, state, { termination_protection_enabled: false });
      expect((await trial.destroy(type, open.state ?? {})).state).toBeNull();
    }
  });

  test("GIVEN an M0 cluster THEN it has neither backups nor a twin; continuous backups need backups", async () => {
    const backups = { backup_enabled: true };
    expect(errorsOf(await trial.create(CLUSTER, cluster("free", backups, "M0", "TENANT")))[0]).toContain(
      "backup_enabled is not available for M0",
    );
    await trial.created(CLUSTER, cluster("free", {}, "M0", "TENANT"));
    expect(errorsOf(await trial.create(CLUSTER, cluster("gratis", {}, "M0", "TENANT")))[0]).toContain(
      "another free",
    );
    expect(errorsOf(await trial.create(CLUSTER, cluster("orders", { pit_enabled: true })))[0]).toContain(
      "need cloud backups",
    );
  });

  test("GIVEN only shared tiers WHEN a private endpoint or peering is made THEN it is refused", async () => {
    const endpoint = { project_id: project, provider_name: "GCP", region: "europe-west1" };
    const link = await trial.created("mongodbatlas_privatelink_endpoint", endpoint);
    expect(link.service_attachment_names).toHaveLength(50);
    expect(errorsOf(await trial.create("mongodbatlas_privatelink_endpoint", endpoint))[0]).toContain(
      "already exists",
    );

    await trial.created(FLEX, flex("preview"));
    const elsewhere = { ...endpoint, region: "europe-west4" };
    expect(errorsOf(await trial.create("mongodbatlas_privatelink_endpoint", elsewhere))[0]).toContain(
      "M0 and Flex clusters have no private endpoints",
    );
    await trial.created(CLUSTER, cluster("orders-dev"));
    await trial.created("mongodbatlas_privatelink_endpoint", elsewhere);
  });

  test("GIVEN a flex cluster THEN its id is 24 digits, its settings are filled, and it is imported by name", async () => {
    const state = await trial.created(FLEX, flex("preview"));
    expect(state.id).toMatch(/^[0-9a-f]{24}$/);
    expect(state).toMatchObject({
      provider_settings: { provider_name: "FLEX", disk_size_gb: 5, region_name: "WESTERN_EUROPE" },
      backup_settings: { enabled: true },
      connection_strings: { standard_srv: expect.stringContaining("mongodb+srv://preview.") },
    });
    expect(await trial.import(FLEX, `${project}-preview`)).toEqual(state);
    expect(await trial.import(FLEX, `${project}-nobody`)).toBeNull();
    const renamed = await trial.update(FLEX, state, { name: "other" });
    expect(renamed).toMatchObject({
      state,
      diagnostics: [{ detail: expect.stringContaining("ATTRIBUTE_READ_ONLY") }],
    });
  });

  test("GIVEN a cluster that is gone WHEN it is updated THEN 404, when it is destroyed nothing", async () => {
    const state = await trial.created(CLUSTER, cluster("orders-dev"));
    await trial.vanish(CLUSTER, String(state.id));
    expect(await trial.read(CLUSTER, state)).toBeNull();
    expect(errorsOf(await trial.update(CLUSTER, state, { paused: true }))[0]).toMatch(
      /^error updating advanced cluster \(orders-dev\): .*404/,
    );
    expect((await trial.destroy(CLUSTER, state)).state).toBeNull();
  });
});
