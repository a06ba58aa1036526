import { ComputeAddress, type ComputeAddressConfig } from "@cdktf/provider-google/lib/compute-address";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { SubnetLike } from "./network-name";
import { checkResourceName } from "./resource-name";

/** Props of `EndpointAddresses`. */
export interface EndpointAddressesProps extends Transformable<{ address: ComputeAddressConfig }> {
  /** The subnet that the addresses are of. */
  readonly subnet: SubnetLike;
  /** First part of the addresses' names, at most 59 characters; `-0`, `-1`, … follow. Can't change. */
  readonly name: string;
  /** How many, 1 to 100: one for each endpoint. */
  readonly count: number;
}

/** Names of addresses that `EndpointAddresses` makes, for a stack that uses them and doesn't make them. */
export function endpointAddressNames(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`);
}

/**
 * Fixed addresses in a subnet for private endpoints (Private Service Connect), by names that another stack can compute.
 *
 * @throws UserError when the name is none, or the count out of its limits
 */
export class EndpointAddresses extends Construct {
  /** Links of the addresses, in order. */
  readonly links: readonly string[];

  constructor(scope: Construct, id: string, props: EndpointAddressesProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.links = this.createAddresses(props).map(({ selfLink }) => selfLink);
  }

  private validate({ name, count }: EndpointAddressesProps): void {
    refuse(this, `endpoint addresses ${name}`, [
      checkResourceName(name, "name", 59),
      check(Number.isInteger(count) && count >= 1 && count <= 100, "count", count, "1 to 100"),
    ]);
  }

  private createAddresses({ subnet, name, count, transform }: EndpointAddressesProps): ComputeAddress[] {
    return endpointAddressNames(name, count).map(
      (addressName) =>
        new ComputeAddress(
          this,
          addressName,
          transformed<ComputeAddressConfig>(
            {
              name: addressName,
              region: subnet.region,
              subnetwork: subnet.subnetId,
              addressType: "INTERNAL",
              purpose: "GCE_ENDPOINT",
            },
            transform?.address,
          ),
        ),
    );
  }
}
