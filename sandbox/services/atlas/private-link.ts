import type { StoredObject } from "../../store/contract";
import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change, CloudView, Computed } from "../behaviour";
import { base36Id } from "../identity/derived";
import { blocksAt, text } from "../shape/paths";
import { requireDedicated } from "./clusters";

export const ENDPOINT = "mongodbatlas_privatelink_endpoint";
const SERVICE = "mongodbatlas_privatelink_endpoint_service";

/** The limit that says how many service attachments Atlas makes, and how many it makes where the limit is not set. */
const LIMIT = "atlas.project.deployment.privateServiceConnectionsPerRegionGroup";
const ATTACHMENTS = 50;

/**
 * Private endpoints of a project's clusters: Atlas's side (the endpoint, with its service attachments) and the customer's
 * (the service, a group of forwarding rules). On Google Cloud in the shape that provider 1.41.1 knows.
 * Source: internal/service/{privatelinkendpoint,privatelinkendpointservice}/resource_*.go, v1.41.1.
 */
export const privateLinkBehaviours: Behaviours = {
  [ENDPOINT]: {
    computed: {
      region_name: ({ object }) => text(object, "region"),
      status: () => "WAITING_FOR_USER",
      error_message: () => "",
      endpoint_service_name: () => "",
      private_link_service_name: () => "",
      private_link_service_resource_id: () => "",
      interface_endpoints: () => [],
      private_endpoints: () => [],
      endpoint_group_names: () => [],
      service_attachment_names: ({ cloud, object }) =>
        text(object, "provider_name") === "GCP" ? attachments(cloud, object) : [],
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
      if (same) throw privateLinkBehaviours[ENDPOINT]?.conflict?.(scene);
    },
    beforeDelete({ cloud, object }) {
      const link = text(object, "private_link_id");
      if (
        !cloud.list(SERVICE).some(({ attributes }) => decoded(text(attributes, "private_link_id")) === link)
      ) {
        return;
      }
      throw new ApiError(
        409,
        `The private endpoint service ${link} still has endpoints.`,
        "CANNOT_DELETE_PRIVATE_ENDPOINT_SERVICE_WITH_ENDPOINTS",
        [link],
      );
    },
    answer({ cloud, object }) {
      const services = servicesOf(cloud, text(object, "private_link_id"));
      if (services.length === 0) return object;
      const names = services.map(({ attributes }) => text(attributes, "endpoint_service_id"));
      const list = { GCP: "endpoint_group_names", AZURE: "private_endpoints" }[text(object, "provider_name")];
      return { ...object, status: "AVAILABLE", [list ?? "interface_endpoints"]: names };
    },
  },
  [SERVICE]: {
    computed: {
      gcp_status: of("GCP", "AVAILABLE"),
      azure_status: of("AZURE", "AVAILABLE"),
      aws_connection_status: ({ object }) => (text(object, "provider_name") === "AWS" ? "AVAILABLE" : ""),
      delete_requested: () => false,
      error_message: () => "",
      interface_endpoint_id: ({ object }) =>
        text(object, "provider_name") === "AWS" ? text(object, "endpoint_service_id") : "",
      private_endpoint_connection_name: () => "",
      private_endpoint_ip_address: () => "",
      private_endpoint_resource_id: ({ object }) =>
        text(object, "provider_name") === "AZURE" ? text(object, "endpoint_service_id") : "",
      // The provider never sets it.
      endpoint_group_name: () => null,
      endpoints: () => [],
      "endpoints.status": () => "AVAILABLE",
    },
    beforeCreate({ cloud, object }) {
      const link = decoded(text(object, "private_link_id"));
      const endpoint = cloud
        .list(ENDPOINT)
        .find(({ attributes }) => text(attributes, "private_link_id") === link);
      if (endpoint === undefined) {
        throw new ApiError(
          404,
          `No private endpoint service ${link} exists.`,
          "PRIVATE_ENDPOINT_SERVICE_NOT_FOUND",
          [link],
        );
      }
      if (text(object, "provider_name") === "GCP") requireWholeGroup(endpoint.attributes, object);
    },
  },
};

