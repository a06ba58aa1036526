import { isObject, type ObjectValue } from "../../../values/value";
import { ApiError } from "../../api-error";
import type { Behaviours, Change, CloudView } from "../../behaviour";
import { blocksAt, text } from "../../shape/paths";
import { requireApplication } from "./application";
import { serviceName, setTraffic, versionsOf } from "./traffic";

/**
 * Settings of a service: it exists as long as it has a version, they can't be deleted.
 * Source: google/services/appengine/resource_app_engine_service_{split_traffic,network_settings}.go, v6.50.0.
 */
export const serviceBehaviours: Behaviours = {
  google_app_engine_service_split_traffic: {
    beforeCreate: requireSplit,
    beforeUpdate: requireSplit,
    created: direct,
    updated: direct,
  },
  google_app_engine_service_network_settings: {
    beforeCreate: requireOwnService,
    beforeUpdate: requireOwnService,
  },
  google_app_engine_application_url_dispatch_rules: {
    beforeCreate: requireDispatched,
    beforeUpdate: requireDispatched,
  },
};

function requireService(cloud: CloudView, project: string, service: string): void {
  requireApplication(cloud, project);
  if (versionsOf(cloud, project, service).length === 0) {
    throw new ApiError(404, `Service '${service}' was not found in application '${project}'.`);
  }
}

function requireOwnService({ cloud, project, object }: Change): void {
  requireService(cloud, project, serviceName(object));
}

/** Source: App Engine documentation, "dispatch.yaml reference". */
function requireDispatched({ cloud, project, object }: Change): void {
  requireApplication(cloud, project);
  const rules = blocksAt(object, "dispatch_rules");
  if (rules.length > 20)
    throw new ApiError(400, `At most 20 dispatch rules are allowed, got ${rules.length}.`);
  for (const rule of rules) {
    const path = text(rule, "path");
    if (!/^\/[^*]*\*?$/.test(path) || `${text(rule, "domain")}${path}`.length > 100) {
      throw new ApiError(400, `Invalid dispatch rule path '${path}'.`);
    }
    requireService(cloud, project, text(rule, "service"));
  }
}

function requireSplit({ cloud, project, object }: Change): void {
  const service = serviceName(object);
  requireService(cloud, project, service);
  const split = blocksAt(object, "split")[0] ?? {};
  const shares = allocationsOf(split);
  const versions = new Map(
    versionsOf(cloud, project, service).map(({ attributes }) => [text(attributes, "version_id"), attributes]),
  );
  for (const version of Object.keys(shares)) {
    if (!versions.has(version)) {
      throw new ApiError(
        400,
        `Version '${version}' of service '${service}' does not exist, it can't get traffic.`,
      );
    }
  }
  requireShares(shares, text(split, "shard_by"));
  if (object.migrate_traffic !== true) return;
  const [target, ...others] = Object.keys(shares);
  const attributes = versions.get(target ?? "") ?? {};
  const services = attributes.inbound_services;
  const byHand =
    [...blocksAt(attributes, "manual_scaling"), ...blocksAt(attributes, "basic_scaling")].length > 0;
  const warm = Array.isArray(services) && services.includes("INBOUND_SERVICE_WARMUP");
  if (others.length > 0 || !warm || byHand || isFlexible(attributes)) {
    throw new ApiError(
      400,
      "Traffic can only be migrated gradually to a single version of the standard environment that has automatic " +
        "scaling and warmup requests enabled.",
    );
  }
}

/** Only its versions have health checks. */
function isFlexible(attributes: ObjectValue): boolean {
  return blocksAt(attributes, "liveness_check").length > 0;
}

/** Source: App Engine Admin API reference, TrafficSplit. */
function requireShares(shares: { [version: string]: number }, shardBy: string): void {
  const values = Object.values(shares);
  const sum = values.reduce((total, share) => total + share, 0);
  if (values.some((share) => !(share >= 0 && share <= 1)) || Math.abs(sum - 1) > 1e-9) {
    throw new ApiError(
      400,
      `Traffic allocations must each be between 0 and 1 and sum to 1, they sum to ${sum}.`,
    );
  }
  const decimals = shardBy === "IP" || shardBy === "" ? 2 : 3;
  if (values.some((share) => Math.abs(share * 10 ** decimals - Math.round(share * 10 ** decimals)) > 1e-9)) {
    throw new ApiError(
      400,
      `Traffic allocations sharded by ${shardBy || "IP"} have at most ${decimals} decimals.`,
    );
  }
}

function allocationsOf(split: ObjectValue): { [version: string]: number } {
  const allocations = split.allocations ?? null;
  if (!isObject(allocations)) return {};
  return Object.fromEntries(Object.entries(allocations).map(([version, share]) => [version, Number(share)]));
}

function direct({ cloud, project, object }: Change): void {
  const split = blocksAt(object, "split")[0] ?? {};
  setTraffic(cloud, project, serviceName(object), { allocations: allocationsOf(split) });
}
