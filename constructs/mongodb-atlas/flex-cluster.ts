import {
  type FlexClusterConfig,
  FlexCluster as FlexClusterResource,
} from "@cdktf/provider-mongodbatlas/lib/flex-cluster";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import { clusterNamePattern } from "./dedicated-cluster";
import { type AtlasRegion, isAtlasRegion } from "./regions";

/** Props of `FlexCluster`. */
export interface FlexClusterProps extends Transformable<{ cluster: FlexClusterConfig }> {
  /** Can't change: a plan that changes it is an error. */
  readonly project: AtlasProjectLike;
  /** At most 64 characters, the first 23 unique in the project. Can't change: a plan that changes it is an error. */
  readonly name: string;
  /** Atlas's name of the region. Can't change: a plan that changes it is an error. */
  readonly region: AtlasRegion;
  /** Tags, as labels in Google Cloud. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Atlas refuses to delete the cluster. Switched off in one apply, deleted in the next.
   *
   * @default false - for what may be thrown away
   */
  readonly terminationProtection?: boolean;
}

/**
 * A shared cluster for tests: 5 GB, 500 connections, one snapshot a day that can't be configured. It has neither
 * private endpoints nor peering, no users that sign in as Google accounts, no own backup schedule and no search nodes;
 * names of databases have at most 38 bytes. So it is not a `ClusterLike`: what needs a dedicated cluster doesn't take it.
 *
 * @throws UserError when the name or the region is none
 * @see https://www.mongodb.com/docs/atlas/reference/flex-limitations/
 */
export class FlexCluster extends Construct {
  readonly clusterName: string;
  readonly project: AtlasProjectLike;
  readonly region: AtlasRegion;
  /** `mongodb+srv://…` over the internet, without user or password; known only after the cluster is made. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: FlexClusterProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    const cluster = this.createCluster(props);
    this.clusterName = cluster.name;
    this.project = props.project;
    this.region = props.region;
    this.address = cluster.connectionStrings.standardSrv;
  }

  private validate({ name, region }: FlexClusterProps): void {
    refuse(this, `Flex cluster ${name}`, [
      checkName(name, clusterNamePattern, "name", "1 to 64 letters, digits and hyphens"),
      check(
        isAtlasRegion(region),
        "region",
        region,
        "Atlas's name of a Google Cloud region, such as WESTERN_EUROPE",
      ),
    ]);
  }

  private createCluster(props: FlexClusterProps): FlexClusterResource {
    return new FlexClusterResource(
      this,
      "cluster",
      transformed<FlexClusterConfig>(
        {
          projectId: props.project.projectId,
          name: props.name,
          providerSettings: { backingProviderName: "GCP", regionName: props.region },
          terminationProtectionEnabled: props.terminationProtection ?? false,
          tags: { ...props.tags },
        },
        props.transform?.cluster,
      ),
    );
  }
}
