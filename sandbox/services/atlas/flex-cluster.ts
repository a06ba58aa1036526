import { ApiError } from "../api-error";
import type { Behaviours } from "../behaviour";
import { text } from "../shape/paths";
import { requireUnprotected } from "./advanced-cluster";
import { requireClusterName } from "./cluster-names";
import { notCompliant, policyOf } from "./compliance";
import { connectionStrings } from "./hosts";

/** The provider refuses to plan a change of these; should one come through, the API refuses it. */
const createOnly = [
  "project_id",
  "name",
  "provider_settings.backing_provider_name",
  "provider_settings.region_name",
];

/**
 * Flex clusters: shared, with a daily backup that can't be configured.
 * Source: internal/service/flexcluster/resource.go, v1.41.1.
 */
export const flexClusterBehaviours: Behaviours = {
  mongodbatlas_flex_cluster: {
    computed: {
      create_date: ({ cloud }) => cloud.now,
      cluster_type: () => "REPLICASET",
      state_name: () => "IDLE",
      mongo_db_version: () => "8.0.15",
      version_release_system: () => "LTS",
      termination_protection_enabled: () => false,
      backup_settings: () => ({ enabled: true }),
      "backup_settings.enabled": () => true,
      connection_strings: ({ object }) => connectionStrings(text(object, "project_id"), text(object, "name")),
      "connection_strings.standard": ({ object }) =>
        connectionStrings(text(object, "project_id"), text(object, "name")).standard,
      "connection_strings.standard_srv": ({ object }) =>
        connectionStrings(text(object, "project_id"), text(object, "name")).standard_srv,
      "provider_settings.disk_size_gb": () => 5,
      "provider_settings.provider_name": () => "FLEX",
    },
    beforeCreate({ cloud, object }) {
      const project = text(object, "project_id");
      requireClusterName(cloud, project, object, "FLEX");
      if (policyOf(cloud, project) !== undefined) throw notCompliant("flex clusters can't meet it");
    },
    beforeUpdate({ prior, object }) {
      for (const name of createOnly) {
        if (text(prior, name) === text(object, name)) continue;
        throw new ApiError(400, `The attribute ${name} can only be set on creation.`, "ATTRIBUTE_READ_ONLY", [
          name,
        ]);
      }
    },
    beforeDelete({ stored }) {
      if (stored !== undefined) requireUnprotected(stored.attributes);
    },
  },
};
