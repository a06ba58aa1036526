import { ComputeAddress, type ComputeAddressConfig } from "@cdktf/provider-google/lib/compute-address";
import { ComputeRouter, type ComputeRouterConfig } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat, type ComputeRouterNatConfig } from "@cdktf/provider-google/lib/compute-router-nat";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { NetworkLike } from "./network-name";
import { checkResourceName } from "./resource-name";

/** Props of `NatGateway`. */
export interface NatGatewayProps
  extends Transformable<{
    router: ComputeRouterConfig;
    address: ComputeAddressConfig;
    nat: ComputeRouterNatConfig;
  }> {
  readonly network: NetworkLike;
  /** First part of the names of its parts, at most 55 characters. Can't change. */
  readonly name: string;
  readonly region: string;
  /**
   * Fixed public addresses, 1 to 8, for those who let callers in by address; `automatic` where nobody does. Each serves
   * 64,512 connections to one destination.
   *
   * @default "automatic"
   */
  readonly addresses?: number | "automatic";
  /** What is logged: connections that found no free port, or all of them. @default "errors" */
  readonly logs?: "errors" | "all";
}

/**
 * The way out to the Internet for what has no public address, and no way in. Needed where App Engine sends all its traffic
 * through the connector (`egress: "all-traffic"`).
 *
 * @throws UserError when the name is none or the number of addresses out of its limits
 * @see https://cloud.google.com/nat/docs/overview
 */
export class NatGateway extends Construct {
  /** The fixed public addresses; known only after they are made. */
  readonly publicAddresses: readonly string[];

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const addresses = this.createAddresses(props);
    this.createNat(props, this.createRouter(props), addresses);
    this.publicAddresses = addresses.map(({ address }) => address);
  }

  private validate({ name, addresses = "automatic" }: NatGatewayProps): void {
    const fits =
      addresses === "automatic" || (Number.isInteger(addresses) && addresses >= 1 && addresses <= 8);
    refuse(this, `NAT gateway ${name}`, [
      checkResourceName(name, "name", 55),
      check(fits, "addresses", addresses, '1 to 8, or "automatic"'),
    ]);
  }

  private createAddresses({ name, region, addresses = "automatic", transform }: NatGatewayProps) {
    return Array.from({ length: addresses === "automatic" ? 0 : addresses }, (_, index) => {
      const number = index + 1;
      return new ComputeAddress(
        this,
        `address-${number}`,
        transformed<ComputeAddressConfig>(
          // Callers' allow-lists have it: another address would lock them out.
          { name: `${name}-${number}`, region, lifecycle: { preventDestroy: true } },
          transform?.address,
        ),
      );
    });
  }

  private createRouter({ name, region, network, transform }: NatGatewayProps): ComputeRouter {
    return new ComputeRouter(
      this,
      "router",
      transformed<ComputeRouterConfig>({ name, region, network: network.networkId }, transform?.router),
    );
  }

  private createNat(
    props: NatGatewayProps,
    router: ComputeRouter,
    addresses: readonly ComputeAddress[],
  ): void {
    const { name, region, logs = "errors", transform } = props;
    new ComputeRouterNat(
      this,
      "nat",
      transformed<ComputeRouterNatConfig>(
        {
          name,
          region,
          router: router.name,
          natIpAllocateOption: addresses.length > 0 ? "MANUAL_ONLY" : "AUTO_ONLY",
          ...(addresses.length > 0 && { natIps: addresses.map(({ selfLink }) => selfLink) }),
          sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
          logConfig: { enable: true, filter: logs === "all" ? "ALL" : "ERRORS_ONLY" },
        },
        transform?.nat,
      ),
    );
  }
}
