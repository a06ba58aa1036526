import type { Value } from "../../values/value";
import { TrialCloud } from "../trial-cloud";

const org_id = "5f76e20cfaeaad58bc70a115";

describe("what a project and its organisation are told", () => {
  let trial: TrialCloud;
  let project_id: Value;
  beforeEach(async () => {
    trial = new TrialCloud();
    project_id = (await trial.created("mongodbatlas_project", { name: "shop-dev", org_id })).id ?? null;
  });
  afterEach(() => trial.close());

  test("GIVEN an alert THEN it has an id of its own, is off unless said, and knows no team or integration", async () => {
    const alert = await trial.created("mongodbatlas_alert_configuration", {
      project_id,
      event_type: "NO_PRIMARY",
      notification: [{ type_name: "GROUP", roles: ["GROUP_OWNER"] }],
    });
    expect(alert).toMatchObject({
      enabled: false,
      alert_configuration_id: expect.stringMatching(/^[0-9a-f]{24}$/),
      notification: [
        { team_name: "", integration_id: "", notifier_id: expect.stringMatching(/^[0-9a-f]{24}$/) },
      ],
    });
    expect(await trial.read("mongodbatlas_alert_configuration", alert)).toEqual(alert);
  });

  test("GIVEN a search index WHEN it is renamed THEN the provider refuses; its definition may change", async () => {
    const type = "mongodbatlas_search_index";
    await trial.created("mongodbatlas_advanced_cluster", {
      project_id,
      name: "dev-main",
      cluster_type: "REPLICASET",
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
    });
    const index = await trial.created(type, {
      project_id,
      cluster_name: "dev-main",
      database: "catalogue",
      collection_name: "products",
      name: "default",
      type: "search",
    });
    expect(index.status).toBeNull();
    expect(JSON.stringify((await trial.update(type, index, { name: "other" })).diagnostics)).toContain(
      "can't be updated",
    );
    expect((await trial.update(type, index, { mappings_dynamic: true })).state).toMatchObject({
      mappings_dynamic: true,
    });
  });

  test("GIVEN a resource policy THEN it tells whose it is, and a read changes nothing", async () => {
    const type = "mongodbatlas_resource_policy";
    const policy = await trial.created(type, { org_id, name: "rails", policies: [{ body: "forbid ();" }] });
    expect(policy).toMatchObject({
      version: "v1",
      policies: [{ body: "forbid ();" }],
      created_by_user: { name: "groundwork-sandbox" },
    });
    expect(await trial.read(type, policy)).toEqual(policy);
  });
});
