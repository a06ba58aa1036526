import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import type { FlexibleVersionSettings } from "./flexible-settings";
import { FlexibleVersion, type FlexibleVersionProps, type MachineNetworkLike } from "./flexible-version";
import type { ServiceLike } from "./service";
import { type Ingress, ServiceIngress, type ServiceIngressProps } from "./service-ingress";
import { type ShardBy, TrafficSplit, type TrafficSplitProps } from "./traffic-split";

/** One version of a service in the flexible environment, as a release names it. */
export interface ReleasedFlexibleVersion {
  readonly id: string;
  /** A zip, `gs://bucket/name.zip`, or an image by its digest. */
  readonly artifact: string;
  /** @default - App Engine is not told */
  readonly filesCount?: number;
  readonly settings: FlexibleVersionSettings;
  /** Keeps the version without machines, so that it costs nothing and can be started again. @default false */
  readonly stopped?: boolean;
}

/** Props of `FlexibleService`. */
export interface FlexibleServiceProps {
  /** Name of the service: `orders`. */
  readonly service: string;
  /** Every version that is to exist, at least one. */
  readonly versions: readonly ReleasedFlexibleVersion[];
  /** Shares by version id; only versions that are not stopped. */
  readonly traffic: Readonly<Record<string, number>>;
  readonly shardBy: ShardBy;
  /** What its versions run as. */
  readonly account: AccountLike;
  /** Where its machines stand. @default - the project's network named `default` */
  readonly network?: MachineNetworkLike;
  /** Where requests may come from. @default - not set: App Engine's own, from everywhere */
  readonly ingress?: Ingress;
  /** What must be there before any version: `default`'s first one, the network. @default - made by other stacks */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** @default - resources are made as the construct configures them */
  readonly transform?: NonNullable<FlexibleVersionProps["transform"]> &
    NonNullable<TrafficSplitProps["transform"]> &
    NonNullable<ServiceIngressProps["transform"]>;
}

/**
 * A service of App Engine's flexible environment: its versions side by side, and the split between them. Traffic moves at
 * once; there is no gradual migration here.
 *
 * @throws UserError when there are no versions, or one of them or the split is wrong
 */
export class FlexibleService extends Construct implements ServiceLike {
  readonly serviceName: string;
  readonly ready: FlexibleVersion["resource"][];

  constructor(scope: Construct, id: string, props: FlexibleServiceProps) {
    super(scope, id);
    refuse(this, `service ${props.service}`, [
      check(props.versions.length > 0, "versions", "none", "at least one version"),
    ]);
    const versions = this.createVersions(props);
    this.serviceName = props.service;
    this.ready = versions.map(({ resource }) => resource);
    this.createSplit(props, versions);
    this.createIngress(props);
  }

  private createVersions(props: FlexibleServiceProps): FlexibleVersion[] {
    const { service, account, network, dependsOn, transform } = props;
    return props.versions.map(
      ({ id, artifact, filesCount, settings, stopped = false }) =>
        new FlexibleVersion(this, id, {
          service,
          versionId: id,
          artifact,
          ...(filesCount === undefined ? {} : { filesCount }),
          settings,
          account,
          serving: !stopped,
          ...(network ? { network } : {}),
          ...(dependsOn ? { dependsOn } : {}),
          ...(transform ? { transform } : {}),
        }),
    );
  }

  private createSplit(props: FlexibleServiceProps, versions: readonly FlexibleVersion[]): void {
    const { service, traffic, shardBy, transform } = props;
    new TrafficSplit(this, "traffic", {
      service,
      versions,
      traffic,
      shardBy,
      ...(transform ? { transform } : {}),
    });
  }

  private createIngress({ ingress, transform }: FlexibleServiceProps): void {
    if (!ingress) return;
    new ServiceIngress(this, "ingress", { service: this, ingress, ...(transform ? { transform } : {}) });
  }
}
