import {
  ComputeNetworkPeering,
  type ComputeNetworkPeeringConfig,
} from "@cdktf/provider-google/lib/compute-network-peering";
import {
  NetworkContainer,
  type NetworkContainerConfig,
} from "@cdktf/provider-mongodbatlas/lib/network-container";
import {
  type NetworkPeeringConfig,
  NetworkPeering as NetworkPeeringResource,
} from "@cdktf/provider-mongodbatlas/lib/network-peering";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { atlas, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import type { SubnetName } from "./private-link";

/** Props of `NetworkPeering`. */
export interface NetworkPeeringProps
  extends Transformable<{
    container: NetworkContainerConfig;
    peering: NetworkPeeringConfig;
    back: ComputeNetworkPeeringConfig;
  }> {
  readonly project: AtlasProjectLike;
  /** Name of Google's side of the peering, at most 63 characters. Can't change. */
  readonly name: string;
  /** The VPC. */
  readonly network: Pick<SubnetName, "project" | "network">;
  /**
   * The range that Atlas's network takes, /18 and larger, such as `192.168.0.0/18`. It must overlap nothing that the VPC
   * reaches, and can't change once there is a cluster.
   */
  readonly range: string;
}

/**
 * The VPC and the network of an Atlas project's clusters, joined: both reach everything of the other that firewalls let
 * through. A private link opens less and is the better choice; peering is for what must be reached on many ports or
 * where each node's own address matters. Made before the first cluster (`after: peering.resources`), which would
 * otherwise choose the range itself; addresses of the VPC still have to be in the access list.
 *
 * @throws UserError when the name or the range is none
 * @see https://www.mongodb.com/docs/atlas/security-vpc-peering/
 */
export class NetworkPeering extends Construct {
  /** What a cluster of the project comes after. */
  readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NetworkPeeringProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    google(this);
    const container = this.createContainer(props);
    const peering = this.createPeering(props, container);
    this.createWayBack(props, peering);
    this.resources = [container, peering];
  }

  private validate({ name, range }: NetworkPeeringProps): void {
    refuse(this, `network peering ${name}`, [
      checkName(
        name,
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "name",
        "1 to 63 lowercase letters, digits and hyphens, starting with a letter",
      ),
      checkName(
        range,
        /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){1,3}\/([89]|1[0-8])$/,
        "range",
        "a private range of prefix length 18 or shorter, such as 192.168.0.0/18",
      ),
    ]);
  }

  private createContainer({ project, range, transform }: NetworkPeeringProps): NetworkContainer {
    return new NetworkContainer(
      this,
      "container",
      transformed<NetworkContainerConfig>(
        { projectId: project.projectId, providerName: "GCP", atlasCidrBlock: range },
        transform?.container,
      ),
    );
  }

  private createPeering(
    { project, network, transform }: NetworkPeeringProps,
    container: NetworkContainer,
  ): NetworkPeeringResource {
    return new NetworkPeeringResource(
      this,
      "peering",
      transformed<NetworkPeeringConfig>(
        {
          projectId: project.projectId,
          containerId: container.containerId,
          providerName: "GCP",
          gcpProjectId: network.project,
          networkName: network.network,
        },
        transform?.peering,
      ),
    );
  }

  /** Peering works only when both sides ask for it. */
  private createWayBack(
    { name, network, transform }: NetworkPeeringProps,
    peering: NetworkPeeringResource,
  ): void {
    new ComputeNetworkPeering(
      this,
      "back",
      transformed<ComputeNetworkPeeringConfig>(
        {
          name,
          network: `projects/${network.project}/global/networks/${network.network}`,
          peerNetwork: `projects/${peering.atlasGcpProjectId}/global/networks/${peering.atlasVpcName}`,
        },
        transform?.back,
      ),
    );
  }
}
