import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { codeOfText, isZero, textOf } from "../../sdk/legacy-values";
import { asItems, asObject } from "../reading";
import { relativePath } from "./links";

const LIMITS = [
  "balancing_mode",
  "capacity_scaler",
  "description",
  "max_rate",
  "max_rate_per_instance",
  "max_connections",
  "max_connections_per_instance",
  "max_connections_per_endpoint",
  "max_rate_per_endpoint",
] as const;

/** What only managed load balancers know. */
const MANAGED_ONLY = [
  "capacity_scaler",
  "max_connections",
  "max_connections_per_instance",
  "max_connections_per_endpoint",
  "max_rate",
  "max_rate_per_instance",
  "max_rate_per_endpoint",
  "max_utilization",
] as const;

/** google/services/compute/resource_compute_backend_service.go */
export const backendService: RuleSet = {
  suppress: {
    "compute.suppressWhenDisabled": (_key, _before, _after, data) =>
      isZero(data.getChange("log_config.0.enable").after),
  },
  codes: {
    // A backend is known by its group and limits; a network endpoint group has no utilisation.
    "compute.resourceGoogleComputeBackendServiceBackendHash": (element) => {
      const backend = asObject(element);
      const group = textOf(backend.group);
      const parts: unknown[] = [relativePath(group) ?? group, ...LIMITS.map((name) => textOf(backend[name]))];
      if (!/(?:global|regions\/[^/]+)\/networkEndpointGroups/.test(group))
        parts.push(textOf(backend.max_utilization));
      parts.push(textOf(backend.failover));
      return codeOfText(parts.join("-"));
    },
  },
  plan: {
    // resource_compute_region_backend_service.go: what a backend may say depends on the kind of load balancer
    "compute.customDiffRegionBackendService": (diff) => {
      const backends = asItems(diff.getSet("backend")).map(asObject);
      const scheme = diff.get("load_balancing_scheme");
      if (backends.length === 0 || scheme === "INTERNAL_MANAGED") return;
      if (scheme === "INTERNAL" || scheme === "EXTERNAL") {
        for (const backend of backends) {
          const field = MANAGED_ONLY.find((name) => !isZero(backend[name]));
          if (field === undefined) continue;
          throw new PlanError(
            `"${field}" cannot be set for non-managed backend service, found value ${textOf(backend[field])}`,
          );
        }
      } else if (backends.every(({ capacity_scaler }) => isZero(capacity_scaler))) {
        throw new PlanError(
          "managed backend service must have at least one non-zero capacity_scaler for backends",
        );
      }
    },
  },
};
