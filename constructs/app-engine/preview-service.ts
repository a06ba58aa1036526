import { createHash } from "node:crypto";
import { DataResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import { type PreviewedVersion, previewProblems, previewVersionId } from "./preview";
import type { ServiceLike } from "./service";
import { type ConnectorLike, StandardVersion, type StandardVersionProps } from "./standard-version";
import { type ShardBy, TrafficSplit, type TrafficSplitProps } from "./traffic-split";

/** Props of `PreviewService`. */
export interface PreviewServiceProps {
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** The service that it is a preview of: `orders` gives `pr-12-orders`. */
  readonly service: string;
  /** Its versions, one or more, each at most as large as a preview may be. */
  readonly versions: readonly PreviewedVersion[];
  /** Shares by hash. @default - the first version gets everything */
  readonly traffic?: Readonly<Record<string, number>>;
  /** @default "RANDOM" */
  readonly shardBy?: ShardBy;
  readonly account: AccountLike;
  /** @default - no connector; then no version may ask for egress */
  readonly connector?: ConnectorLike;
  /** What must be there first. @default - made by other stacks */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** @default - resources are made as the construct configures them */
  readonly transform?: NonNullable<StandardVersionProps["transform"]> &
    NonNullable<TrafficSplitProps["transform"]>;
}

/**
 * A service of a pull request's own, to try what a version without traffic can't show: splits, and hosts of its own. It
 * goes as a whole: destroying any of its versions deletes the service with all of them, so whatever changes, everything is
 * made anew, one after the other, and the preview is away for a moment.
 *
 * @throws UserError when it is larger than a preview may be, or what a version or a split is refused for
 */
export class PreviewService extends Construct implements ServiceLike {
  readonly serviceName: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PreviewServiceProps) {
    super(scope, id);
    this.validate(props);
    this.serviceName = `pr-${props.pullRequest}-${props.service}`;
    const whole = this.createWhole(props);
    const versions = this.createVersions(props, whole);
    this.createSplit(props, versions, whole);
    this.ready = versions.map(({ resource }) => resource);
  }

  private validate({ pullRequest, service, versions }: PreviewServiceProps): void {
    refuse(this, `the preview of ${service}`, [
      check(versions.length > 0, "versions", "none", "at least one version"),
      ...versions.flatMap((version, index) => previewProblems(pullRequest, version, `versions[${index}].`)),
    ]);
  }

  /** Changes with anything that is part of the service; what is replaced with it goes and comes together. */
  private createWhole({ versions, account, connector }: PreviewServiceProps): DataResource {
    const content = createHash("sha256").update(JSON.stringify(versions)).digest("hex");
    return new DataResource(this, "whole", {
      input: { content, account: account.email, connector: connector?.connectorPath ?? "none" },
    });
  }

  /** In a row: Terraform then deletes them all before it makes the first one anew. */
  private createVersions(props: PreviewServiceProps, whole: DataResource): StandardVersion[] {
    const { pullRequest, account, connector, dependsOn = [], transform } = props;
    const made: StandardVersion[] = [];
    for (const { hash, artifact, filesCount, settings } of props.versions) {
      const before = made.at(-1);
      made.push(
        new StandardVersion(this, `version-${made.length + 1}`, {
          service: this.serviceName,
          versionId: previewVersionId(pullRequest, hash),
          idOf: "preview",
          artifact,
          ...(filesCount === undefined ? {} : { filesCount }),
          settings,
          account,
          ...(connector ? { connector } : {}),
          onDestroy: "delete-service",
          replacedWith: whole,
          dependsOn: [...dependsOn, ...(before ? [before.resource] : [])],
          ...(transform ? { transform } : {}),
        }),
      );
    }
    return made;
  }

  private createSplit(
    props: PreviewServiceProps,
    versions: readonly StandardVersion[],
    whole: DataResource,
  ): void {
    const { pullRequest, traffic, shardBy = "RANDOM", transform } = props;
    const shares = traffic ?? { [props.versions[0]?.hash ?? ""]: 1 };
    new TrafficSplit(this, "traffic", {
      service: this.serviceName,
      versions,
      traffic: Object.fromEntries(
        Object.entries(shares).map(([hash, share]) => [previewVersionId(pullRequest, hash), share]),
      ),
      shardBy,
      replacedWith: whole,
      ...(transform ? { transform } : {}),
    });
  }
}
