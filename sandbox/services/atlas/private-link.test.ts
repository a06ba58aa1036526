import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const PROJECT = "mongodbatlas_project";
const CLUSTER = "mongodbatlas_advanced_cluster";
const ENDPOINT = "mongodbatlas_privatelink_endpoint";
const SERVICE = "mongodbatlas_privatelink_endpoint_service";
const LIMIT = "atlas.project.deployment.privateServiceConnectionsPerRegionGroup";

describe("private links", () => {
  let trial: TrialCloud;
  let project: ObjectValue;
  let endpoint: ObjectValue;
  beforeEach(async () => {
    trial = new TrialCloud();
    project = await trial.created(PROJECT, {
      name: "shop-dev",
      org_id: "5f76e20cfaeaad58bc70a115",
      limits: [{ name: LIMIT, value: 3 }],
    });
    endpoint = await trial.created(ENDPOINT, {
      project_id: project.id ?? null,
      provider_name: "GCP",
      region: "europe-west1",
    });
  });
  afterEach(() => trial.close());

  const group = (count: number): ObjectValue => ({
    project_id: project.id ?? null,
    provider_name: "GCP",
    private_link_id: endpoint.private_link_id ?? null,
    endpoint_service_id: "dev-atlas",
    gcp_project_id: "acme-dev",
    endpoints: Array.from({ length: count }, (_, index) => ({
      endpoint_name: `dev-atlas-${index}`,
      ip_address: `10.9.0.${index + 2}`,
    })),
  });
  const cluster: () => ObjectValue = () => ({
    project_id: project.id ?? null,
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

  test("GIVEN a limit of the project THEN there are so many attachments, a group needs as many, and the limit stays", async () => {
    expect(endpoint.service_attachment_names).toHaveLength(3);
    expect(endpoint.status).toBe("WAITING_FOR_USER");
    expect(errorsOf(await trial.create(SERVICE, group(2)))[0]).toContain(
      "needs a Google Cloud project and 3",
    );
    const changed = await trial.update(PROJECT, project, { limits: [{ name: LIMIT, value: 4 }] });
    expect(JSON.stringify(changed.diagnostics)).toContain("can't change while");
  });

  test("GIVEN a whole group THEN it is available, its endpoints too, and the endpoint can't go before it", async () => {
    const service = await trial.created(SERVICE, group(3));
    expect(service).toMatchObject({ gcp_status: "AVAILABLE", aws_connection_status: "", azure_status: null });
    expect(service.endpoints).toEqual([
      expect.objectContaining({ status: "AVAILABLE" }),
      expect.objectContaining({ status: "AVAILABLE" }),
      expect.objectContaining({ status: "AVAILABLE" }),
    ]);
    expect(await trial.read(ENDPOINT, endpoint)).toMatchObject({
      status: "AVAILABLE",
      endpoint_group_names: ["dev-atlas"],
    });
    expect(JSON.stringify((await trial.destroy(ENDPOINT, endpoint)).diagnostics)).toContain(
      "still has endpoints",
    );
    await trial.destroy(SERVICE, service);
    expect((await trial.destroy(ENDPOINT, endpoint)).state).toBeNull();
  });

  test("GIVEN a group WHEN a cluster is made THEN its connection strings name the way, by the data source too, until the group goes", async () => {
    const service = await trial.created(SERVICE, group(3));
    const state = await trial.created(CLUSTER, cluster());
    const through = [
      expect.objectContaining({
        type: "MONGOD",
        srv_connection_string: expect.stringMatching(
          /^mongodb\+srv:\/\/dev-main-pl-0\.[a-z0-9]{5}\.mongodb\.net$/,
        ),
        endpoints: [{ endpoint_id: "dev-atlas", provider_name: "GCP", region: "europe-west1" }],
      }),
    ];
    expect(state.connection_strings).toEqual([expect.objectContaining({ private_endpoint: through })]);
    const asked = { project_id: project.id ?? null, name: "dev-main" };
    const { state: seen } = await trial.data(CLUSTER, asked, "mongodbatlas");
    expect(seen?.connection_strings).toEqual([expect.objectContaining({ private_endpoint: through })]);
    await trial.destroy(SERVICE, service);
    expect((await trial.read(CLUSTER, state))?.connection_strings).toEqual([
      expect.objectContaining({ private_endpoint: [] }),
    ]);
  });
});
