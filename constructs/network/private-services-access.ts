import {
  ComputeGlobalAddress,
  type ComputeGlobalAddressConfig,
} from "@cdktf/provider-google/lib/compute-global-address";
import {
  ServiceNetworkingConnection,
  type ServiceNetworkingConnectionConfig,
} from "@cdktf/provider-google/lib/service-networking-connection";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { NetworkLike } from "./network-name";
import { isPrivateRange, overlap, parseRange } from "./ranges";
import { checkResourceName } from "./resource-name";

/** Where Google places databases of its own in a network, made here or in another stack. */
export interface PrivateServicesLike {
  /** Name of the range that is set aside for them. */
  readonly rangeName: string;
  /** What an instance in the range has to wait for. @default - another stack made it before this one */
  readonly connection?: ITerraformDependable;
}

/** Props of `PrivateServicesAccess`. */
export interface PrivateServicesAccessProps
  extends Transformable<{
    address: ComputeGlobalAddressConfig;
    connection: ServiceNetworkingConnectionConfig;
  }> {
  readonly network: NetworkLike;
  /** Name of the range, at most 63 characters: what instances name as their reserved range. Can't change. */
  readonly name: string;
  /** Private addresses for Google's databases, prefix length 16 to 24, apart from every subnet. Can't change. */
  readonly range: string;
  /** Ranges of the network's subnets, which Google refuses to meet here. @default - not checked before the cloud does */
  readonly apartFrom?: readonly string[];
}

/**
 * Private addresses, set aside for databases that Google runs in a network of its own (Cloud SQL, Memorystore), and the
 * peering with that network. One for a whole network; destroyed, it is only forgotten, because Google refuses to end a
 * peering that was used lately.
 *
 * @throws UserError when the name or the range is none
 * @see https://cloud.google.com/vpc/docs/configure-private-services-access
 */
export class PrivateServicesAccess extends Construct implements PrivateServicesLike {
  /** Name of the range, for instances that are placed in it. */
  readonly rangeName: string;
  /** What an instance in the range has to wait for. */
  readonly connection: ServiceNetworkingConnection;

  constructor(scope: Construct, id: string, props: PrivateServicesAccessProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const address = this.reserve(props);
    this.rangeName = address.name;
    this.connection = this.connect(props, address);
  }

  private validate({ name, range, apartFrom = [] }: PrivateServicesAccessProps): void {
    refuse(this, `private services access ${name}`, [
      checkResourceName(name, "name"),
      check(
        isPrivateRange(range, 16, 24),
        "range",
        range,
        "private addresses from the first, of prefix length 16 to 24, such as 10.30.0.0/16",
      ),
      ...apartFrom.map((other) =>
        check(!overlap(range, other), "range", range, `addresses outside of ${other}`),
      ),
    ]);
  }

  private reserve({ network, name, range, transform }: PrivateServicesAccessProps): ComputeGlobalAddress {
    return new ComputeGlobalAddress(
      this,
      "range",
      transformed<ComputeGlobalAddressConfig>(
        {
          name,
          network: network.networkId,
          purpose: "VPC_PEERING",
          addressType: "INTERNAL",
          address: range.split("/")[0] ?? "",
          prefixLength: parseRange(range)?.prefix ?? 0,
        },
        transform?.address,
      ),
    );
  }

  private connect(
    { network, transform }: PrivateServicesAccessProps,
    address: ComputeGlobalAddress,
  ): ServiceNetworkingConnection {
    return new ServiceNetworkingConnection(
      this,
      "connection",
      transformed<ServiceNetworkingConnectionConfig>(
        {
          network: network.networkId,
          service: "servicenetworking.googleapis.com",
          reservedPeeringRanges: [address.name],
          deletionPolicy: "ABANDON",
        },
        transform?.connection,
      ),
    );
  }
}
