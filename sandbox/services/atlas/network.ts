import type { Behaviours } from "../behaviour";
import { base36Id } from "../identity/derived";
import { text } from "../shape/paths";
import { requireDedicated } from "./clusters";

const CONTAINER = "mongodbatlas_network_container";

/**
 * Networks of a project's clusters and their peering: for dedicated clusters only.
 * Source: internal/service/{networkcontainer,networkpeering}/resource_*.go, v1.41.1.
 */
export const atlasNetworkBehaviours: Behaviours = {
  [CONTAINER]: {
    computed: {
      region: () => "",
      region_name: () => "",
      regions: () => [],
      azure_subscription_id: () => "",
      vnet_name: () => "",
      vpc_id: () => "",
      provisioned: () => false,
      gcp_project_id: ({ object }) => atlasProjectOf(object),
      network_name: ({ object }) =>
        text(object, "provider_name") === "GCP"
          ? `nt-${base36Id(24, "atlas network", text(object, "project_id"))}`
          : "",
    },
  },
  mongodbatlas_network_peering: {
    computed: {
      status: () => "AVAILABLE",
      status_name: () => "",
      error_message: () => "",
      error_state: () => "",
      error_state_name: () => "",
      connection_id: () => "",
      atlas_id: ({ object }) => text(object, "peer_id"),
      atlas_gcp_project_id: ({ object }) => atlasProjectOf(object),
      atlas_vpc_name: ({ object }) =>
        text(object, "provider_name") === "GCP"
          ? `nt-${base36Id(24, "atlas network", text(object, "project_id"))}`
          : "",
    },
    beforeCreate: (scene) => requireDedicated(scene, "network peering"),
  },
};

/** The Google Cloud project in which Atlas keeps a project's clusters; "" with another provider. */
function atlasProjectOf(object: Parameters<typeof text>[0]): string {
  return text(object, "provider_name") === "GCP"
    ? `p-${base36Id(24, "atlas tenant", text(object, "project_id"))}`
    : "";
}
