import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import type { ServiceLike, VersionLike } from "./service";
import { type Ingress, ServiceIngress, type ServiceIngressProps } from "./service-ingress";
import { type Migration, type ShardBy, TrafficSplit, type TrafficSplitProps } from "./traffic-split";

/** What a release says of one version, whatever it runs on. */
export interface ReleasedArtifact<Settings> {
  readonly id: string;
  /** `gs://bucket/name.zip`; in the flexible environment also an image by its digest. */
  readonly artifact: string;
  /** @default - App Engine is not told */
  readonly filesCount?: number;
  readonly settings: Settings;
}

/** What services of both environments are told. */
export interface VersionedServiceProps<Released, VersionTransform> {
  /** Name of the service: `orders`. */
  readonly service: string;
  /** Every version that is to exist, at least one. */
  readonly versions: readonly Released[];
  /** Shares by version id; only versions that are not stopped. */
  readonly traffic: Readonly<Record<string, number>>;
  readonly shardBy: ShardBy;
  /** What its versions run as. */
  readonly account: AccountLike;
  /** Where requests may come from. @default - not set: App Engine's own, from everywhere */
  readonly ingress?: Ingress;
  /** What must be there before any version: `default`'s first one, the network. @default - made by other stacks */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** @default - resources are made as the construct configures them */
  readonly transform?: NonNullable<VersionTransform> &
    NonNullable<TrafficSplitProps["transform"]> &
    NonNullable<ServiceIngressProps["transform"]>;
}

/** What every version of a service is told. */
export interface SharedSettings {
  readonly service: string;
  readonly account: AccountLike;
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A service with its versions side by side, and the split between them.
 *
 * Adding a version, moving shares and removing a version without a share are the three moves of every release; each is
 * safe by itself.
 */
export abstract class VersionedService<
    Version extends VersionLike,
    Released extends ReleasedArtifact<unknown>,
    Props extends VersionedServiceProps<Released, unknown> & { readonly migration?: Migration },
  >
  extends Construct
  implements ServiceLike
{
  readonly serviceName: string;
  readonly ready: Version["resource"][];

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    refuse(this, `service ${props.service}`, [
      check(props.versions.length > 0, "versions", "none", "at least one version"),
    ]);
    const { service, account, dependsOn } = props;
    const shared: SharedSettings = { service, account, ...(dependsOn ? { dependsOn } : {}) };
    const versions = props.versions.map((released) => this.createVersion(released, shared, props));
    this.serviceName = service;
    this.ready = versions.map(({ resource }) => resource);
    this.createSplit(props, versions);
    this.createIngress(props);
  }

  /** Makes one version, with its id as the construct's. */
  protected abstract createVersion(released: Released, shared: SharedSettings, props: Props): Version;

  private createSplit(props: Props, versions: readonly Version[]): void {
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

  private createIngress({ ingress, transform }: Props): void {
    if (!ingress) return;
    new ServiceIngress(this, "ingress", { service: this, ingress, ...(transform ? { transform } : {}) });
  }
}
