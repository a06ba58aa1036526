import { ComputeNetwork, type ComputeNetworkConfig } from "@cdktf/provider-google/lib/compute-network";
import type { ComputeSubnetworkConfig } from "@cdktf/provider-google/lib/compute-subnetwork";
import {
  VpcAccessConnector,
  type VpcAccessConnectorConfig,
} from "@cdktf/provider-google/lib/vpc-access-connector";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { NetworkLike } from "./network-name";
import { isPrivateRange } from "./ranges";
import { checkResourceName } from "./resource-name";
import { Subnet } from "./subnet";

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
export class PrivateNetwork extends Construct implements NetworkLike {
  readonly networkId: string;

  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.networkId = this.createNetwork(props).id;
    this.createConnector(props, this.createSubnet(props));
  }

  private validate({ name, connector }: PrivateNetworkProps): void {
    const { minInstances, maxInstances } = connector;
    refuse(this, `network ${name}`, [
      checkResourceName(name, "name"),
      checkResourceName(connector.subnet, "connector.subnet"),
      checkResourceName(connector.name, "connector.name", 25),
      check(
        isPrivateRange(connector.range, 28, 28),
        "connector.range",
        connector.range,
        "private addresses of prefix length 28, such as 10.20.0.0/28",
      ),
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

  private createSubnet({ region, connector, transform }: PrivateNetworkProps): Subnet {
    return new Subnet(this, "connector-subnet", {
      network: this,
      name: connector.subnet,
      region,
      range: connector.range,
      ...(transform?.subnet && { transform: { subnet: transform.subnet } }),
    });
  }

  private createConnector({ region, connector, transform }: PrivateNetworkProps, subnet: Subnet): void {
    const { name, machineType, minInstances, maxInstances } = connector;
    new VpcAccessConnector(
      this,
      "connector",
      transformed<VpcAccessConnectorConfig>(
        { name, region, subnet: { name: subnet.subnetName }, machineType, minInstances, maxInstances },
        transform?.connector,
      ),
    );
  }
}
