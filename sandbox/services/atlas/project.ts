import { ApiError } from "../api-error";
import type { Behaviours, CloudView } from "../behaviour";
import { text } from "../shape/paths";
import { CLUSTER_TYPES, clustersOf } from "./clusters";
import { policyOf } from "./compliance";
import { atlasIdentities } from "./identities";
import { requireSteadyAttachments } from "./private-link";

const PROJECT = "mongodbatlas_project";
const LONGEST_NAME = 64;

/**
 * Projects ("groups" to the API).
 * Source: internal/service/project/resource_project.go, v1.41.1.
 */
export const projectBehaviours: Behaviours = {
  [PROJECT]: {
    unread: ["project_owner_id", "with_default_alerts_settings"],
    computed: {
      created: ({ cloud }) => cloud.now,
      cluster_count: () => 0,
      ip_addresses: () => ({ services: { clusters: [] } }),
      "ip_addresses.services": () => ({ clusters: [] }),
      is_collect_database_specifics_statistics_enabled: () => true,
      is_data_explorer_enabled: () => true,
      is_extended_storage_sizes_enabled: () => false,
      is_performance_advisor_enabled: () => true,
      is_realtime_performance_panel_enabled: () => true,
      is_schema_advisor_enabled: () => true,
      is_slow_operation_thresholding_enabled: () => true,
      region_usage_restrictions: () => null,
      "limits.current_usage": () => 0,
      "limits.default_limit": () => 25,
      "limits.maximum_limit": () => 90,
    },
    beforeCreate({ cloud, object }) {
      const name = text(object, "name");
      if (name.length > LONGEST_NAME) {
        throw new ApiError(
          400,
          `The project name is invalid: it has ${name.length} characters, at most ${LONGEST_NAME} are allowed.`,
          "INVALID_GROUP_NAME",
          [name],
        );
      }
      requireFreeName(cloud, text(object, "org_id"), name);
    },
    beforeUpdate(scene) {
      const { cloud, object, prior } = scene;
      requireSteadyAttachments(scene);
      if (text(object, "name") !== text(prior, "name")) {
        requireFreeName(cloud, text(object, "org_id"), text(object, "name"));
      }
    },
    beforeDelete({ cloud, id }) {
      if (clustersOf(cloud, id).length > 0) {
        throw new ApiError(
          409,
          "Cannot close group while it has active clusters; please terminate all clusters.",
          "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS",
        );
      }
      const linked = cloud
        .list("mongodbatlas_privatelink_endpoint")
        .some(({ attributes }) => text(attributes, "project_id") === id);
      if (linked) {
        throw new ApiError(
          409,
          "Cannot close group while it has active private endpoint services; please terminate all private endpoint " +
            "services.",
          "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_PRIVATE_ENDPOINT_SERVICES",
        );
      }
      if (policyOf(cloud, id) !== undefined) {
        throw new ApiError(
          409,
          "Cannot close group while it has a backup compliance policy.",
          "CANNOT_CLOSE_GROUP_ACTIVE_BACKUP_COMPLIANCE_POLICY",
        );
      }
    },
    owns: Object.entries(atlasIdentities)
      .filter(([type, { natural }]) => natural.includes("project_id") && !CLUSTER_TYPES.includes(type))
      .map(([type]) => ({
        type,
        prefix: () => "",
        of: (owned, project) => text(owned.attributes, "project_id") === project.id,
      })),
    answer: ({ cloud, id, object }) => ({ ...object, cluster_count: clustersOf(cloud, id).length }),
  },
};

/** Names are unique within an organisation. */
function requireFreeName(cloud: CloudView, organisation: string, name: string): void {
  const taken = cloud
    .list(PROJECT)
    .some(
      ({ attributes }) => text(attributes, "org_id") === organisation && text(attributes, "name") === name,
    );
  if (!taken) return;
  throw new ApiError(409, `A group with name "${name}" already exists.`, "GROUP_ALREADY_EXISTS", [name]);
}
