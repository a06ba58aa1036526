import type { TerraformStack } from "cdktf";
import { refusals, synthesized } from "../testing";
import { EndpointAddresses, endpointAddressNames } from "./endpoint-addresses";
import { FirewallBaseline, type FirewallBaselineProps } from "./firewall-baseline";
import { GoogleApisInside } from "./google-apis-inside";
import { NatGateway, type NatGatewayProps } from "./nat-gateway";
import { networkNamed, subnetNamed } from "./network-name";
import { PrivateServicesAccess, type PrivateServicesAccessProps } from "./private-services-access";
import { Subnet, type SubnetProps } from "./subnet";

const network = networkNamed("shop-dev", "dev-network");
const subnet = subnetNamed("shop-dev", "europe-west1", "dev-apps");
const region = "europe-west1";
const fields = (act: () => unknown) => refusals(act).map((line) => line.split(":")[0]);
const make = (build: (stack: TerraformStack) => unknown) => synthesized((stack) => void build(stack));

describe("Subnet", () => {
  const props: SubnetProps = { network, name: "dev-apps", region, range: "10.20.1.0/24" };
  const build = (change: Partial<SubnetProps> = {}) =>
    make((stack) => new Subnet(stack, "subnet", { ...props, ...change }));

  test("reaches Google's APIs from private addresses, and logs half of its connections", () => {
    expect(build().one("google_compute_subnetwork")).toMatchObject({
      network: "projects/shop-dev/global/networks/dev-network",
      private_ip_google_access: true,
      log_config: { flow_sampling: 0.5 },
    });
  });

  test("logs nothing when told so, also where it logged before", () => {
    expect(build({ flowLogs: "none" }).one("google_compute_subnetwork")).toMatchObject({
      log_config: { flow_sampling: 0 },
    });
  });

  test("refuses public ranges, ranges that start in the middle, and shares that are none", () => {
    for (const range of [
      "8.8.8.0/24",
      "10.20.1.1/24",
      "10.20.1.0/30",
      "10.0.0.0/7",
      "10.20.1/24",
      "10.20.1.256/29",
    ]) {
      expect(fields(() => build({ range }))).toEqual(["range"]);
    }
    expect(fields(() => build({ name: "N", flowLogs: 1.5 }))).toEqual(["name", "flowLogs"]);
    expect(() => build({ name: "s".repeat(63), range: "172.16.0.0/12", flowLogs: 1 })).not.toThrow();
  });
});

