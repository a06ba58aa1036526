import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, isZero, textOf } from "../../sdk/legacy-values";
import { asObject } from "../reading";
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
};