/** How a cluster is reached through each private endpoint group of its project. */
export function privateEndpoints(cloud: CloudView, cluster: ObjectValue, standardSrv: string): ObjectValue[] {
  const project = text(cluster, "project_id");
  const [label = "", ...domain] = standardSrv.replace("mongodb+srv://", "").split(".");
  const sharded = text(cluster, "cluster_type") !== "REPLICASET";
  return cloud
    .list(ENDPOINT)
    .filter(({ attributes }) => text(attributes, "project_id") === project)
    .flatMap(({ attributes: link }) =>
      servicesOf(cloud, text(link, "private_link_id")).map((service) => [link, service] as const),
    )
    .map(([link, { attributes: service }], index) => {
      const host = `${label}-pl-${index}.${domain.join(".")}`;
      const ports = [0, 1, 2].map((node) => `pl-${index}-${domain.join(".")}:${1024 + node}`);
      return {
        type: sharded ? "MONGOS" : "MONGOD",
        connection_string: `mongodb://${ports.join(",")}/?ssl=true&authSource=admin`,
        srv_connection_string: `mongodb+srv://${host}`,
        srv_shard_optimized_connection_string: sharded
          ? `mongodb+srv://${label}-pl-${index}-lb.${domain.join(".")}`
          : "",
        endpoints: [
          {
            endpoint_id: text(service, "endpoint_service_id"),
            provider_name: text(link, "provider_name"),
            region: text(link, "region"),
          },
        ],
      };
    });
}

/** Refuses to change how many attachments a region has while there are some. */
export function requireSteadyAttachments({ cloud, id, object, prior }: Change): void {
  if (limitOf(object) === limitOf(prior ?? {})) return;
  if (!cloud.list(ENDPOINT).some(({ attributes }) => text(attributes, "project_id") === id)) return;
  throw new ApiError(
    400,
    `The limit ${LIMIT} can't change while group ${id} has private endpoints.`,
    "CANNOT_CHANGE_LIMIT_WITH_PRIVATE_ENDPOINTS",
    [LIMIT],
  );
}

function of(provider: string, status: string): Computed {
  return ({ object }) => (text(object, "provider_name") === provider ? status : null);
}

function servicesOf(cloud: CloudView, link: string): StoredObject[] {
  return cloud
    .list(SERVICE)
    .filter(({ attributes }) => decoded(text(attributes, "private_link_id")) === link);
}

/** A forwarding rule for each attachment, no more and no fewer. */
function requireWholeGroup(endpoint: ObjectValue, service: ObjectValue): void {
  const [given, needed] = [blocksAt(service, "endpoints").length, namesOf(endpoint).length];
  if (given === needed && text(service, "gcp_project_id") !== "") return;
  throw new ApiError(
    400,
    `The endpoint group needs a Google Cloud project and ${needed} endpoints, one for each service attachment; ` +
      `${given} were given.`,
    "INVALID_GCP_ENDPOINT_GROUP",
    [String(given)],
  );
}

function namesOf(endpoint: ObjectValue): readonly unknown[] {
  return Array.isArray(endpoint.service_attachment_names) ? endpoint.service_attachment_names : [];
}

/** A link may be given by its id or by the endpoint's state id. */
function decoded(link: string): string {
  const part = link
    .split("-")
    .find((pair) => pair.startsWith(`${Buffer.from("private_link_id").toString("base64")}:`));
  return part === undefined ? link : Buffer.from(part.split(":")[1] ?? "", "base64").toString("utf8");
}

function attachments(cloud: CloudView, object: ObjectValue): string[] {
  const id = text(object, "project_id");
  const project = `p-${base36Id(24, "atlas tenant", id)}`;
  const region = text(object, "region").toLowerCase().replaceAll("_", "-");
  return Array.from(
    { length: limitOf(cloud.get("mongodbatlas_project", id)?.attributes ?? {}) },
    (_, index) => `projects/${project}/regions/${region}/serviceAttachments/sa-${region}-${project}-${index}`,
  );
}

function limitOf(project: ObjectValue): number {
  const limit = blocksAt(project, "limits").find(({ name }) => name === LIMIT);
  return typeof limit?.value === "number" ? limit.value : ATTACHMENTS;
}
