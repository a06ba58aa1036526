import type { ObjectValue } from "../../../values/value";
import { ApiError } from "../../api-error";
import type { Behaviours, Change, ResourceBehaviour } from "../../behaviour";
import { blocksAt, text } from "../../shape/paths";
import { requireApi } from "../enabled-apis";
import { requireNetwork } from "../network";
import { requireAccount } from "../service-accounts";
import { requireConnector } from "../vpc-access";
import { requireApplication } from "./application";
import { removeService, serviceName, setTraffic, trafficOf, versionsOf } from "./traffic";

/** Source: App Engine documentation, "Quotas and limits": versions per application, across services. */
const MOST_VERSIONS = 210;

/**
 * Versions of a service. Deploying to an id that exists deploys over it.
 * Source: google/services/appengine/resource_app_engine_standard_app_version.go, v6.50.0.
 */
const version: ResourceBehaviour = {
  api: "appengine.googleapis.com",
  existing: "adopt",
  keeps: ({ object }) => object.noop_on_destroy === true,
  computed: {
    version_id: ({ cloud }) => cloud.now.slice(0, 19).replace(/[-:]/g, "").replace("T", "t"),
    name: (scene) => scene.id,
    service_account: ({ project }) => `${project}@appspot.gserviceaccount.com`,
    runtime_api_version: () => "1",
    handlers: () => [
      {
        url_regex: ".*",
        auth_fail_action: "AUTH_FAIL_ACTION_REDIRECT",
        login: "LOGIN_OPTIONAL",
        script: [{ script_path: "auto" }],
        security_level: "SECURE_OPTIONAL",
        static_files: [],
      },
    ],
  },
  beforeCreate(scene) {
    const { cloud, project, object } = scene;
    const service = serviceName(object);
    requireApplication(cloud, project);
    requireSettings(scene);
    const versions = versionsOf(cloud, project).map(({ id }) => id);
    const hasDefault = versions.some((id) => id.startsWith(`apps/${project}/services/default/`));
    if (!hasDefault && service !== "default") throw defaultServiceFirst(service);
    const own = `apps/${project}/services/${service}/versions/${text(object, "version_id")}`;
    if (versions.length >= MOST_VERSIONS && !versions.includes(own)) {
      throw new ApiError(
        400,
        `Your app may not have more than ${MOST_VERSIONS} versions. Please delete one of the existing versions before ` +
          "trying to create a new version.",
      );
    }
  },
  beforeUpdate: requireSettings,
  created({ cloud, project, object }) {
    const service = serviceName(object);
    if (Object.keys(trafficOf(cloud, project, service).allocations).length > 0) return;
    setTraffic(cloud, project, service, { allocations: { [text(object, "version_id")]: 1 } });
  },
  beforeDelete(scene) {
    const service = serviceName(scene.object);
    if (scene.object.noop_on_destroy === true || scene.stored === undefined) return;
    if (scene.object.delete_service_on_destroy !== true) requireDeletable(scene, service);
    else if (service === "default")
      throw new ApiError(400, "The default service (module) may not be deleted.");
  },
  deleted({ cloud, project, object }) {
    if (object.delete_service_on_destroy === true) removeService(cloud, project, serviceName(object));
  },
};

export const versionBehaviours: Behaviours = {
  google_app_engine_standard_app_version: {
    ...version,
    computed: {
      ...version.computed,
      instance_class: ({ object }) =>
        blocksAt(object, "manual_scaling").length + blocksAt(object, "basic_scaling").length > 0
          ? "B2"
          : "F1",
    },
    beforeCreate(scene) {
      requireClass(scene);
      version.beforeCreate?.(scene);
    },
    beforeUpdate(scene) {
      requireClass(scene);
      version.beforeUpdate?.(scene);
    },
    settle: completeHandlers,
  },
  google_app_engine_flexible_app_version: {
    ...version,
    computed: {
      ...version.computed,
      "automatic_scaling.max_concurrent_requests": () => 0,
    },
    beforeCreate(scene) {
      requireFlexible(scene);
      version.beforeCreate?.(scene);
    },
    beforeUpdate(scene) {
      requireFlexible(scene);
      version.beforeUpdate?.(scene);
    },
  },
};

/**
 * The API answers every handler with a login and what follows without one, so that a configuration that leaves them out
 * shows a change in each plan.
 * Source: https://github.com/hashicorp/terraform-provider-google/issues/13766.
 */
function completeHandlers(state: ObjectValue): ObjectValue {
  return {
    ...state,
    handlers: blocksAt(state, "handlers").map((handler) => ({
      ...handler,
      login: text(handler, "login") || "LOGIN_OPTIONAL",
      auth_fail_action: text(handler, "auth_fail_action") || "AUTH_FAIL_ACTION_REDIRECT",
    })),
  };
}

/** Source: App Engine documentation, "App Engine standard environment instance classes". */
function requireClass({ object }: Change): void {
  const name = text(object, "instance_class");
  const byHand = [...blocksAt(object, "manual_scaling"), ...blocksAt(object, "basic_scaling")].length > 0;
  if (name === "" || name.startsWith("B") === byHand) return;
  throw new ApiError(
    400,
    `Instance class (${name}) is not supported with ${byHand ? "basic or manual" : "automatic"} scaling.`,
  );
}

/** Machines of the flexible environment are Compute Engine's, in a network of the project, made through an API of its own. */
function requireFlexible({ cloud, project, object }: Change): void {
  requireApi(cloud, project, "appengineflex.googleapis.com");
  requireNetwork(cloud, text(object, "network.name"), project);
}

function requireSettings({ cloud, project, object }: Change): void {
  requireAccount(cloud, text(object, "service_account"), project);
  requireConnector(cloud, text(object, "vpc_access_connector.name"), project);
}

function requireDeletable({ cloud, project, object }: Change, service: string): void {
  if (versionsOf(cloud, project, service).length === 1) {
    throw new ApiError(
      400,
      "Cannot delete the final version of a service (module). Please delete the whole service (module) in order to " +
        "delete this version.",
    );
  }
  const share = trafficOf(cloud, project, service).allocations[text(object, "version_id")] ?? 0;
  if (share > 0) {
    throw new ApiError(
      400,
      "Cannot delete a version with a non-zero traffic allocation. Please update your traffic split to remove the " +
        "allocation for this version and try again.",
    );
  }
}

function defaultServiceFirst(service: string): ApiError {
  return new ApiError(
    400,
    "The first service (module) you upload to a new application must be the 'default' service (module). Please upload " +
      `a version of the 'default' service (module) before uploading a version for the '${service}' service (module).`,
  );
}
