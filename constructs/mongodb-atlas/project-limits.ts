import type { ProjectLimits } from "@cdktf/provider-mongodbatlas/lib/project";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";

/**
 * Limits of a project that can be set, by what they count.
 *
 * @see https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-setgrouplimit
 */
const limits = {
  /** Clusters; Atlas's own limit is 25. */
  clusters: { name: "atlas.project.deployment.clusters", least: 1, most: 90 },
  /** Database users; Atlas's own limit is 100. */
  databaseUsers: { name: "atlas.project.security.databaseAccess.users", least: 1, most: 900 },
  /** Custom database roles; Atlas's own limit is 100. */
  customRoles: { name: "atlas.project.security.databaseAccess.customRoles", least: 1, most: 1400 },
  /** Entries of the access list; Atlas's own limit is 200. */
  accessListEntries: { name: "atlas.project.security.networkAccess.entries", least: 1, most: 200 },
  /**
   * Service attachments that Atlas makes in a region for Private Service Connect, and so addresses and forwarding rules
   * that each private link needs: one for each node that is reached. Can't change while a private link exists.
   */
  privateConnections: {
    name: "atlas.project.deployment.privateServiceConnectionsPerRegionGroup",
    least: 1,
    most: 100,
  },
  /** Length of the prefix of Atlas's own subnet behind each service attachment; Atlas's own value is 27. */
  privateConnectionsPrefix: {
    name: "atlas.project.deployment.privateServiceConnectionsSubnetMask",
    least: 20,
    most: 27,
  },
} as const;

/** Limits of a project; those that are left out are Atlas's own. */
export type AtlasLimits = { readonly [Limit in keyof typeof limits]?: number };

/** Private connections of a region when the project doesn't say. */
export const defaultPrivateConnections = 50;

/** A problem for each limit that Atlas would not take. */
export function checkLimits(given: AtlasLimits): (Problem | undefined)[] {
  return entries(given).map(([limit, value]) => {
    const { least, most } = limits[limit];
    const holds = Number.isInteger(value) && value >= least && value <= most;
    return check(holds, `limits.${limit}`, value, `a whole number from ${least} to ${most}`);
  });
}

/** Limits as the provider writes them. */
export function limitBlocks(given: AtlasLimits): ProjectLimits[] {
  return entries(given).map(([limit, value]) => ({ name: limits[limit].name, value }));
}

function entries(given: AtlasLimits): [keyof typeof limits, number][] {
  return (Object.entries(given) as [keyof typeof limits, number | undefined][]).flatMap(([limit, value]) =>
    value === undefined ? [] : [[limit, value]],
  );
}
