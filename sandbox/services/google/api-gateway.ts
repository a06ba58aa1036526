import { ApiError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { base36Id } from "../identity/derived";
import { blocksAt, lastSegment, text } from "../shape/paths";
import { regionCode } from "./app-engine/regions";
import { policyOf } from "./iam-owned";
import { requireAccount } from "./service-accounts";

const API = "google_api_gateway_api";
const CONFIG = "google_api_gateway_api_config";
const GATEWAY = "google_api_gateway_gateway";

/** Source: API Gateway documentation, "Quotas and limits". */
const MOST = { apisPerProject: 50, configsPerApi: 100, gatewaysPerRegion: 50 };

/**
 * APIs, their immutable configs, and the gateways that serve one config each.
 * Source: google-beta/services/apigateway/resource_api_gateway_*.go, v6.50.0.
 */
export const apiGatewayBehaviours: Behaviours = {
  [API]: {
    computed: {
      name: (scene) => scene.id,
      display_name: ({ object }) => text(object, "api_id"),
      create_time: ({ cloud }) => cloud.now,
      managed_service: (scene) =>
        `${text(scene.object, "api_id")}-${base36Id(13, API, scene.id)}.apigateway.${scene.project}.cloud.goog`,
    },
    beforeCreate({ cloud, project }) {
      requireRoom(
        cloud,
        API,
        `projects/${project}/locations/global/apis/`,
        MOST.apisPerProject,
        "APIs per project",
      );
    },
    beforeDelete(scene) {
      const nested = scene.cloud.list(CONFIG, `${scene.id}/`).length > 0;
      if (nested) throw new ApiError(400, `Resource '${scene.id}' has nested resources`);
    },
    owns: policyOf(API),
  },
  [CONFIG]: {
    computed: {
      api_config_id: (scene) => `${text(scene.object, "api_config_id_prefix") || "tf-"}${generated(scene)}`,
      name: (scene) => scene.id,
      display_name: ({ object }) => text(object, "api_config_id"),
      service_config_id: (scene) =>
        `${text(scene.object, "api_config_id")}-${base36Id(13, CONFIG, scene.id)}`,
    },
    beforeCreate({ cloud, object, project }) {
      const api = `projects/${project}/locations/global/apis/${text(object, "api")}`;
      if (cloud.get(API, api) === undefined) throw new ApiError(404, `Resource '${api}' was not found`);
      requireRoom(cloud, CONFIG, `${api}/configs/`, MOST.configsPerApi, "configs per API");
      const [gateway] = blocksAt(object, "gateway_config");
      requireAccount(cloud, text(gateway, "backend_config.google_service_account"), project);
    },
    beforeDelete(scene) {
      const user = scene.cloud
        .list(GATEWAY)
        .find(({ attributes }) => servedConfig(attributes, scene.project) === scene.id);
      if (user === undefined) return;
      throw new ApiError(
        400,
        `Config '${scene.id}' cannot be deleted while it is used by gateway '${user.id}'`,
      );
    },
    owns: policyOf(CONFIG),
  },
  [GATEWAY]: {
    computed: {
      name: (scene) => scene.id,
      display_name: ({ object }) => text(object, "gateway_id"),
      default_hostname: (scene) => {
        const region = lastSegment(scene.id.split("/gateways/")[0] ?? "");
        return `${text(scene.object, "gateway_id")}-${base36Id(8, GATEWAY, scene.id)}.${regionCode(region)}.gateway.dev`;
      },
    },
    beforeCreate(scene) {
      requireConfig(scene);
      const siblings = scene.id.slice(0, scene.id.lastIndexOf("/") + 1);
      requireRoom(scene.cloud, GATEWAY, siblings, MOST.gatewaysPerRegion, "gateways per region");
    },
    beforeUpdate: requireConfig,
    owns: policyOf(GATEWAY),
  },
};

function generated(scene: Change): string {
  const stamp = scene.cloud.now.replace(/\D/g, "");
  return `${stamp}${String(scene.cloud.next(CONFIG)).padStart(8, "0")}`;
}

/** The id of the config that a gateway serves, whether it names it by id or by link. */
function servedConfig(gateway: Change["object"], project: string): string {
  const reference = text(gateway, "api_config");
  return (
    /projects\/[^/]+\/locations\/global\/apis\/[^/]+\/configs\/[^/]+$/
      .exec(reference)?.[0]
      .replace(/^projects\/[^/]+/, `projects/${project}`) ?? reference
  );
}

function requireConfig({ cloud, object, project }: Change): void {
  const config = servedConfig(object, project);
  if (cloud.get(CONFIG, config) === undefined) throw new ApiError(404, `Resource '${config}' was not found`);
}

function requireRoom(cloud: CloudView, type: string, prefix: string, most: number, what: string): void {
  const taken = cloud.list(type, prefix).length;
  if (taken < most) return;
  throw new ApiError(429, `Quota exceeded: at most ${most} ${what}.`, "rateLimitExceeded");
}
