import { refusals, synthesized } from "../testing";
import { PrivateNetwork, type PrivateNetworkProps } from "./private-network";

const props: PrivateNetworkProps = {
  name: "dev-network",
  region: "europe-west1",
  connector: {
    name: "dev-connector",
    subnet: "dev-connector",
    range: "10.20.0.0/28",
    machineType: "e2-micro",
    minInstances: 2,
    maxInstances: 3,
  },
};

function build(
  connector: Partial<PrivateNetworkProps["connector"]> = {},
  change: Partial<PrivateNetworkProps> = {},
) {
  return synthesized((stack) => {
    new PrivateNetwork(stack, "network", {
      ...props,
      ...change,
      connector: { ...props.connector, ...connector },
    });
  });
}

describe("PrivateNetwork", () => {
  test("has one subnet, for the connector, and no automatic ones", () => {
    const { one } = build();
    expect(one("google_compute_network")).toMatchObject({
      name: "dev-network",
      auto_create_subnetworks: false,
    });
    expect(one("google_compute_subnetwork")).toMatchObject({
      ip_cidr_range: "10.20.0.0/28",
      private_ip_google_access: true,
    });
    expect(one("google_vpc_access_connector")).toMatchObject({
      name: "dev-connector",
      min_instances: 2,
      max_instances: 3,
      subnet: { name: expect.stringMatching(/^\$\{google_compute_subnetwork\./) },
    });
  });

  test("takes the longest legal names", () => {
    expect(() =>
      build({ name: "c".repeat(25), subnet: "s".repeat(63) }, { name: "n".repeat(63) }),
    ).not.toThrow();
  });

  test("reports everything that is wrong at once", () => {
    const wrong = {
      name: "c".repeat(26),
      subnet: "S",
      range: "10.20.0.0/24",
      minInstances: 1,
      maxInstances: 11,
    };
    expect(refusals(() => build(wrong, { name: "-" })).map((line) => line.split(":")[0])).toEqual([
      "name",
      "connector.subnet",
      "connector.name",
      "connector.range",
      "connector.minInstances",
      "connector.maxInstances",
    ]);
  });

  test("stands twice in one stack, and hands its configurations to transform last", () => {
    const { all } = synthesized((stack) => {
      new PrivateNetwork(stack, "one", props);
      new PrivateNetwork(stack, "two", {
        ...props,
        transform: {
          network: (config) => {
            config.mtu = 1500;
          },
          subnet: (config) => {
            config.stackType = "IPV4_ONLY";
          },
          connector: (config) => {
            config.machineType = "f1-micro";
          },
        },
      });
    });
    expect(all("google_compute_network").map(({ mtu }) => mtu)).toEqual([undefined, 1500]);
    expect(all("google_compute_subnetwork").map(({ stack_type }) => stack_type)).toEqual([
      undefined,
      "IPV4_ONLY",
    ]);
    expect(all("google_vpc_access_connector").map(({ machine_type }) => machine_type)).toEqual([
      "e2-micro",
      "f1-micro",
    ]);
  });
});
