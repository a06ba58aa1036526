import type {
  AdvancedClusterReplicationSpecs,
  AdvancedClusterReplicationSpecsRegionConfigs,
} from "@cdktf/provider-mongodbatlas/lib/advanced-cluster";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type AtlasRegion, isAtlasRegion } from "./regions";
import { compareTiers, isTier, type Tier, tierNames, tiers } from "./tiers";

/** The nodes of a cluster in one region. */
export interface ClusterRegion {
  /** Atlas's name of the region. */
  readonly region: AtlasRegion;
  /** Nodes that can become primary, 0 to 7. */
  readonly nodes: number;
  /**
   * Nodes that only answer reads near by.
   *
   * @default 0
   */
  readonly readOnlyNodes?: number;
  /**
   * Nodes for long queries that must not disturb the others.
   *
   * @default 0
   */
  readonly analyticsNodes?: number;
}

/** How a cluster grows without a change of code. */
export interface ClusterScaling {
  /**
   * Atlas chooses the size of nodes between two sizes; from then on, a change of `tier` is ignored.
   *
   * @default - the size stays as given
   */
  readonly tier?: { readonly from: Tier; readonly to: Tier };
  /**
   * Atlas enlarges disks that are 90 % full; from then on, a change of `diskGb` is ignored. Disks never shrink again.
   *
   * @default false
   */
  readonly disk?: boolean;
}

/** What a cluster is made of. */
export interface ClusterShape {
  /** `M10` and larger; sharded clusters need `M30`. */
  readonly tier: Tier;
  /** Atlas's name of the region that is preferred in elections: `WESTERN_EUROPE`. */
  readonly region: AtlasRegion;
  /** Nodes in that region that can become primary. With those of other regions: 3, 5 or 7. */
  readonly nodes: number;
  /** Disk of each node in GB; the least and the most depend on the tier. */
  readonly diskGb: number;
  /**
   * Nodes in that region that only answer reads.
   *
   * @default 0
   */
  readonly readOnlyNodes?: number;
  /**
   * Nodes in that region for long queries.
   *
   * @default 0
   */
  readonly analyticsNodes?: number;
  /**
   * Size of the analytics nodes.
   *
   * @default - the cluster's own
   */
  readonly analyticsTier?: Tier;
  /**
   * More regions, in the order in which they are preferred in elections.
   *
   * @default - one region
   */
  readonly otherRegions?: readonly ClusterRegion[];
  /**
   * Shards, each with all the nodes above; 1 and more make a sharded cluster, which can't become a replica set again.
   *
   * @default - a replica set
   */
  readonly shards?: number;
  /** @default - neither size nor disks change by themselves */
  readonly scaling?: ClusterScaling;
}

/** Regions in the order of their priority, the preferred one first. */
export function regionsOf(shape: ClusterShape): ClusterRegion[] {
  const { region, nodes, readOnlyNodes = 0, analyticsNodes = 0, otherRegions = [] } = shape;
  return [{ region, nodes, readOnlyNodes, analyticsNodes }, ...otherRegions];
}

/** Nodes in the preferred region, of all shards and kinds. */
export function nodesInRegion({
  nodes,
  readOnlyNodes = 0,
  analyticsNodes = 0,
  shards = 1,
}: ClusterShape): number {
  return shards * (nodes + readOnlyNodes + analyticsNodes);
}

/** The smallest size that the cluster may have. */
export function smallestTier({ tier, scaling }: Pick<ClusterShape, "tier" | "scaling">): Tier {
  return scaling?.tier?.from ?? tier;
}

/**
 * What the cluster costs an hour at the size that it starts with, in US dollars, disks as included in the price. An
 * estimate; see `tiers`.
 */
export function hourlyCost(shape: ClusterShape): number {
  const price = (tier: Tier, nodes: number) => (tiers[tier].hourlyUsd / 3) * nodes;
  const { tier, analyticsTier = tier, shards = 1 } = shape;
  const regions = regionsOf(shape);
  const data = regions.reduce((sum, region) => sum + region.nodes + (region.readOnlyNodes ?? 0), 0);
  const analytics = regions.reduce((sum, region) => sum + (region.analyticsNodes ?? 0), 0);
  return shards * (price(tier, data) + price(analyticsTier, analytics));
}

/** Every rule of Atlas's that the shape breaks. */
export function checkShape(shape: ClusterShape): (Problem | undefined)[] {
  const { tier, analyticsTier, diskGb, shards, scaling } = shape;
  const regions = regionsOf(shape);
  const electable = regions.reduce((sum, { nodes }) => sum + nodes, 0);
  const names = regions.map(({ region }) => region);
  return [
    checkTier("tier", tier),
    analyticsTier === undefined ? undefined : checkTier("analyticsTier", analyticsTier),
    ...names.map((name, index) =>
      check(
        isAtlasRegion(name),
        index === 0 ? "region" : `otherRegions.${index - 1}.region`,
        name,
        "Atlas's name of a Google Cloud region, such as WESTERN_EUROPE",
      ),
    ),
    check(new Set(names).size === names.length, "otherRegions", names.join(", "), "each region once"),
    check([3, 5, 7].includes(electable), "nodes", electable, "3, 5 or 7, those of all regions together"),
    check(shape.nodes >= 1, "nodes", shape.nodes, "at least 1 in the preferred region"),
    ...regions.flatMap((region, index) => checkCounts(region, index)),
    checkDisk(tier, diskGb),
    shards === undefined
      ? undefined
      : check(Number.isInteger(shards) && shards >= 1 && shards <= 50, "shards", shards, "1 to 50"),
    check(
      shards === undefined || !isTier(tier) || compareTiers(tier, "M30") >= 0,
      "tier",
      tier,
      "M30 or larger for a sharded cluster",
    ),
    ...checkScaling(tier, scaling),
  ];
}

