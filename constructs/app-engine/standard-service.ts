import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import type { ServiceLike } from "./service";
import { type Ingress, ServiceIngress, type ServiceIngressProps } from "./service-ingress";
import type { StandardVersionSettings } from "./settings";
import { type ConnectorLike, StandardVersion, type StandardVersionProps } from "./standard-version";
import { type Migration, type ShardBy, TrafficSplit, type TrafficSplitProps } from "./traffic-split";

/** One version of a service, as a release names it. */
export interface ReleasedVersion {
  readonly id: string;
  /** `gs://bucket/name.zip`. */
  readonly artifact: string;
  /** @default - App Engine is not told */
  readonly filesCount?: number;
  readonly settings: StandardVersionSettings;
}

/** Props of `StandardService`. */
export interface StandardServiceProps {
  /** Name of the service: `orders`. */
  readonly service: string;
  /** Every version that is to exist, at least one. */
  readonly versions: readonly ReleasedVersion[];
  /** Shares by version id. */
  readonly traffic: Readonly<Record<string, number>>;
  readonly shardBy: ShardBy;
  /** How requests move when `traffic` changes. @default "at-once" */
  readonly migration?: Migration;
  /** What its versions run as. */
  readonly account: AccountLike;
  /** @default - no connector; then no version may ask for egress */
  readonly connector?: ConnectorLike;
  /** Where requests may come from. @default - not set: App Engine's own, from everywhere */
  readonly ingress?: Ingress;
  /** What must be there before any version: `default`'s first one, the connector. @default - made by other stacks */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** @default - resources are made as the construct configures them */
  readonly transform?: NonNullable<StandardVersionProps["transform"]> &
    NonNullable<TrafficSplitProps["transform"]> &
    NonNullable<ServiceIngressProps["transform"]>;
}

/**
 * A service of App Engine's standard environment: its versions side by side, and the split between them.
 *
 * Adding a version, moving shares and removing a version without a share are the three moves of every release; each is
 * safe by itself.
 *
 * @throws UserError when there are no versions, or one of them or the split is wrong
 */
export class StandardService extends Construct implements ServiceLike {
  readonly serviceName: string;
  readonly ready: StandardVersion["resource"][];

  constructor(scope: Construct, id: string, props: StandardServiceProps) {
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

  private createVersions(props: StandardServiceProps): StandardVersion[] {
    const { service, account, connector, dependsOn, transform } = props;
    return props.versions.map(
      ({ id, artifact, filesCount, settings }) =>
        new StandardVersion(this, id, {
          service,
          versionId: id,
          artifact,
          ...(filesCount === undefined ? {} : { filesCount }),
          settings,
          account,
          ...(connector ? { connector } : {}),
          ...(dependsOn ? { dependsOn } : {}),
          ...(transform ? { transform } : {}),
        }),
    );
  }

  private createSplit(props: StandardServiceProps, versions: readonly StandardVersion[]): void {
    const { service, traffic, shardBy, migration, transform } = props;
    new TrafficSplit(this, "traffic", {
      service,
      versions,
      traffic,
      shardBy,
      ...(migration ? { migration } : {}),
      ...(transform ? { transform } : {}),
    });
  }

  private createIngress({ ingress, transform }: StandardServiceProps): void {
    if (!ingress) return;
    new ServiceIngress(this, "ingress", { service: this, ingress, ...(transform ? { transform } : {}) });
  }
}
