import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import type { StandardVersionSettings } from "./settings";
import { type ConnectorLike, StandardVersion, type StandardVersionProps } from "./standard-version";
import { type ShardBy, TrafficSplit, type TrafficSplitProps } from "./traffic-split";

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
  /** What its versions run as. */
  readonly account: AccountLike;
  /** @default - no connector; then no version may ask for egress */
  readonly connector?: ConnectorLike;
  /** @default - resources are made as the construct configures them */
  readonly transform?: NonNullable<StandardVersionProps["transform"]> &
    NonNullable<TrafficSplitProps["transform"]>;
}

/**
 * A service of App Engine's standard environment: its versions side by side, and the split between them.
 *
 * Adding a version, moving shares and removing a version without a share are the three moves of every release; each is
 * safe by itself.
 *
 * @throws UserError when there are no versions, or one of them or the split is wrong
 */
export class StandardService extends Construct {
  constructor(scope: Construct, id: string, props: StandardServiceProps) {
    super(scope, id);
    refuse(this, `service ${props.service}`, [
      check(props.versions.length > 0, "versions", "none", "at least one version"),
    ]);
    const versions = this.createVersions(props);
    this.createSplit(props, versions);
  }

  private createVersions(props: StandardServiceProps): StandardVersion[] {
    const { service, account, connector, transform } = props;
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
          ...(transform ? { transform } : {}),
        }),
    );
  }

  private createSplit(props: StandardServiceProps, versions: readonly StandardVersion[]): void {
    const { service, traffic, shardBy, transform } = props;
    new TrafficSplit(this, "traffic", {
      service,
      versions,
      traffic,
      shardBy,
      ...(transform ? { transform } : {}),
    });
  }
}