/** The shape as the provider writes it: a specification for each shard, in it a configuration for each region. */
export function replicationSpecs(shape: ClusterShape): AdvancedClusterReplicationSpecs[] {
  const regions = regionsOf(shape);
  return Array.from({ length: shape.shards ?? 1 }, () => ({
    regionConfigs: regions.map((region, index) => regionConfig(shape, region, index)),
  }));
}

/** What Atlas changes by itself and a plan must not change back. */
export function ignoredChanges(shape: ClusterShape): string[] {
  const attributes = [
    ...(shape.scaling?.tier ? ["instance_size"] : []),
    // A larger size may come with a larger disk, and a larger disk with a larger size.
    ...(shape.scaling?.tier || shape.scaling?.disk ? ["disk_size_gb"] : []),
  ];
  return Array.from({ length: shape.shards ?? 1 }).flatMap((_, shard) =>
    regionsOf(shape).flatMap((region, index) =>
      specNames(region).flatMap((spec) =>
        attributes.map(
          (attribute) => `replication_specs[${shard}].region_configs[${index}].${spec}[0].${attribute}`,
        ),
      ),
    ),
  );
}

function regionConfig(
  { tier, analyticsTier = tier, diskGb, scaling }: ClusterShape,
  { region, nodes, readOnlyNodes = 0, analyticsNodes = 0 }: ClusterRegion,
  index: number,
): AdvancedClusterReplicationSpecsRegionConfigs {
  const specs = (instanceSize: Tier, nodeCount: number) => ({ instanceSize, nodeCount, diskSizeGb: diskGb });
  // Written out, so that Atlas's default (growing disks) is no difference in the next plan.
  const autoScaling = {
    diskGbEnabled: scaling?.disk ?? false,
    ...(scaling?.tier
      ? {
          computeEnabled: true,
          computeScaleDownEnabled: scaling.tier.from !== scaling.tier.to,
          computeMinInstanceSize: scaling.tier.from,
          computeMaxInstanceSize: scaling.tier.to,
        }
      : { computeEnabled: false }),
  };
  return {
    providerName: "GCP",
    regionName: region,
    // 7 is the preferred region, then 6, and so on; a region without electable nodes has none.
    priority: nodes > 0 ? 7 - index : 0,
    autoScaling,
    ...(nodes > 0 ? { electableSpecs: specs(tier, nodes) } : {}),
    ...(readOnlyNodes > 0 ? { readOnlySpecs: specs(tier, readOnlyNodes) } : {}),
    ...(analyticsNodes > 0
      ? { analyticsSpecs: specs(analyticsTier, analyticsNodes), analyticsAutoScaling: autoScaling }
      : {}),
  };
}

function specNames({ nodes, readOnlyNodes = 0, analyticsNodes = 0 }: ClusterRegion): string[] {
  return [
    ...(nodes > 0 ? ["electable_specs"] : []),
    ...(readOnlyNodes > 0 ? ["read_only_specs"] : []),
    ...(analyticsNodes > 0 ? ["analytics_specs"] : []),
  ];
}

function checkTier(field: string, tier: string): Problem | undefined {
  return check(isTier(tier), field, tier, `a dedicated tier: ${tierNames.join(", ")}`);
}

function checkDisk(tier: Tier, diskGb: number): Problem | undefined {
  const [least, most] = isTier(tier) ? tiers[tier].diskGb : [10, 4096];
  return check(
    Number.isInteger(diskGb) && diskGb >= least && diskGb <= most,
    "diskGb",
    diskGb,
    `${least} to ${most}, the disks of ${tier}`,
  );
}

function checkCounts(region: ClusterRegion, index: number): (Problem | undefined)[] {
  const prefix = index === 0 ? "" : `otherRegions.${index - 1}.`;
  const counts = { nodes: 7, readOnlyNodes: 50, analyticsNodes: 50 } as const;
  const total = region.nodes + (region.readOnlyNodes ?? 0) + (region.analyticsNodes ?? 0);
  return [
    ...(Object.keys(counts) as (keyof typeof counts)[]).map((name) => {
      const count = region[name] ?? 0;
      const holds = Number.isInteger(count) && count >= 0 && count <= counts[name];
      return check(holds, `${prefix}${name}`, count, `0 to ${counts[name]}`);
    }),
    check(index === 0 || total > 0, `${prefix}nodes`, total, "at least one node in every region"),
  ];
}

function checkScaling(tier: Tier, scaling: ClusterScaling | undefined): (Problem | undefined)[] {
  if (!scaling?.tier) {
    return [];
  }
  const { from, to } = scaling.tier;
  const known = isTier(from) && isTier(to) && isTier(tier);
  return [
    checkTier("scaling.tier.from", from),
    checkTier("scaling.tier.to", to),
    check(
      !known || (compareTiers(from, tier) <= 0 && compareTiers(tier, to) <= 0),
      "scaling.tier",
      `${from} to ${to}`,
      `sizes around the one that the cluster starts with (${tier})`,
    ),
  ];
}
