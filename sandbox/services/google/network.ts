import { ApiError, ProviderError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { decimalId } from "../identity/derived";
import { lastSegment, text } from "../shape/paths";
import { addressIn, overlap, parseRange } from "./cidr";

const NETWORK = "google_compute_network";
const SUBNETWORK = "google_compute_subnetwork";

/** What may stand in a network and keep it from being deleted. */
const inhabitants = [
  SUBNETWORK,
  "google_compute_firewall",
  "google_compute_router",
  "google_compute_route",
  "google_vpc_access_connector",
  "google_compute_instance",
];

/**
 * Networks and their address ranges.
 * Source: google/services/compute/resource_compute_{network,subnetwork}.go, v6.50.0; Compute Engine error texts.
 */
export const networkBehaviours: Behaviours = {
  [NETWORK]: {
    computed: {
      network_id: (scene) => decimalId(19, NETWORK, scene.id),
      numeric_id: (scene) => decimalId(19, NETWORK, scene.id),
      gateway_ipv4: () => "",
      internal_ipv6_range: () => "",
      mtu: () => 0,
      routing_mode: () => "REGIONAL",
    },
    conflict: (scene) => alreadyExists(scene.id),
    beforeDelete(scene) {
      const user = inhabitants
        .flatMap((type) => scene.cloud.list(type))
        .find(({ attributes }) => inNetwork(text(attributes, "network"), scene.object, scene.project));
      if (user === undefined) return;
      throw new ProviderError(
        `Error waiting for Deleting Network: The network resource '${scene.id}' is already being used by '${user.id}'`,
      );
    },
  },
  // Never read back, so that a configuration with `log_config` alone stays valid.
  google_compute_firewall: { computed: { enable_logging: () => null } },
  [SUBNETWORK]: {
    computed: {
      subnetwork_id: (scene) => Number(decimalId(15, SUBNETWORK, scene.id)),
      gateway_address({ object }) {
        const range = parseRange(text(object, "ip_cidr_range"));
        return range === undefined ? "" : addressIn(range, 1);
      },
      purpose: () => "PRIVATE",
      private_ipv6_google_access: () => "DISABLE_GOOGLE_ACCESS",
      stack_type: () => "IPV4_ONLY",
      state: () => "",
      ipv6_cidr_range: () => "",
      internal_ipv6_prefix: () => "",
      external_ipv6_prefix: () => "",
      ipv6_gce_endpoint: () => "",
      enable_flow_logs: ({ object }) => Array.isArray(object.log_config) && object.log_config.length > 0,
    },
    conflict: (scene) => alreadyExists(scene.id),
    beforeCreate(scene) {
      requireNetwork(scene.cloud, text(scene.object, "network"), scene.project);
      requireFreeRange(scene);
    },
    beforeUpdate: requireFreeRange,
    beforeDelete(scene) {
      const user = scene.cloud
        .list("google_vpc_access_connector")
        .find(({ attributes }) => text(attributes, "subnet.name") === text(scene.object, "name"));
      if (user === undefined) return;
      throw new ProviderError(
        `Error waiting for Deleting Subnetwork: The subnetwork resource '${scene.id}' is already being used by '${user.id}'`,
      );
    },
  },
};

function alreadyExists(id: string): ApiError {
  return new ApiError(409, `The resource '${id}' already exists`, "alreadyExists");
}

/** Refuses a network of this project that doesn't exist; "" and `default` are not checked. */
export function requireNetwork(cloud: CloudView, reference: string, project: string): void {
  const owner = /projects\/([^/]+)\//.exec(reference)?.[1] ?? project;
  const name = lastSegment(reference);
  if (owner !== project || name === "" || name === "default") return;
  const id = `projects/${project}/global/networks/${name}`;
  if (cloud.get(NETWORK, id) === undefined) {
    throw new ApiError(404, `The resource '${id}' was not found`, "notFound");
  }
}

function inNetwork(reference: string, network: { [name: string]: unknown }, project: string): boolean {
  const owner = /projects\/([^/]+)\//.exec(reference)?.[1] ?? project;
  return reference !== "" && owner === project && lastSegment(reference) === network.name;
}

/** Ranges within a network don't overlap, whatever their region. */
function requireFreeRange({ cloud, object, project, prior }: Change): void {
  const cidr = text(object, "ip_cidr_range");
  const range = parseRange(cidr);
  if (range === undefined || cidr === text(prior, "ip_cidr_range")) return;
  const network = { name: lastSegment(text(object, "network")) };
  for (const { attributes } of cloud.list(SUBNETWORK)) {
    const other = parseRange(text(attributes, "ip_cidr_range"));
    if (other === undefined || text(attributes, "project") !== project) continue;
    if (text(attributes, "id") === text(prior, "id")) continue;
    if (!inNetwork(text(attributes, "network"), network, project) || !overlap(range, other)) continue;
    throw new ProviderError(
      `Error waiting to create Subnetwork: Error waiting for Creating Subnetwork: Invalid value for field ` +
        `'resource.ipCidrRange': '${cidr}'. Invalid IPCidrRange: ${cidr} conflicts with existing subnetwork ` +
        `'${text(attributes, "name")}' in region '${text(attributes, "region")}'.`,
    );
  }
}
