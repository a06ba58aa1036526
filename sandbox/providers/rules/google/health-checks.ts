import type { RuleSet } from "../../hooks/rule-set";

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
};
