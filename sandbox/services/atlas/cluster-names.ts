import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { CloudView } from "../behaviour";
import { text } from "../shape/paths";
import { clustersOf, type Tier, tierOf } from "./clusters";

/** Atlas builds hostnames of so many characters of a cluster's name. */
const NAME_IN_HOSTS = 23;
const LONGEST_NAME = 64;
/** Source: Atlas documentation, "Atlas Service Limits": clusters and free clusters per project. */
const MOST_CLUSTERS = 25;

/**
 * Rules of a new cluster's name, and of how many clusters a project has.
 * Source: Atlas documentation, "Create a Cluster" and "Atlas Service Limits"; error codes of the Atlas API.
 */
export function requireClusterName(
  cloud: CloudView,
  project: string,
  cluster: ObjectValue,
  tier: Tier,
): void {
  const name = text(cluster, "name");
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(name) || name.length > LONGEST_NAME) {
    throw new ApiError(
      400,
      `The cluster name ${name} is invalid. The name can only contain ASCII letters, numbers, and hyphens.`,
      "CLUSTER_NAME_INVALID",
      [name],
    );
  }
  const others = clustersOf(cloud, project);
  for (const { attributes } of others) {
    const other = text(attributes, "name");
    if (other === name) {
      throw new ApiError(
        400,
        `A cluster or serverless instance named ${name} is already present in group ${project}.`,
        "DUPLICATE_CLUSTER_NAME",
        ["cluster or serverless instance", name, project],
      );
    }
    const shared = name.slice(0, NAME_IN_HOSTS);
    if (shared.toLowerCase() === other.slice(0, NAME_IN_HOSTS).toLowerCase()) {
      throw new ApiError(
        400,
        `The first ${NAME_IN_HOSTS} characters of the cluster name ${name} are those of ${other}; they must be unique ` +
          `within group ${project}.`,
        "CLUSTER_NAME_PREFIX_INVALID",
        [name],
      );
    }
  }
  if (others.length >= MOST_CLUSTERS) {
    throw new ApiError(
      400,
      `Group ${project} has the most clusters allowed, ${MOST_CLUSTERS}.`,
      "MAX_CLUSTERS_PER_GROUP",
    );
  }
  if (tier === "M0" && others.some(({ type, attributes }) => tierOf(type, attributes) === "M0")) {
    throw new ApiError(
      400,
      `Group ${project} already has another free cluster.`,
      "CANNOT_CREATE_FREE_CLUSTER_VIA_PUBLIC_API",
    );
  }
}
