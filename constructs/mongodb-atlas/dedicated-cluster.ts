import {
  AdvancedCluster,
  type AdvancedClusterConfig,
} from "@cdktf/provider-mongodbatlas/lib/advanced-cluster";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";

/** A cluster, made here or elsewhere. */
export interface ClusterLike {
  readonly clusterName: string;
  readonly project: AtlasProjectLike;
  /** Atlas's name of the region. */
  readonly region: string;
  /** Id of the zone, which copies of snapshots name; known only after the cluster is made. */
  readonly zoneId: string;
  /** Whether any moment can be restored, not only snapshots. */
  readonly pointInTime: boolean;
}

/** Props of `DedicatedCluster`. */
export interface DedicatedClusterProps extends Transformable<{ cluster: AdvancedClusterConfig }> {
  readonly project: AtlasProjectLike;
  /** At most 64 characters, the first 23 unique in the project. Can't change. */
  readonly name: string;
  /** `M10` and larger. */
  readonly tier: string;
  /** Major version of MongoDB: `8.0`. */
  readonly version: string;
  /** Atlas's name of the region: `WESTERN_EUROPE`. */
  readonly region: string;
  /** Electable nodes: 3, 5 or 7. */
  readonly nodes: number;
  /** Disk of each node in GB, 10 to 4096. */
  readonly diskGb: number;
  /** Continuous backup. */
  readonly pointInTime: boolean;
  /** Atlas refuses to delete the cluster. Switched off in one apply, deleted in the next. */
  readonly terminationProtection: boolean;
  /** Tags, as labels in Google Cloud. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A replica set on dedicated machines in Google Cloud, with backups, TLS 1.2 and a long-term release. Protection and
 * backup are always written out: in this provider, leaving one away changes nothing.
 *
 * @throws UserError when the name, the size or the number of nodes is none
 */
export class DedicatedCluster extends Construct implements ClusterLike {
  readonly clusterName: string;
  readonly project: AtlasProjectLike;
  readonly region: string;
  readonly zoneId: string;
  readonly pointInTime: boolean;
  /** `mongodb+srv://…`, without user or password; known only after the cluster is made. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: DedicatedClusterProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    const cluster = this.createCluster(props);
    this.clusterName = cluster.name;
    this.project = props.project;
    this.region = props.region;
    this.zoneId = cluster.replicationSpecs.get(0).zoneId;
    this.pointInTime = props.pointInTime;
    this.address = cluster.connectionStrings.get(0).standardSrv;
  }

  private validate({ name, tier, nodes, diskGb }: DedicatedClusterProps): void {
    refuse(this, `cluster ${name}`, [
      checkName(
        name,
        /^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/,
        "name",
        "1 to 64 letters, digits and hyphens",
      ),
      check(/^M[1-9]\d{1,2}$/.test(tier), "tier", tier, "a dedicated tier: M10 or larger"),
      check([3, 5, 7].includes(nodes), "nodes", nodes, "3, 5 or 7"),
      check(Number.isInteger(diskGb) && diskGb >= 10 && diskGb <= 4096, "diskGb", diskGb, "10 to 4096"),
    ]);
  }

  private createCluster(props: DedicatedClusterProps): AdvancedCluster {
    return new AdvancedCluster(
      this,
      "cluster",
      transformed<AdvancedClusterConfig>(
        {
          projectId: props.project.projectId,
          name: props.name,
          clusterType: "REPLICASET",
          mongoDbMajorVersion: props.version,
          versionReleaseSystem: "LTS",
          backupEnabled: true,
          pitEnabled: props.pointInTime,
          retainBackupsEnabled: true,
          terminationProtectionEnabled: props.terminationProtection,
          replicationSpecs: [
            {
              regionConfigs: [
                {
                  providerName: "GCP",
                  regionName: props.region,
                  priority: 7,
                  electableSpecs: {
                    instanceSize: props.tier,
                    nodeCount: props.nodes,
                    diskSizeGb: props.diskGb,
                  },
                  // Written out, so that Atlas's default (growing disks) is no difference in the next plan.
                  autoScaling: { computeEnabled: false, diskGbEnabled: false },
                },
              ],
            },
          ],
          advancedConfiguration: { minimumEnabledTlsProtocol: "TLS1_2", javascriptEnabled: false },
          tags: Object.entries(props.tags).map(([key, value]) => ({ key, value })),
        },
        props.transform?.cluster,
      ),
    );
  }
}
