import { ApiError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { base36Id } from "../identity/derived";
import { text } from "../shape/paths";
import { onlySharedTiers } from "./clusters";

const ENDPOINT = "mongodbatlas_privatelink_endpoint";

/** Service attachments of a private endpoint on Google Cloud in the shape that provider 1.41.1 knows. */
const ATTACHMENTS = 50;

/**
 * Private ways into a project's clusters: for dedicated clusters only.
 * Source: internal/service/{privatelinkendpoint,privatelinkendpointservice,networkpeering}/resource_*.go, v1.41.1.
 */
export const atlasNetworkBehaviours: Behaviours = {
  [ENDPOINT]: {
    computed: {
      region_name: ({ object }) => text(object, "region"),
      status: () => "AVAILABLE",
      error_message: () => "",
      endpoint_service_name: () => "",
      private_link_service_name: () => "",
      private_link_service_resource_id: () => "",
      interface_endpoints: () => [],
      private_endpoints: () => [],
      endpoint_group_names: () => [],
      service_attachment_names: ({ object }) =>
        text(object, "provider_name") === "GCP" ? attachments(object) : [],
    },
    conflict: ({ object }) =>
      new ApiError(
        409,
        `A private endpoint service already exists for ${text(object, "provider_name")} ${text(object, "region")}.`,
        "PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION",
        [text(object, "region")],
      ),
    beforeCreate(scene) {
      requireDedicated(scene, "private endpoints");
      const { cloud, object } = scene;
      const same = cloud
        .list(ENDPOINT)
        .some(({ attributes }) =>
          ["project_id", "provider_name", "region"].every(
            (name) => text(attributes, name) === text(object, name),
          ),
        );
      if (same) throw atlasNetworkBehaviours[ENDPOINT]?.conflict?.(scene);
    },
  },
  mongodbatlas_privatelink_endpoint_service: {
    computed: {
      gcp_status: () => "AVAILABLE",
      aws_connection_status: () => "AVAILABLE",
      azure_status: () => "AVAILABLE",
      delete_requested: () => false,
      error_message: () => "",
    },
    beforeCreate({ cloud, object }) {
      const link = text(object, "private_link_id");
      const known = cloud
        .list(ENDPOINT)
        .some(({ attributes }) => text(attributes, "private_link_id") === decoded(link));
      if (known) return;
      throw new ApiError(
        404,
        `No private endpoint service ${link} exists.`,
        "PRIVATE_ENDPOINT_SERVICE_NOT_FOUND",
        [link],
      );
    },
  },
  mongodbatlas_network_peering: {
    computed: {
      status: () => "AVAILABLE",
      status_name: () => "",
      error_message: () => "",
      error_state: () => "",
    },
    beforeCreate: (scene) => requireDedicated(scene, "network peering"),
  },
};

/** A link may be given by its id or by the endpoint's state id. */
function decoded(link: string): string {
  const part = link
    .split("-")
    .find((pair) => pair.startsWith(`${Buffer.from("private_link_id").toString("base64")}:`));
  return part === undefined ? link : Buffer.from(part.split(":")[1] ?? "", "base64").toString("utf8");
}

function requireDedicated({ cloud, object }: Change, feature: string): void {
  const project = text(object, "project_id");
  if (!onlySharedTiers(cloud, project)) return;
  throw new ApiError(
    400,
    `M0 and Flex clusters have no ${feature}; group ${project} has no other cluster.`,
    "FEATURE_UNSUPPORTED",
    [feature],
  );
}

function attachments(object: Change["object"]): string[] {
  const project = `p-${base36Id(24, "atlas tenant", text(object, "project_id"))}`;
  const region = text(object, "region").toLowerCase().replaceAll("_", "-");
  return Array.from(
    { length: ATTACHMENTS },
    (_, index) => `projects/${project}/regions/${region}/serviceAttachments/sa-${region}-${project}-${index}`,
  );
}
