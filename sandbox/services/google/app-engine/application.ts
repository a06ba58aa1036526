import { ApiError, googleErrorText } from "../../api-error";
import type { Behaviours, CloudView } from "../../behaviour";
import { hexId } from "../../identity/derived";
import { text } from "../../shape/paths";
import { regionCode, registryDomain } from "./regions";

const APPLICATION = "google_app_engine_application";

/**
 * One application per project, for ever.
 * Source: google/services/appengine/resource_app_engine_application.go, v6.50.0.
 */
export const applicationBehaviours: Behaviours = {
  [APPLICATION]: {
    id: "{project}",
    parseImport: (id) => ({ id, project: id }),
    api: "appengine.googleapis.com",
    keeps: true,
    unread: ["iap.oauth2_client_secret"],
    computed: {
      name: ({ project }) => `apps/${project}`,
      app_id: ({ project }) => project,
      auth_domain: () => "gmail.com",
      code_bucket: ({ project }) => `staging.${project}.appspot.com`,
      default_bucket: ({ project }) => `${project}.appspot.com`,
      default_hostname: ({ project, object }) =>
        `${project}.${regionCode(text(object, "location_id"))}.r.appspot.com`,
      gcr_domain: ({ object }) => registryDomain(text(object, "location_id")),
      serving_status: () => "SERVING",
      database_type: () => "CLOUD_DATASTORE_COMPATIBILITY",
      feature_settings: () => [{ split_health_checks: true }],
      iap: () => [],
      url_dispatch_rule: () => [],
      "iap.oauth2_client_secret_sha256": (_, iap) =>
        hexId(64, "iap client secret", text(iap, "oauth2_client_secret")),
    },
    conflict: () =>
      new ApiError(409, "This application already exists and cannot be re-created.", "alreadyExists"),
    beforeDelete({ report }) {
      report({
        severity: "warning",
        summary: "App Engine applications cannot be destroyed once created",
        detail: "It is gone from the state only. The project must be deleted to delete the application.",
      });
    },
    wording: (refusal, { operation, object }) => ({
      summary:
        operation === "read"
          ? `Error when reading or editing App Engine Application "${text(object, "id")}": ${googleErrorText(refusal)}`
          : `Error ${operation === "create" ? "creating" : "updating"} App Engine application: ${googleErrorText(refusal)}`,
    }),
  },
};

/** Refuses while the project has no application. */
export function requireApplication(cloud: CloudView, project: string): void {
  if (cloud.get(APPLICATION, project) === undefined) {
    throw new ApiError(404, "App does not exist.", "notFound");
  }
}
