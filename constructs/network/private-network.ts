import { ComputeNetwork, type ComputeNetworkConfig } from "@cdktf/provider-google/lib/compute-network";
import {
  ComputeSubnetwork,
  type ComputeSubnetworkConfig,
} from "@cdktf/provider-google/lib/compute-subnetwork";
import {
  VpcAccessConnector,
  type VpcAccessConnectorConfig,
} from "@cdktf/provider-google/lib/vpc-access-connector";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

const resourceName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Props of `PrivateNetwork`. */
export interface PrivateNetworkProps
  extends Transformable<{
    network: ComputeNetworkConfig;
    subnet: ComputeSubnetworkConfig;
    connector: VpcAccessConnectorConfig;
  }> {
  /** Name of the VPC, at most 63 characters. */
  readonly name: string;
  /** Region of the subnet and the connector. */
  readonly region: string;
  /** What App Engine reaches the network through. */
  readonly connector: {
    /** At most 25 characters. */
    readonly name: string;
    /** Name of its subnet, at most 63 characters. */
    readonly subnet: string;
    /** Range of its subnet, /28, such as `10.20.0.0/28`. */
    readonly range: string;
    /** `e2-micro`, `f1-micro` or `e2-standard-4`. */
    readonly machineType: string;
    /** Instances that always run, 2 to 9. */
    readonly minInstances: number;
    /** Instances at most, 3 to 10. */
    readonly maxInstances: number;
  };
}

/**
 * A VPC without automatic subnets, and a Serverless VPC Access connector on a subnet of its own: App Engine's way to
 * private addresses.
 *
 * @throws UserError when a name or range has the wrong shape, or the instance limits don't fit
 * @see https://cloud.google.com/vpc/docs/configure-serverless-vpc-access
 */
export class PrivateNetwork extends Construct {
  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const network = this.createNetwork(props);
    const subnet = this.createSubnet(props, network);
    this.createConnector(props, subnet);
  }

  private validate({ name, connector }: PrivateNetworkProps): void {
    const { minInstances, maxInstances } = connector;
    const label = "lowercase letters, digits and hyphens, starting with a letter, at most";
    refuse(this, `network ${name}`, [
      checkName(name, resourceName, "name", `${label} 63`),
      checkName(connector.subnet, resourceName, "connector.subnet", `${label} 63`),
      checkName(connector.name, /^[a-z]([-a-z0-9]{0,23}[a-z0-9])?$/, "connector.name", `${label} 25`),
      check(/\/28$/.test(connector.range), "connector.range", connector.range, "a range of prefix length 28"),
      check(minInstances >= 2 && minInstances <= 9, "connector.minInstances", minInstances, "2 to 9"),
      check(
        maxInstances > minInstances && maxInstances <= 10,
        "connector.maxInstances",
        maxInstances,
        `more than minInstances (${minInstances}), at most 10`,
      ),
    ]);
  }

  private createNetwork({ name, transform }: PrivateNetworkProps): ComputeNetwork {
    return new ComputeNetwork(
      this,
      "network",
      transformed<ComputeNetworkConfig>(
        { name, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
        transform?.network,
      ),
    );
  }

  private createSubnet({ region, connector, transform }: PrivateNetworkProps, network: ComputeNetwork) {
    return new ComputeSubnetwork(
      this,
      "connector-subnet",
      transformed<ComputeSubnetworkConfig>(
        {
          name: connector.subnet,
          region,
          network: network.id,
          ipCidrRange: connector.range,
          privateIpGoogleAccess: true,
        },
        transform?.subnet,
      ),
    );
  }

  private createConnector(
    { region, connector, transform }: PrivateNetworkProps,
    subnet: ComputeSubnetwork,
  ): void {
    const { name, machineType, minInstances, maxInstances } = connector;
    new VpcAccessConnector(
      this,
      "connector",
      transformed<VpcAccessConnectorConfig>(
        { name, region, subnet: { name: subnet.name }, machineType, minInstances, maxInstances },
        transform?.connector,
      ),
    );
  }
}
