import type { Value } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change, Computed } from "../behaviour";
import { decimalId, hexId } from "../identity/derived";
import { blocksAt, text } from "../shape/paths";
import { idOfLink, type Reference, requireTargets, userOf } from "./references";

const ADDRESS = "google_compute_global_address";
const BACKEND = "google_compute_backend_service";
const ENDPOINTS = "google_compute_region_network_endpoint_group";
const FORWARDING = "google_compute_global_forwarding_rule";
const HTTP = "google_compute_target_http_proxy";
const HTTPS = "google_compute_target_https_proxy";
const POLICY = "google_compute_security_policy";
const TLS = "google_compute_ssl_policy";
const URLS = "google_compute_url_map";

/** Ciphers by profile, as the API lists them. Source: load balancing documentation, "SSL policies overview". */
const ciphers: { [profile: string]: readonly string[] } = {
  RESTRICTED: [
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  ],
};
ciphers.MODERN = [
  ...(ciphers.RESTRICTED ?? []),
  "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
  "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
].sort();

/** Fifteen digits: real ones have nineteen, more than every reader of JSON keeps. */
function numbered(type: string): Computed {
  return (scene) => Number(decimalId(15, type, scene.id));
}

/** What refuses to be deleted while something names it. */
function kept(what: string, users: readonly Reference[]): { beforeDelete(scene: Change): void } {
  return {
    beforeDelete: ({ cloud, id }) => {
      const user = userOf(cloud, id, users);
      if (user !== undefined) throw inUse(what, id, user);
    },
  };
}

function inUse(what: string, id: string, user: string): ApiError {
  return new ApiError(
    400,
    `The ${what} resource '${id}' is already being used by '${user}'`,
    "resourceInUseByAnotherResource",
  );
}

/** Refuses to create or change what names something that is not there. */
function demands(...targets: readonly [type: string, path: string, within?: string][]) {
  const require = (scene: Change) => {
    for (const [type, path, within] of targets) {
      requireTargets(scene, type, { path, ...(within === undefined ? {} : { within }) });
    }
  };
  return { beforeCreate: require, beforeUpdate: require };
}

/**
 * Global external load balancers: who names whom, what can't go while it is named, what the API fills in.
 * Source: google/services/compute/resource_compute_*.go, v6.50.0; Compute Engine API reference and error texts.
 */
export const loadBalancingBehaviours: Behaviours = {
  [ADDRESS]: {
    computed: {
      address: (scene) => addressOf(scene.id, text(scene.object, "ip_version") === "IPV6"),
      prefix_length: () => 0,
    },
    beforeDelete({ cloud, id, object }) {
      const user = cloud
        .list(FORWARDING)
        .find(({ attributes }) =>
          [id, text(object, "address")].includes(idOfLink(text(attributes, "ip_address"))),
        );
      if (user !== undefined) throw inUse("address", id, user.id);
    },
  },
  [ENDPOINTS]: kept("network_endpoint_group", [{ type: BACKEND, path: "backend", within: "group" }]),
  [POLICY]: {
    computed: {
      type: () => "CLOUD_ARMOR",
      self_link: (scene) => `https://www.googleapis.com/compute/v1/${scene.id}`,
    },
    ...kept("security_policy", [
      { type: BACKEND, path: "security_policy" },
      { type: BACKEND, path: "edge_security_policy" },
    ]),
  },
  [BACKEND]: {
    computed: {
      generated_id: numbered(BACKEND),
      port_name: () => "http",
      session_affinity: () => "NONE",
      timeout_sec: () => 30,
    },
    ...demandsOfBackend(),
    ...kept("backend_service", [
      { type: URLS, path: "default_service" },
      { type: URLS, path: "path_matcher", within: "default_service" },
    ]),
  },
  [URLS]: {
    computed: { map_id: numbered(URLS) },
    ...demands([BACKEND, "default_service"]),
    ...kept("url_map", [
      { type: HTTP, path: "url_map" },
      { type: HTTPS, path: "url_map" },
    ]),
  },
  [TLS]: {
    computed: {
      enabled_features: ({ object }): Value => {
        const profile = text(object, "profile");
        return profile === "CUSTOM"
          ? (object.custom_features ?? [])
          : [...(ciphers[profile] ?? ciphers.MODERN ?? [])];
      },
    },
    touched: ["enabled_features"],
    ...kept("ssl_policy", [{ type: HTTPS, path: "ssl_policy" }]),
  },
  [HTTP]: {
    computed: { proxy_id: numbered(HTTP) },
    ...demands([URLS, "url_map"]),
    ...kept("target_http_proxy", [{ type: FORWARDING, path: "target" }]),
  },
  [HTTPS]: {
    computed: { proxy_id: numbered(HTTPS), tls_early_data: () => "DISABLED" },
    ...demands(
      [URLS, "url_map"],
      [TLS, "ssl_policy"],
      ["google_certificate_manager_certificate_map", "certificate_map"],
    ),
    ...kept("target_https_proxy", [{ type: FORWARDING, path: "target" }]),
  },
  [FORWARDING]: {
    computed: {
      forwarding_rule_id: numbered(FORWARDING),
      ip_address: (scene) => addressOf(scene.id, text(scene.object, "ip_version") === "IPV6"),
      network_tier: () => "PREMIUM",
      psc_connection_id: ({ object }) =>
        text(object, "target").includes("serviceAttachments")
          ? decimalId(17, "psc", text(object, "name"))
          : "",
    },
    beforeCreate(scene) {
      const target = idOfLink(text(scene.object, "target"));
      const type = target.includes("/targetHttpsProxies/")
        ? HTTPS
        : target.includes("/targetHttpProxies/")
          ? HTTP
          : undefined;
      if (type !== undefined) requireTargets(scene, type, { path: "target" });
    },
  },
};

/** An address of the ranges that are set aside for documentation. */
function addressOf(id: string, ipv6: boolean): string {
  const digits = hexId(12, ADDRESS, id);
  return ipv6
    ? `2001:db8:${digits.slice(0, 4)}:${digits.slice(4, 8)}::`
    : `203.0.113.${1 + (Number.parseInt(digits.slice(0, 6), 16) % 254)}`;
}

/** A serverless group knows neither health nor time limits: the service behind it has its own. */
function demandsOfBackend(): { beforeCreate(scene: Change): void; beforeUpdate(scene: Change): void } {
  const require = (scene: Change) => {
    requireTargets(scene, ENDPOINTS, { path: "backend", within: "group" });
    requireTargets(scene, POLICY, { path: "security_policy" });
    const groups = blocksAt(scene.object, "backend").map((block) =>
      scene.cloud.get(ENDPOINTS, idOfLink(text(block, "group"))),
    );
    const serverless = groups.some(
      (group) => text(group?.attributes, "network_endpoint_type") === "SERVERLESS",
    );
    if (!serverless) return;
    const checks = scene.object.health_checks;
    if (Array.isArray(checks) && checks.length > 0) {
      throw invalid(
        "healthChecks",
        "A backend service cannot have a healthcheck with Serverless network endpoint group backends.",
      );
    }
    const timeout = scene.object.timeout_sec;
    if (typeof timeout === "number" && timeout !== 30 && timeout !== 0) {
      throw invalid(
        "timeoutSec",
        "Timeout sec is not supported for a backend service with Serverless network endpoint groups.",
      );
    }
  };
  return { beforeCreate: require, beforeUpdate: require };
}

function invalid(field: string, why: string): ApiError {
  return new ApiError(400, `Invalid value for field 'resource.${field}': ''. ${why}`, "invalid");
}
