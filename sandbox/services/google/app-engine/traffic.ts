import type { CloudTransaction, StoredObject } from "../../../store/contract";
import { isObject, type ObjectValue } from "../../../values/value";
import type { CloudView } from "../../behaviour";
import { text } from "../../shape/paths";

/** Resource types that are versions of a service. */
export const VERSION_TYPES = [
  "google_app_engine_standard_app_version",
  "google_app_engine_flexible_app_version",
];

/** Share of a service's requests by version id, as fractions of 1. */
export interface Traffic {
  allocations: { [version: string]: number };
}

/** Every version of the application, of whatever service and environment. */
export function versionsOf(cloud: CloudView, project: string, service?: string): StoredObject[] {
  const prefix = `apps/${project}/services/${service === undefined ? "" : `${service}/`}`;
  return VERSION_TYPES.flatMap((type) => cloud.list(type, prefix));
}

/** What a service's requests go to now; empty when there is no such service. */
export function trafficOf(cloud: CloudView, project: string, service: string): Traffic {
  const allocations = cloud.getFact(trafficFact(project, service))?.allocations;
  if (!isObject(allocations)) return { allocations: {} };
  return {
    allocations: Object.fromEntries(
      Object.entries(allocations).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
  };
}

export function setTraffic(
  cloud: CloudTransaction,
  project: string,
  service: string,
  traffic: Traffic,
): void {
  const allocations: ObjectValue = { ...traffic.allocations };
  cloud.putFact(trafficFact(project, service), { allocations });
}

/** Forgets a service: its versions, its settings and where its requests go. */
export function removeService(cloud: CloudTransaction, project: string, service: string): void {
  for (const { type, id } of versionsOf(cloud, project, service)) cloud.delete(type, id);
  const id = `apps/${project}/services/${service}`;
  cloud.delete("google_app_engine_service_split_traffic", id);
  cloud.delete("google_app_engine_service_network_settings", id);
  cloud.putFact(trafficFact(project, service), undefined);
}

/** The service of a version, a split or settings. */
export function serviceName(object: ObjectValue): string {
  return text(object, "service") || "default";
}

function trafficFact(project: string, service: string): string {
  return `app-engine/traffic/${project}/${service}`;
}