describe("NatGateway", () => {
  const props: NatGatewayProps = { network, name: "dev-nat", region };
  const build = (change: Partial<NatGatewayProps> = {}) =>
    make((stack) => new NatGateway(stack, "nat", { ...props, ...change }));

  test("lets everything out, by addresses of Google's choice, and logs what found no way", () => {
    const { one, all } = build();
    expect(one("google_compute_router_nat")).toMatchObject({
      nat_ip_allocate_option: "AUTO_ONLY",
      source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      log_config: { enable: true, filter: "ERRORS_ONLY" },
      router: expect.stringMatching(/^\$\{google_compute_router\./),
    });
    expect(all("google_compute_address")).toEqual([]);
  });

  test("has fixed addresses where somebody lets it in by address; they stay", () => {
    const { one, all } = build({ addresses: 2, logs: "all" });
    expect(one("google_compute_router_nat")).toMatchObject({
      nat_ip_allocate_option: "MANUAL_ONLY",
      nat_ips: [expect.stringContaining("address-1"), expect.stringContaining("address-2")],
      log_config: { filter: "ALL" },
    });
    expect(all("google_compute_address")).toMatchObject([
      { name: "dev-nat-1", lifecycle: { prevent_destroy: true } },
      { name: "dev-nat-2", lifecycle: { prevent_destroy: true } },
    ]);
  });

  test("refuses what is none", () => {
    expect(fields(() => build({ name: "n".repeat(56), addresses: 9 }))).toEqual(["name", "addresses"]);
    expect(() => build({ name: "n".repeat(55), addresses: 8 })).not.toThrow();
  });
});

describe("FirewallBaseline", () => {
  const build = (change: Partial<FirewallBaselineProps> = {}) =>
    make((stack) => new FirewallBaseline(stack, "firewall", { network, name: "dev", ...change }));
  const rules = (change: Partial<FirewallBaselineProps> = {}) =>
    build(change)
      .all("google_compute_firewall")
      .map(({ name }) => name);

  test("lets nothing in, and logs what knocks", () => {
    const ingress = build()
      .all("google_compute_firewall")
      .filter(({ direction }) => direction === "INGRESS");
    expect(ingress).toMatchObject([
      {
        source_ranges: ["0.0.0.0/0"],
        deny: [{ protocol: "all" }],
        priority: 65_000,
        log_config: { metadata: "INCLUDE_ALL_METADATA" },
      },
    ]);
  });

  test("lets out to private addresses, Google's APIs and the web, as far as told", () => {
    expect(rules()).toEqual([
      "dev-allow-egress-private",
      "dev-allow-egress-web",
      "dev-deny-egress",
      "dev-deny-ingress",
    ]);
    expect(rules({ egress: "private" })).not.toContain("dev-allow-egress-web");
    expect(rules({ egress: "everything" })).toEqual(["dev-deny-ingress"]);
  });

  test("opens no port to the world, whatever is asked for", () => {
    const { all } = build({
      healthCheckedTags: ["flex"],
      identityProxy: { tags: ["bastion"], ports: [22, 3389] },
    });
    for (const rule of all("google_compute_firewall")) {
      if (rule.direction === "INGRESS" && rule.allow) {
        expect(rule.source_ranges).not.toContain("0.0.0.0/0");
        expect(rule.target_tags).toHaveLength(1);
      }
    }
  });

  test("refuses tags and ports that are none", () => {
    expect(
      fields(() => build({ name: "-", healthCheckedTags: [], identityProxy: { tags: ["T"], ports: [0] } })),
    ).toEqual(["name", "healthCheckedTags", "identityProxy.tags[0]", "identityProxy.ports[0]"]);
    expect(fields(() => build({ identityProxy: { tags: [], ports: [] } }))).toEqual([
      "identityProxy.tags",
      "identityProxy.ports",
    ]);
    expect(() => build({ name: "f".repeat(40) })).not.toThrow();
  });
});

describe("PrivateServicesAccess", () => {
  const build = (change: Partial<PrivateServicesAccessProps> = {}) =>
    make(
      (stack) =>
        new PrivateServicesAccess(stack, "access", {
          network,
          name: "dev-services",
          range: "10.30.0.0/16",
          ...change,
        }),
    );

  test("sets addresses aside and peers, and only forgets the peering", () => {
    const { one } = build();
    expect(one("google_compute_global_address")).toMatchObject({
      purpose: "VPC_PEERING",
      address_type: "INTERNAL",
      address: "10.30.0.0",
      prefix_length: 16,
    });
    expect(one("google_service_networking_connection")).toMatchObject({
      service: "servicenetworking.googleapis.com",
      deletion_policy: "ABANDON",
    });
  });

  test("refuses a range that meets a subnet's", () => {
    const apartFrom = ["10.20.0.0/28", "10.30.128.0/24"];
    expect(refusals(() => build({ apartFrom }))).toEqual(["range: addresses outside of 10.30.128.0/24"]);
  });

  test("refuses ranges that are too small, too large or not private", () => {
    for (const range of ["10.30.0.0/25", "10.0.0.0/15", "100.64.0.0/16"]) {
      expect(fields(() => build({ range }))).toEqual(["range"]);
    }
  });
});

describe("EndpointAddresses", () => {
  test("have names that another stack can compute", () => {
    const { all } = make(
      (stack) => new EndpointAddresses(stack, "endpoints", { subnet, name: "atlas", count: 12 }),
    );
    expect(
      all("google_compute_address")
        .map(({ name }) => String(name))
        .sort(),
    ).toEqual([...endpointAddressNames("atlas", 12)].sort());
    expect(all("google_compute_address")[0]).toMatchObject({
      purpose: "GCE_ENDPOINT",
      address_type: "INTERNAL",
      region,
      subnetwork: subnet.subnetId,
    });
  });

  test("are 1 to 100", () => {
    for (const count of [0, 101, 1.5]) {
      const build = () =>
        make((stack) => new EndpointAddresses(stack, "e", { subnet, name: "atlas", count }));
      expect(fields(build)).toEqual(["count"]);
    }
  });
});

describe("GoogleApisInside", () => {
  test("leads every Google API to Google's own network", () => {
    const { all } = make((stack) => new GoogleApisInside(stack, "inside", { network, name: "dev-inside" }));
    expect(all("google_dns_response_policy_rule")).toMatchObject([
      { dns_name: "*.googleapis.com.", local_data: { local_datas: [{ type: "CNAME" }] } },
      {
        dns_name: "private.googleapis.com.",
        local_data: { local_datas: [{ type: "A", rrdatas: expect.arrayContaining(["199.36.153.8"]) }] },
      },
    ]);
  });
});

test("all stand twice in one stack, and hand their configurations to transform last", () => {
  const marked = "changed";
  const change = (config: { description?: string }) => {
    config.description = marked;
  };
  const { all } = synthesized((stack) => {
    for (const n of ["one", "two"]) {
      new Subnet(stack, `subnet-${n}`, {
        network,
        name: n,
        region,
        range: "10.20.1.0/24",
        transform: { subnet: change },
      });
      new NatGateway(stack, `nat-${n}`, {
        network,
        name: n,
        region,
        addresses: 1,
        transform: {
          router: change,
          address: change,
          nat: (config) => {
            config.minPortsPerVm = 128;
          },
        },
      });
      new FirewallBaseline(stack, `firewall-${n}`, {
        network,
        name: n,
        egress: "everything",
        transform: { "deny-ingress": change },
      });
      new PrivateServicesAccess(stack, `access-${n}`, {
        network,
        name: n,
        range: "10.30.0.0/16",
        transform: {
          address: change,
          connection: (config) => {
            config.updateOnCreationFail = true;
          },
        },
      });
      new EndpointAddresses(stack, `endpoints-${n}`, {
        subnet,
        name: n,
        count: 1,
        transform: { address: change },
      });
      new GoogleApisInside(stack, `inside-${n}`, {
        network,
        name: n,
        transform: {
          policy: change,
          rule: (config) => {
            config.project = "shop-other";
          },
        },
      });
    }
  });
  for (const type of [
    "google_compute_subnetwork",
    "google_compute_router",
    "google_compute_firewall",
    "google_compute_global_address",
    "google_dns_response_policy",
  ]) {
    expect([type, all(type).map(({ description }) => description)]).toEqual([type, [marked, marked]]);
  }
  expect(all("google_compute_address").map(({ description }) => description)).toEqual(Array(4).fill(marked));
  expect(all("google_compute_router_nat").map(({ min_ports_per_vm }) => min_ports_per_vm)).toEqual([
    128, 128,
  ]);
  expect(all("google_service_networking_connection")).toMatchObject(
    Array(2).fill({ update_on_creation_fail: true }),
  );
  expect(all("google_dns_response_policy_rule")).toMatchObject(Array(4).fill({ project: "shop-other" }));
});
