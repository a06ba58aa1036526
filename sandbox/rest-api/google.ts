import { randomUUID } from "node:crypto";
import { ApiError } from "../services/api-error";
import { removeService, serviceName, trafficOf, versionsOf } from "../services/google/app-engine/traffic";
import { lastSegment, text } from "../services/shape/paths";
import type { StoredObject } from "../store/contract";
import type { ObjectValue } from "../values/value";
import type { Collection, Entry, PathNames } from "./collection";

const appEngine = "appengine.googleapis.com";
const apiGateway = "apigateway.googleapis.com";

/** Not done yet: whoever deletes has to wait for it. */
const operation = (name: string): ObjectValue => ({
  name: `${name}/operations/${randomUUID()}`,
  done: false,
});

const VERSION = "google_app_engine_standard_app_version";

/**
 * The lists of Google's APIs in which things of previews can be found.
 *
 * https://cloud.google.com/appengine/docs/admin-api/reference/rest, https://cloud.google.com/secret-manager/docs/reference/rest,
 * https://cloud.google.com/iam/docs/reference/rest, https://cloud.google.com/api-gateway/docs/reference/rest
 */
export const googleCollections: readonly Collection[] = [
  {
    host: appEngine,
    path: "/v1/apps/{app}/services",
    type: VERSION,
    field: "services",
    entries: (cloud, { app = "" }) =>
      [...new Set(versionsOf(cloud, app).map(({ attributes }) => serviceName(attributes)))]
        .sort()
        .map((name) => ({
          name,
          type: VERSION,
          resource: {
            name: `apps/${app}/services/${name}`,
            id: name,
            split: { allocations: trafficOf(cloud, app, name).allocations },
          },
        })),
    remove(cloud, { app = "" }, { name }) {
      if (name === "default") throw new ApiError(400, "The default service (module) may not be deleted.");
      removeService(cloud, app, name);
    },
    deleted: ({ app }) => operation(`apps/${app}`),
  },
  {
    host: appEngine,
    path: "/v1/apps/{app}/services/{service}/versions",
    type: VERSION,
    field: "versions",
    entries: (cloud, { app = "", service = "" }) =>
      versionsOf(cloud, app, service).map((object) => {
        const name = lastSegment(object.id);
        const resource = {
          name: object.id,
          id: name,
          createTime: object.createdAt,
          servingStatus: "SERVING",
        };
        return { name, type: object.type, object, resource };
      }),
    deleted: ({ app }) => operation(`apps/${app}`),
  },
  {
    host: "secretmanager.googleapis.com",
    path: "/v1/projects/{project}/secrets",
    type: "google_secret_manager_secret",
    field: "secrets",
    entries: (cloud, names) =>
      stored(cloud.list("google_secret_manager_secret", `projects/${names.project}/`), (object) => ({
        name: text(object.attributes, "name"),
        createTime: object.createdAt,
        labels: (object.attributes.effective_labels ?? {}) as ObjectValue,
      })),
    deleted: () => ({}),
  },
  {
    host: "iam.googleapis.com",
    path: "/v1/projects/{project}/serviceAccounts",
    type: "google_service_account",
    field: "accounts",
    entries: (cloud, { project = "" }) =>
      stored(cloud.list("google_service_account", `projects/${project}/`), ({ id, attributes }) => ({
        name: id,
        projectId: project,
        email: text(attributes, "email"),
        uniqueId: text(attributes, "unique_id"),
      })),
    deleted: () => ({}),
  },
  gatewayList("gateways", "google_api_gateway_gateway"),
  gatewayList("apis", "google_api_gateway_api"),
  gatewayList("apis/{api}/configs", "google_api_gateway_api_config", "apiConfigs"),
];

function gatewayList(below: string, type: string, field = below): Collection {
  return {
    host: apiGateway,
    path: `/v1/projects/{project}/locations/{location}/${below}`,
    type,
    field,
    entries: (cloud, { project, location, api = "" }) => {
      const list = `projects/${project}/locations/${location}/${below.replace("{api}", api)}/`;
      return stored(cloud.list(type, list), ({ id, createdAt }) => ({ name: id, createTime: createdAt }));
    },
    deleted: ({ project, location }: PathNames) => operation(`projects/${project}/locations/${location}`),
  };
}

/** Objects whose ids end with their names. */
function stored(objects: readonly StoredObject[], resource: (object: StoredObject) => ObjectValue): Entry[] {
  return objects.map((object) => ({
    name: lastSegment(object.id),
    type: object.type,
    object,
    resource: resource(object),
  }));
}
