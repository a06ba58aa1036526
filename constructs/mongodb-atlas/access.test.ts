import fc from "fast-check";
import { refusals, synthesized } from "../testing";
import { AccessList, type AccessListEntry } from "./access-list";
import { AtlasProject } from "./atlas-project";
import { CertificateUser, type CertificateUserProps } from "./certificate-user";
import { CustomRole, type Privilege } from "./custom-role";
import { exampleCluster, exampleProject } from "./example-cluster";
import { FlexCluster } from "./flex-cluster";
import { NetworkPeering } from "./network-peering";

describe("AccessList", () => {
  const build = (entries: readonly AccessListEntry[]) =>
    synthesized((stack) => {
      new AccessList(stack, "access", { project: { projectId: "65f1c0a2b7d94e3f8a1c5d21" }, entries });
    });

  test("lists ranges and single addresses, with a word on whose they are", () => {
    const { all } = build([
      { range: "10.20.0.0/16", comment: "VPC" },
      { range: "203.0.113.7", comment: "Office" },
    ]);
    expect(all("mongodbatlas_project_ip_access_list")).toEqual([
      expect.objectContaining({ cidr_block: "10.20.0.0/16", comment: "VPC" }),
      expect.objectContaining({ ip_address: "203.0.113.7", comment: "Office" }),
    ]);
    expect(JSON.stringify(all("mongodbatlas_project_ip_access_list"))).not.toContain("timeouts");
  });

  test("never lets the internet in, as a whole or in halves", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 7 }), (address, prefix) => {
        expect(refusals(() => build([{ range: `${address}/${prefix}`, comment: "everybody" }]))).toEqual([
          expect.stringMatching(/^entries\.0\.range: a prefix length of at least 8/),
        ]);
      }),
      { numRuns: 30 },
    );
  });

  test("refuses what is no range, a range twice and an entry that nobody explained", () => {
    const wrong = [
      { range: "shop.example", comment: "Office" },
      { range: "10.0.0.1", comment: "One" },
      { range: "10.0.0.1/32", comment: "" },
    ];
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "entries.0.range",
      "entries.2.range",
      "entries.2.comment",
    ]);
  });

  test("opens a project for a Flex cluster that may be thrown away", () => {
    const { one } = synthesized((stack) => {
      const project = new AtlasProject(stack, "project", exampleProject);
      const openFor = new FlexCluster(stack, "tests", {
        project,
        name: "tests",
        region: "WESTERN_EUROPE",
        tags: {},
      });
      new AccessList(stack, "access", { project, entries: [], openFor });
    });
    expect(one("mongodbatlas_project_ip_access_list")).toMatchObject({ cidr_block: "0.0.0.0/0" });
  });
});

describe("FlexCluster", () => {
  test("says no more than Flex clusters can, twice in one stack", () => {
    const { all } = synthesized((stack) => {
      const project = new AtlasProject(stack, "project", exampleProject);
      for (const name of ["one", "n".repeat(64)]) {
        new FlexCluster(stack, name, {
          project,
          name,
          region: "WESTERN_EUROPE",
          tags: { env: "dev" },
          transform: {
            cluster: (config) => {
              config.terminationProtectionEnabled = name === "one";
            },
          },
        });
      }
    });
    expect(all("mongodbatlas_flex_cluster")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: "one",
          provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
          termination_protection_enabled: true,
        }),
      ]),
    );
  });
});

describe("NetworkPeering", () => {
  const build = (range: string) =>
    synthesized((stack) => {
      const project = new AtlasProject(stack, "project", exampleProject);
      const network = { project: "shop-dev", network: "dev-network" };
      const peering = new NetworkPeering(stack, "peering", { project, name: "dev-atlas", network, range });
      exampleCluster(stack, { after: peering.resources });
    });

  test("joins both networks, from both sides, before the cluster", () => {
    const { one } = build("192.168.0.0/18");
    expect(one("mongodbatlas_network_container")).toMatchObject({ atlas_cidr_block: "192.168.0.0/18" });
    expect(one("google_compute_network_peering")).toMatchObject({
      network: "projects/shop-dev/global/networks/dev-network",
      peer_network: expect.stringMatching(
        /^projects\/.*atlas_gcp_project_id.*\/global\/networks\/.*atlas_vpc_name/,
      ),
    });
    expect(one("mongodbatlas_advanced_cluster").depends_on).toHaveLength(2);
  });

  test.each(["192.168.0.0/24", "8.8.0.0/16", "10.0.0.0"])("refuses %s for Atlas's network", (range) => {
    expect(refusals(() => build(range))[0]).toMatch(/^range: a private range/);
  });
});

describe("CustomRole and CertificateUser", () => {
  const build = (privileges: readonly Privilege[], change: Partial<CertificateUserProps> = {}) =>
    synthesized((stack) => {
      const cluster = exampleCluster(stack);
      const role = new CustomRole(stack, "role", { project: cluster.project, name: "reporting", privileges });
      const subject = "CN=reporting,O=Shop";
      new CertificateUser(stack, "user", { cluster, subject, reads: ["orders"], roles: [role], ...change });
    });

  test("a role does what it lists where it lists it", () => {
    const { one } = build([
      { actions: ["FIND", "CHANGE_STREAM"], database: "orders" },
      { actions: ["FIND"], database: "catalogue", collection: "products" },
    ]);
    expect(one("mongodbatlas_custom_db_role").actions).toEqual([
      { action: "FIND", resources: [{ database_name: "orders", collection_name: "" }] },
      { action: "CHANGE_STREAM", resources: [{ database_name: "orders", collection_name: "" }] },
      { action: "FIND", resources: [{ database_name: "catalogue", collection_name: "products" }] },
    ]);
  });

  test("a user signs in with a certificate, to one cluster, without a password", () => {
    const privileges = [{ actions: ["FIND"], database: "orders" }];
    const user = build(privileges).one("mongodbatlas_database_user");
    expect(user).toMatchObject({
      x509_type: "CUSTOMER",
      auth_database_name: "$external",
      scopes: [{ type: "CLUSTER" }],
    });
    expect(user.roles).toEqual([
      { role_name: "read", database_name: "orders" },
      { role_name: expect.stringContaining("mongodbatlas_custom_db_role"), database_name: "admin" },
    ]);
    expect(user).not.toHaveProperty("password");
    expect(build(privileges, { signedBy: "atlas" }).one("mongodbatlas_database_user").x509_type).toBe(
      "MANAGED",
    );
  });

  test("refuses roles that can do nothing and subjects that are none", () => {
    expect(refusals(() => build([]))).toEqual(["privileges: at least one action"]);
    expect(refusals(() => build([{ actions: ["find"], database: "a b" }]))).toEqual([
      "privileges.0.database: 1 to 63 letters, digits, - and _",
      "privileges.0.actions: Atlas's names, such as FIND",
    ]);
    const privileges = [{ actions: ["FIND"], database: "orders" }];
    expect(refusals(() => build(privileges, { subject: "reporting", reads: [], roles: [] }))).toEqual([
      "subject: as in CN=reporting,O=Shop",
      "reads: a database to read, or a role",
    ]);
  });
});
