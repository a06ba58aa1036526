import {
  ComputeSubnetwork,
  type ComputeSubnetworkConfig,
} from "@cdktf/provider-google/lib/compute-subnetwork";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { NetworkLike, SubnetLike } from "./network-name";
import { isPrivateRange } from "./ranges";
import { checkResourceName } from "./resource-name";

/** Props of `Subnet`. */
export interface SubnetProps extends Transformable<{ subnet: ComputeSubnetworkConfig }> {
  readonly network: NetworkLike;
  /** At most 63 characters. Can't change. */
  readonly name: string;
  readonly region: string;
  /** Private addresses, prefix length 8 to 29: `10.20.1.0/24`. It can grow, not shrink. */
  readonly range: string;
  /** Share of its connections that is logged, above 0 to 1, or `none`. @default 0.5 */
  readonly flowLogs?: number | "none";
}

/**
 * Addresses of a network in one region, whose machines reach Google's APIs without public addresses of their own.
 *
 * @throws UserError when the name, the range or the share is none
 */
export class Subnet extends Construct implements SubnetLike {
  readonly subnetId: string;
  readonly region: string;
  readonly subnetName: string;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.region = props.region;
    const subnet = this.createSubnet(props);
    this.subnetId = subnet.id;
    this.subnetName = subnet.name;
  }

  private validate({ name, range, flowLogs = 0.5 }: SubnetProps): void {
    refuse(this, `subnet ${name}`, [
      checkResourceName(name, "name"),
      check(
        isPrivateRange(range, 8, 29),
        "range",
        range,
        "private addresses from the first, of prefix length 8 to 29, such as 10.20.1.0/24",
      ),
      check(
        flowLogs === "none" || (flowLogs > 0 && flowLogs <= 1),
        "flowLogs",
        flowLogs,
        'more than 0, at most 1, or "none"',
      ),
    ]);
  }

  private createSubnet(props: SubnetProps): ComputeSubnetwork {
    const { network, name, region, range, flowLogs = 0.5, transform } = props;
    return new ComputeSubnetwork(
      this,
      "subnet",
      transformed<ComputeSubnetworkConfig>(
        {
          name,
          region,
          network: network.networkId,
          ipCidrRange: range,
          privateIpGoogleAccess: true,
          logConfig: {
            aggregationInterval: "INTERVAL_5_MIN",
            // Left out, logs that are on would stay on; a share of nothing logs nothing.
            flowSampling: flowLogs === "none" ? 0 : flowLogs,
            metadata: "INCLUDE_ALL_METADATA",
          },
        },
        transform?.subnet,
      ),
    );
  }
}
