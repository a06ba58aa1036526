import { ApiError } from "../api-error";
import type { Change } from "../behaviour";
import { hexId } from "../identity/derived";
import { lastSegment, text } from "../shape/paths";
import { addressIn, parseRange } from "./cidr";
import { requireNetwork } from "./network";

/** Refuses a network of this project without a connection to Google's services. */
export function requirePrivateServices(scene: Change, network: string): void {
  const { cloud, project } = scene;
  if (network === "") return;
  requireNetwork(cloud, network, project);
  const owner = /projects\/([^/]+)\//.exec(network)?.[1] ?? project;
  if (owner !== project) return;
  const connected = cloud
    .list("google_service_networking_connection")
    .some(({ attributes }) => lastSegment(text(attributes, "network")) === lastSegment(network));
  if (connected) return;
  throw new ApiError(
    400,
    `Failed to create the instance because the network ${lastSegment(network)} doesn't have at least 1 private services connection.`,
    "networkNotPeered",
  );
}

/** An address for an instance, of the range that it names or else of a private one. */
export function privateAddress({ cloud, project, type, id }: Change, range: string): string {
  const set = cloud.get("google_compute_global_address", `projects/${project}/global/addresses/${range}`);
  const cidr = `${text(set?.attributes, "address")}/${set?.attributes.prefix_length}`;
  const parsed = parseRange(cidr) ?? parseRange("10.64.0.0/16");
  return parsed === undefined
    ? ""
    : addressIn(parsed, 2 + (Number.parseInt(hexId(6, type.name, id), 16) % 250));
}
