import type { StoredObject } from "../../store/contract";
import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Change, CloudView } from "../behaviour";
import { blocksAt, text } from "../shape/paths";

/** Types that are clusters of a project and share its names. */
export const CLUSTER_TYPES = [
  "mongodbatlas_advanced_cluster",
  "mongodbatlas_flex_cluster",
  "mongodbatlas_cluster",
  "mongodbatlas_serverless_instance",
];

/** What a cluster can do depends on what it is. */
export type Tier = "M0" | "FLEX" | "DEDICATED";

/** Every cluster of a project, of whatever type. */
export function clustersOf(cloud: CloudView, project: string): StoredObject[] {
  return CLUSTER_TYPES.flatMap((type) => cloud.list(type)).filter(
    ({ attributes }) => text(attributes, "project_id") === project,
  );
}

export function findCluster(cloud: CloudView, project: string, name: string): StoredObject | undefined {
  return clustersOf(cloud, project).find(({ attributes }) => text(attributes, "name") === name);
}

/** The cluster of a name; refuses when there is none. */
export function requireCluster(cloud: CloudView, project: string, name: string): StoredObject {
  const cluster = findCluster(cloud, project, name);
  if (cluster !== undefined) return cluster;
  throw new ApiError(404, `No cluster named ${name} exists in group ${project}.`, "CLUSTER_NOT_FOUND", [
    name,
    project,
  ]);
}

/** Refuses a project that doesn't exist. */
export function requireProject(cloud: CloudView, project: string): void {
  if (cloud.get("mongodbatlas_project", project) !== undefined) return;
  throw new ApiError(404, `No group with ID ${project} exists.`, "GROUP_NOT_FOUND", [project]);
}

export function tierOf(type: string, cluster: ObjectValue): Tier {
  if (type === "mongodbatlas_flex_cluster" || type === "mongodbatlas_serverless_instance") return "FLEX";
  const provider =
    text(cluster, "replication_specs.region_configs.provider_name") || text(cluster, "provider_name");
  const size =
    text(cluster, "replication_specs.region_configs.electable_specs.instance_size") ||
    text(cluster, "provider_instance_size_name");
  if (provider === "FLEX" || size === "FLEX") return "FLEX";
  return provider === "TENANT" || size === "M0" ? "M0" : "DEDICATED";
}

/**
 * Whether a project has no cluster of M10 or more, although it has clusters. A project without any is not limited yet:
 * what is prepared may be for the cluster to come.
 */
export function onlySharedTiers(cloud: CloudView, project: string, names: readonly string[] = []): boolean {
  const clusters = clustersOf(cloud, project).filter(
    ({ attributes }) => names.length === 0 || names.includes(text(attributes, "name")),
  );
  return (
    clusters.length > 0 && clusters.every(({ type, attributes }) => tierOf(type, attributes) !== "DEDICATED")
  );
}

/** Refuses what M0 and Flex clusters don't have to a project that has nothing else. */
export function requireDedicated({ cloud, object }: Change, feature: string): void {
  const project = text(object, "project_id");
  if (!onlySharedTiers(cloud, project)) return;
  throw new ApiError(
    400,
    `M0 and Flex clusters have no ${feature}; group ${project} has no other cluster.`,
    "FEATURE_UNSUPPORTED",
    [feature],
  );
}

/** All region configurations of an advanced cluster, shard by shard. */
export function regionsOf(cluster: ObjectValue): ObjectValue[] {
  return blocksAt(cluster, "replication_specs").flatMap((spec) => blocksAt(spec, "region_configs"));
}
