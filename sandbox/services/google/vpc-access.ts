import { ApiError, ProviderError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { lastSegment, text } from "../shape/paths";
import { overlap, parseRange } from "./cidr";
import { requireNetwork } from "./network";

const CONNECTOR = "google_vpc_access_connector";

/** Refuses a connector of this project that doesn't exist; "" is none. */
export function requireConnector(cloud: CloudView, reference: string, project: string): void {
  const id = /projects\/[^/]+\/locations\/[^/]+\/connectors\/[^/]+$/.exec(reference)?.[0];
  if (id === undefined || !id.startsWith(`projects/${project}/`)) return;
  if (cloud.get(CONNECTOR, id) === undefined) {
    throw new ApiError(400, `VPC Access connector ${id} does not exist.`);
  }
}

/**
 * Connectors from App Engine into a network.
 * Source: google/services/vpcaccess/resource_vpc_access_connector.go, v6.50.0; Serverless VPC Access documentation.
 */
export const vpcAccessBehaviours: Behaviours = {
  [CONNECTOR]: {
    computed: {
      self_link: (scene) => scene.id,
      state: () => "READY",
      network: () => "default",
      machine_type: () => "e2-micro",
      min_instances: () => 2,
      max_instances: () => 10,
      min_throughput: () => 200,
      max_throughput: () => 1000,
      connected_projects: () => [],
    },
    beforeCreate: requirePlace,
  },
};

function requirePlace({ cloud, object, project }: Change): void {
  requireNetwork(cloud, text(object, "network"), project);
  if (text(object, "subnet.name") !== "") requireSubnet(cloud, object, project);
  else requireRange(cloud, object, project);
}

/** A connector of its own range takes a free /28 of the network. */
function requireRange(cloud: CloudView, object: Change["object"], project: string): void {
  const cidr = text(object, "ip_cidr_range");
  const range = parseRange(cidr);
  if (range?.prefix !== 28) {
    throw new ApiError(400, `The IP CIDR range must be an unreserved /28 range, but it is '${cidr}'.`);
  }
  const taken = ["google_compute_subnetwork", CONNECTOR]
    .flatMap((type) => cloud.list(type))
    .filter(({ attributes }) => text(attributes, "project") === project)
    .filter(
      ({ attributes }) => lastSegment(text(attributes, "network")) === lastSegment(text(object, "network")),
    )
    .find(({ attributes }) => {
      const other = parseRange(text(attributes, "ip_cidr_range"));
      return other !== undefined && overlap(range, other);
    });
  if (taken === undefined) return;
  throw new ProviderError(
    `Error waiting to create Connector: Error waiting for Creating Connector: Error code 9, message: Operation failed: ` +
      `the range ${cidr} overlaps with that of ${taken.id}.`,
  );
}

/** A connector in a subnetwork takes it whole, and needs a /28. */
function requireSubnet(cloud: CloudView, object: Change["object"], project: string): void {
  const owner = text(object, "subnet.project_id") || project;
  if (owner !== project) return;
  const id = `projects/${project}/regions/${text(object, "region")}/subnetworks/${text(object, "subnet.name")}`;
  const subnetwork = cloud.get("google_compute_subnetwork", id);
  if (subnetwork === undefined) throw new ApiError(404, `The resource '${id}' was not found`, "notFound");
  if (parseRange(text(subnetwork.attributes, "ip_cidr_range"))?.prefix !== 28) {
    throw new ApiError(400, `The subnetwork '${id}' of a connector must have a /28 range.`);
  }
}
