import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { isZero } from "../../sdk/legacy-values";
import { asObject } from "../reading";

/** Ports that the service takes when none is given. */
const PORTS: { [block: string]: number } = {
  http_health_check: 80,
  https_health_check: 443,
  http2_health_check: 443,
  tcp_health_check: 80,
  ssl_health_check: 443,
};

/** google/services/compute/resource_compute_health_check.go */
export const healthChecks: RuleSet = {
  suppress: {
    "compute.portDiffSuppress": (key, before, after, data) => {
      const [block = "", , attribute] = key.split(".");
      if (attribute !== "port") return false;
      const specification = data.get(`${block}.0.port_specification`);
      return (
        Number(before || 0) === (PORTS[block] ?? 0) &&
        Number(after || 0) === 0 &&
        (specification === "USE_FIXED_PORT" || specification === "")
      );
    },
  },
  plan: {
    // The real function looks no further than at the first kind of check.
    "compute.healthCheckCustomizeDiff": (diff) => {
      const check = asObject(diff.get("http_health_check.0"));
      const [hasPort, hasName] = [!isZero(check.port), !isZero(check.port_name)];
      const start = "Error in http_health_check:";
      if (check.port_specification === "USE_NAMED_PORT" && (hasPort || !hasName)) {
        throw new PlanError(
          hasPort
            ? `${start} port cannot be specified when using port_specification USE_NAMED_PORT.`
            : `${start} Must specify port_name when using USE_NAMED_PORT as port_specification.`,
        );
      }
      if (check.port_specification === "USE_SERVING_PORT" && (hasPort || hasName)) {
        const field = hasPort ? "port" : "port_name";
        throw new PlanError(
          `${start} ${field} cannot be specified when using port_specification USE_SERVING_PORT.`,
        );
      }
    },
  },
};
