import { ApiError, ProviderError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { decimalId } from "../identity/derived";
import { lastSegment, text } from "../shape/paths";
import { addressIn, parseRange } from "./cidr";

const ADDRESS = "google_compute_address";
const SUBNETWORK = "google_compute_subnetwork";

/** The first two and the last two addresses of a subnet are Google's. */
const FIRST_FREE = 2;
const LAST_KEPT = 2;

/** Addresses of TEST-NET-3 (RFC 5737), which no machine answers on. */
const outside = (...seed: string[]): string =>
  `203.0.113.${1 + (Number(decimalId(6, ADDRESS, ...seed)) % 254)}`;

/**
 * Regional addresses, and endpoints of Private Service Connect (forwarding rules to a service attachment).
 * Source: google/services/compute/resource_compute_{address,forwarding_rule}.go, v6.50.0; Compute Engine error texts.
 */
export const addressBehaviours: Behaviours = {
  [ADDRESS]: {
    computed: {
      subnetwork: ({ object }) => text(object, "subnetwork"),
      purpose: ({ object }) => (isInternal(object) ? "GCE_ENDPOINT" : ""),
      network_tier: ({ object }) => (isInternal(object) ? "" : "PREMIUM"),
      prefix_length: () => 0,
      users: () => [],
      address: (scene) => (isInternal(scene.object) ? freeAddress(scene) : outside(scene.id)),
    },
  },
  google_compute_forwarding_rule: {
    computed: {
      forwarding_rule_id: (scene) => Number(decimalId(15, "forwarding rule", scene.id)),
      ip_protocol: ({ object }) => (isEndpoint(object) ? "" : "TCP"),
      port_range: () => "",
      network_tier: ({ object }) => (isEndpoint(object) ? "" : "PREMIUM"),
      base_forwarding_rule: () => "",
      service_name: () => "",
      subnetwork: () => "",
      psc_connection_id: (scene) => (isEndpoint(scene.object) ? decimalId(17, "psc", scene.id) : ""),
      psc_connection_status: ({ object }) => (isEndpoint(object) ? "ACCEPTED" : ""),
    },
  },
};

function isInternal(object: Change["object"]): boolean {
  return text(object, "address_type") === "INTERNAL";
}

function isEndpoint(object: Change["object"]): boolean {
  return text(object, "target").includes("/serviceAttachments/");
}

/** The next free address of the subnet; refuses where there is no subnet of that name, or nothing left of it. */
function freeAddress({ cloud, object, project }: Change): string {
  const id = subnetworkId(object, project);
  if (id === undefined) return outside(text(object, "name"));
  const subnetwork = cloud.get(SUBNETWORK, id);
  if (subnetwork === undefined) {
    // Another project's, which is none of this sandbox's.
    if (!id.startsWith(`projects/${project}/`)) return outside(text(object, "name"));
    throw new ApiError(404, `The resource '${id}' was not found`, "notFound");
  }
  const range = parseRange(text(subnetwork.attributes, "ip_cidr_range"));
  if (range === undefined) return outside(text(object, "name"));
  const taken = new Set(
    cloud
      .list(ADDRESS)
      .filter(({ attributes }) => subnetworkId(attributes, project) === id)
      .map(({ attributes }) => text(attributes, "address")),
  );
  for (let offset = FIRST_FREE; offset <= range.last - range.first - LAST_KEPT; offset += 1) {
    const address = addressIn(range, offset);
    if (!taken.has(address)) return address;
  }
  throw new ProviderError(
    `Error waiting to create Address: Error waiting for Creating Address: IP space of '${id}' is exhausted.`,
  );
}

function subnetworkId(object: Change["object"], project: string): string | undefined {
  const reference = text(object, "subnetwork");
  if (reference === "") return undefined;
  const full = /projects\/[^/]+\/regions\/[^/]+\/subnetworks\/[^/]+$/.exec(reference)?.[0];
  return (
    full ?? `projects/${project}/regions/${text(object, "region")}/subnetworks/${lastSegment(reference)}`
  );
}
