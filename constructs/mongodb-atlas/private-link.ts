import { ComputeAddress, type ComputeAddressConfig } from "@cdktf/provider-google/lib/compute-address";
import {
  ComputeForwardingRule,
  type ComputeForwardingRuleConfig,
} from "@cdktf/provider-google/lib/compute-forwarding-rule";
import {
  PrivatelinkEndpoint,
  type PrivatelinkEndpointConfig,
} from "@cdktf/provider-mongodbatlas/lib/privatelink-endpoint";
import {
  PrivatelinkEndpointService,
  type PrivatelinkEndpointServiceConfig,
} from "@cdktf/provider-mongodbatlas/lib/privatelink-endpoint-service";
import { type ITerraformDependable, propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { atlas, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import { defaultPrivateConnections } from "./project-limits";

/** A subnet by its names: it may belong to another stack, or to another project. */
export interface SubnetName {
  /** Google Cloud project that the network is in. */
  readonly project: string;
  /** Google's name of the region. */
  readonly region: string;
  /** Name of the VPC. */
  readonly network: string;
  /** Name of the subnet. */
  readonly subnet: string;
}

/** A private link, made here or elsewhere. */
export interface PrivateLinkLike {
  /** Name of the group of endpoints, by which Atlas tells connection strings apart. */
  readonly groupName: string;
  /**
   * What completes the link.
   *
   * @default - the link is there already
   */
  readonly resource?: ITerraformDependable;
}

/** Props of `PrivateLink`. */
export interface PrivateLinkProps
  extends Transformable<{
    endpoint: PrivatelinkEndpointConfig;
    /** Each of the addresses. */
    address: ComputeAddressConfig;
    /** Each of the forwarding rules. */
    rule: ComputeForwardingRuleConfig;
    service: PrivatelinkEndpointServiceConfig;
  }> {
  /** Its limit of private connections says how many addresses and rules there are; it is set before the link. */
  readonly project: AtlasProjectLike;
  /** First part of the addresses' and rules' names, and the group's name; at most 60 characters. Can't change. */
  readonly name: string;
  /** Where the addresses come from, one for each private connection. */
  readonly subnet: SubnetName;
  /**
   * Callers in other regions of the network reach the addresses too.
   *
   * @default false
   */
  readonly globalAccess?: boolean;
}

/**
 * Private Service Connect from a VPC to the dedicated clusters of an Atlas project in one region: Atlas's endpoint with a
 * service attachment for each node, an address and a forwarding rule for each attachment, and the group that tells Atlas
 * of them. Nothing of it can change in place; another number of connections means another link. A cluster that is given
 * the link is made after it, and its address then leads through it.
 *
 * @throws UserError when the name is none
 * @see https://www.mongodb.com/docs/atlas/security-private-endpoint/
 */
export class PrivateLink extends Construct implements PrivateLinkLike {
  readonly groupName: string;
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PrivateLinkProps) {
    super(scope, id);
    const connections = props.project.privateConnections ?? defaultPrivateConnections;
    this.validate(props);
    atlas(this);
    google(this);
    const endpoint = this.createEndpoint(props);
    const rules = Array.from({ length: connections }, (_, index) => this.createRule(props, endpoint, index));
    this.resource = this.createService(props, endpoint, rules);
    this.groupName = props.name;
  }

  private validate({ name }: PrivateLinkProps): void {
    refuse(this, `private link ${name}`, [
      checkName(
        name,
        /^[a-z]([-a-z0-9]{0,58}[a-z0-9])?$/,
        "name",
        "1 to 60 lowercase letters, digits and hyphens, starting with a letter",
      ),
    ]);
  }

  private createEndpoint({ project, subnet, transform }: PrivateLinkProps): PrivatelinkEndpoint {
    return new PrivatelinkEndpoint(
      this,
      "endpoint",
      transformed<PrivatelinkEndpointConfig>(
        { projectId: project.projectId, providerName: "GCP", region: subnet.region },
        transform?.endpoint,
      ),
    );
  }

  private createRule(
    { name, subnet, globalAccess, transform }: PrivateLinkProps,
    endpoint: PrivatelinkEndpoint,
    index: number,
  ): { address: ComputeAddress; rule: ComputeForwardingRule } {
    const { project, region, network } = subnet;
    const address = new ComputeAddress(
      this,
      `address-${index}`,
      transformed<ComputeAddressConfig>(
        {
          name: `${name}-${index}`,
          project,
          region,
          addressType: "INTERNAL",
          subnetwork: `projects/${project}/regions/${region}/subnetworks/${subnet.subnet}`,
        },
        transform?.address,
      ),
    );
    const rule = new ComputeForwardingRule(
      this,
      `rule-${index}`,
      transformed<ComputeForwardingRuleConfig>(
        {
          name: `${name}-${index}`,
          project,
          region,
          // Not a load balancer's: with a service attachment as its target, it is an endpoint.
          loadBalancingScheme: "",
          target: Token.asString(propertyAccess(endpoint.serviceAttachmentNames, [index])),
          ipAddress: address.id,
          network: `projects/${project}/global/networks/${network}`,
          ...(globalAccess ? { allowPscGlobalAccess: true } : {}),
        },
        transform?.rule,
      ),
    );
    return { address, rule };
  }

  private createService(
    { project, name, subnet, transform }: PrivateLinkProps,
    endpoint: PrivatelinkEndpoint,
    rules: readonly { address: ComputeAddress; rule: ComputeForwardingRule }[],
  ): PrivatelinkEndpointService {
    return new PrivatelinkEndpointService(
      this,
      "service",
      transformed<PrivatelinkEndpointServiceConfig>(
        {
          projectId: project.projectId,
          providerName: "GCP",
          privateLinkId: endpoint.privateLinkId,
          endpointServiceId: name,
          gcpProjectId: subnet.project,
          endpoints: rules.map(({ address, rule }) => ({
            endpointName: rule.name,
            ipAddress: address.address,
          })),
        },
        transform?.service,
      ),
    );
  }
}
