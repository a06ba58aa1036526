import { refusals, synthesized } from "../testing";
import { AtlasProject } from "./atlas-project";
import { DedicatedCluster } from "./dedicated-cluster";
import { exampleProject, exampleShape } from "./example-cluster";
import { PrivateLink, type PrivateLinkProps } from "./private-link";

const subnet = { project: "shop-dev", region: "europe-west1", network: "dev-network", subnet: "dev-atlas" };

function build(change: Partial<PrivateLinkProps> = {}, privateConnections = 4) {
  let address = "";
  const result = synthesized((stack) => {
    const limits = { privateConnections };
    const project = new AtlasProject(stack, "project", { ...exampleProject, limits });
    const link = new PrivateLink(stack, "link", { project, name: "dev-atlas", subnet, ...change });
    address = new DedicatedCluster(stack, "cluster", { ...exampleShape, project, privateLink: link }).address;
  });
  return { ...result, address };
}

test("has an address and a forwarding rule for each private connection of the project", () => {
  const { all, one } = build();
  expect(all("google_compute_address")).toHaveLength(4);
  expect(all("google_compute_address")[0]).toMatchObject({
    name: "dev-atlas-0",
    address_type: "INTERNAL",
    subnetwork: "projects/shop-dev/regions/europe-west1/subnetworks/dev-atlas",
  });
  expect(all("google_compute_forwarding_rule")).toHaveLength(4);
  expect(all("google_compute_forwarding_rule")[3]).toMatchObject({
    name: "dev-atlas-3",
    load_balancing_scheme: "",
    network: "projects/shop-dev/global/networks/dev-network",
    target: expect.stringMatching(/mongodbatlas_privatelink_endpoint\..*service_attachment_names\.3\}$/),
  });
  const { endpoints } = one("mongodbatlas_privatelink_endpoint_service") as { endpoints: object[] };
  expect(endpoints).toHaveLength(4);
  expect(endpoints[0]).toEqual({
    endpoint_name: expect.stringContaining("google_compute_forwarding_rule"),
    ip_address: expect.stringContaining(".address}"),
  });
});

test("comes before the cluster, whose address then leads through it", () => {
  const { one, address } = build();
  expect(one("mongodbatlas_advanced_cluster").depends_on).toEqual([
    expect.stringMatching(/^mongodbatlas_privatelink_endpoint_service\./),
  ]);
  expect(address).toContain('contains(way.endpoints[*].endpoint_id, "dev-atlas")');
});

test("hands every part to transform, and takes the longest legal name", () => {
  const name = "n".repeat(60);
  const { all } = build({
    name,
    globalAccess: true,
    transform: {
      rule: (config) => {
        config.description = "To Atlas";
      },
    },
  });
  const [rule] = all("google_compute_forwarding_rule");
  expect(rule).toMatchObject({ name: `${name}-0`, allow_psc_global_access: true, description: "To Atlas" });
});

test("stands twice in one project, in two regions", () => {
  const { all } = synthesized((stack) => {
    const limits = { privateConnections: 3 };
    const project = new AtlasProject(stack, "project", { ...exampleProject, limits });
    new PrivateLink(stack, "one", { project, name: "one", subnet });
    new PrivateLink(stack, "two", { project, name: "two", subnet: { ...subnet, region: "europe-west3" } });
  });
  expect(all("google_compute_address")).toHaveLength(6);
});

test("refuses a name that is none, and a cluster with more nodes than connections", () => {
  expect(refusals(() => build({ name: "Atlas" }))[0]).toMatch(/^name: 1 to 60/);
  expect(refusals(() => build({}, 2))).toEqual([
    "privateLink: at most 2 nodes, the project's limit of private connections",
  ]);
});
