import {
  AdvancedCluster,
  type AdvancedClusterConfig,
} from "@cdktf/provider-mongodbatlas/lib/advanced-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import type { ClusterLike } from "./cluster-like";
import {
  type ClusterShape,
  checkShape,
  hourlyCost,
  ignoredChanges,
  nodesInRegion,
  replicationSpecs,
  smallestTier,
} from "./cluster-shape";
import { type ConnectionConsumer, checkConnectionBudget } from "./connection-budget";
import type { PrivateLinkLike } from "./private-link";
import { defaultPrivateConnections } from "./project-limits";
import type { AtlasRegion } from "./regions";

/** Series of MongoDB that get fixes for years. Users without passwords need 7.0.11 or newer. */
export const longTermVersions = ["7.0", "8.0"] as const;

/** A series of MongoDB: `8.0`. */
export type MongoVersion = (typeof longTermVersions)[number];

/** Names of clusters, dedicated or not. @see https://www.mongodb.com/docs/atlas/tutorial/create-new-cluster/ */
export const clusterNamePattern = /^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;

/** What a cluster's disks can be encrypted with besides Google's own keys. */
export interface EncryptionLike {
  /** What has to be set up before a cluster uses it. */
  readonly resource?: ITerraformDependable;
}

/** Props of `DedicatedCluster`. */
export interface DedicatedClusterProps
  extends ClusterShape,
    Transformable<{ cluster: AdvancedClusterConfig }> {
  readonly project: AtlasProjectLike;
  /** At most 64 characters, the first 23 unique in the project. Can't change. */
  readonly name: string;
  /** Series of MongoDB: `8.0`. Goes up only, and one series at a time. */
  readonly version: MongoVersion;
  /** Continuous backup: any moment of the schedule's restore window can be restored. Needs backups. */
  readonly pointInTime: boolean;
  /** Atlas refuses to delete the cluster. Switched off in one apply, deleted in the next. */
  readonly terminationProtection: boolean;
  /** Tags, as labels in Google Cloud. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Snapshots by a schedule. Without, nothing of the cluster can ever be restored.
   *
   * @default true
   */
  readonly backups?: boolean;
  /**
   * The oldest TLS that the cluster speaks.
   *
   * @default "1.2"
   */
  readonly leastTls?: "1.2" | "1.3";
  /**
   * Stop the nodes and keep the disks. Atlas starts a cluster again after 30 days, and changes nothing else while it
   * rests.
   *
   * @default false
   */
  readonly paused?: boolean;
  /**
   * The project's own key, from `EncryptionAtRest`.
   *
   * @default - disks are encrypted with Google's keys
   */
  readonly encryption?: EncryptionLike;
  /**
   * How services reach the cluster without the internet. The project's limit of private connections must be enough for
   * the nodes in the preferred region. Given to a cluster that is there already, the address changes with the second
   * apply: in the first, Atlas does not know of the link yet.
   *
   * @default - over the internet, from the addresses of the access list
   */
  readonly privateLink?: PrivateLinkLike;
  /**
   * Services that connect. They may open at most 70 % of the connections that a node takes.
   *
   * @default - not checked
   */
  readonly consumers?: readonly ConnectionConsumer[];
  /**
   * What has to be there before the cluster, such as a network container that the cluster would otherwise make itself.
   *
   * @default - nothing
   */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * A replica set or sharded cluster on dedicated machines in Google Cloud, with backups, TLS 1.2 and a long-term release.
 * Protection and backup are always written out: in this provider, leaving one away changes nothing.
 *
 * @throws UserError with every rule that the size, the nodes, the disks or the connections break
 * @see https://www.mongodb.com/docs/atlas/tutorial/create-new-cluster/
 */
export class DedicatedCluster extends Construct implements ClusterLike {
  readonly clusterName: string;
  readonly project: AtlasProjectLike;
  readonly region: AtlasRegion;
  readonly zoneId: string;
  readonly pointInTime: boolean;
  /**
   * `mongodb+srv://…`, without user or password: what services connect to, through the private link where there is one.
   * Known only after the cluster is made.
   */
  readonly address: string;
  /** `mongodb+srv://…` over the internet; known only after the cluster is made. */
  readonly publicAddress: string;
  /** Estimate in US dollars; see `tiers`. */
  readonly hourlyUsd: number;

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
    this.publicAddress = cluster.connectionStrings.get(0).standardSrv;
    this.address = props.privateLink ? privateAddress(cluster, props.privateLink) : this.publicAddress;
    this.hourlyUsd = hourlyCost(props);
  }

  private validate(props: DedicatedClusterProps): void {
    const { name, version, pointInTime, backups = true, consumers = [], project, privateLink } = props;
    const connections = project.privateConnections ?? defaultPrivateConnections;
    const shape = checkShape(props);
    refuse(this, `cluster ${name}`, [
      checkName(name, clusterNamePattern, "name", "1 to 64 letters, digits and hyphens"),
      check(
        longTermVersions.includes(version),
        "version",
        version,
        `a long-term series: ${longTermVersions.join(" or ")}`,
      ),
      check(backups || !pointInTime, "pointInTime", pointInTime, "false without backups"),
      ...shape,
      check(
        !privateLink || nodesInRegion(props) <= connections,
        "privateLink",
        `${nodesInRegion(props)} nodes`,
        `at most ${connections} nodes, the project's limit of private connections`,
      ),
      // Of an unknown size nothing can be said.
      shape.some((problem) => problem?.field.includes("tier"))
        ? undefined
        : checkConnectionBudget(smallestTier(props), consumers),
    ]);
  }

  private createCluster(props: DedicatedClusterProps): AdvancedCluster {
    const ignored = ignoredChanges(props);
    const after = [props.encryption?.resource, props.privateLink?.resource, ...(props.after ?? [])].filter(
      (resource) => resource !== undefined,
    );
    return new AdvancedCluster(
      this,
      "cluster",
      transformed<AdvancedClusterConfig>(
        {
          projectId: props.project.projectId,
          name: props.name,
          clusterType: props.shards === undefined ? "REPLICASET" : "SHARDED",
          mongoDbMajorVersion: props.version,
          versionReleaseSystem: "LTS",
          backupEnabled: props.backups ?? true,
          pitEnabled: props.pointInTime,
          retainBackupsEnabled: props.backups ?? true,
          paused: props.paused ?? false,
          terminationProtectionEnabled: props.terminationProtection,
          encryptionAtRestProvider: props.encryption ? "GCP" : "NONE",
          replicationSpecs: replicationSpecs(props),
          advancedConfiguration: {
            minimumEnabledTlsProtocol: props.leastTls === "1.3" ? "TLS1_3" : "TLS1_2",
            javascriptEnabled: false,
          },
          tags: Object.entries(props.tags).map(([key, value]) => ({ key, value })),
          ...(ignored.length > 0 ? { lifecycle: { ignoreChanges: ignored } } : {}),
          ...(after.length > 0 ? { dependsOn: after } : {}),
        },
        props.transform?.cluster,
      ),
    );
  }
}

/**
 * The address through the link, as the cluster itself tells it. Read of the cluster and not of a data source, which
 * every change of what it depends on would make unknown, and with it all that the address stands in.
 */
function privateAddress(cluster: AdvancedCluster, { groupName }: PrivateLinkLike): string {
  const strings = `${AdvancedCluster.tfResourceType}.${cluster.friendlyUniqueId}.connection_strings[0]`;
  const ours = `contains(way.endpoints[*].endpoint_id, ${JSON.stringify(groupName)})`;
  const ways = `[for way in ${strings}.private_endpoint : way.srv_connection_string if ${ours}]`;
  return `\${try(${ways}[0], ${strings}.standard_srv)}`;
}
