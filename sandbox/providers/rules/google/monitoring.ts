import { isDeepStrictEqual } from "node:util";
import { parseJson } from "../../go-values/json";
import type { RuleSet } from "../../hooks/rule-set";
import type { Validator } from "../../sdk/hook-types";
import { PlanError } from "../../sdk/hook-types";
import { nothingIs } from "./links";

const availability: Validator = (value, key) =>
  value === false ? `"${key}" must be set to true, got: false` : undefined;

/** google/services/monitoring, file by resource */
export const monitoring: RuleSet = {
  suppress: {
    // resource_monitoring_alert_policy.go
    "monitoring.crossSeriesReducerDiffSuppress": (_, before, after) =>
      nothingIs("REDUCE_NONE", before, after),
    // resource_monitoring_dashboard.go: what the service adds to a dashboard is no difference
    "monitoring.monitoringDashboardDiffSuppress": (_, before, after) => {
      const [a, b] = [parseJson(before)?.value, parseJson(after)?.value];
      if (!isRecord(a) || !isRecord(b)) return false;
      return isDeepStrictEqual(withoutAdded(a, b), b);
    },
    // resource_monitoring_uptime_check_config.go
    "monitoring.resourceMonitoringUptimeCheckConfigHttpCheckPathDiffSuppress": (_, before, after) =>
      before === `/${after}`,
    "monitoring.resourceMonitoringUptimeCheckConfigMonitoredResourceLabelsDiffSuppress": (
      key,
      before,
      after,
    ) => key.endsWith("project_id") && after === "" && before !== "",
  },
  validate: {
    // resource_monitoring_slo.go
    "monitoring.validateAvailabilitySli": availability,
    "monitoring.validateMonitoringSloGoal": (value) =>
      Number(value) > 0 && Number(value) <= 0.9999
        ? undefined
        : `goal ${Number(value).toFixed(6)} must be > 0 and <= 0.9999`,
  },
  plan: {
    // resource_monitoring_notification_channel.go
    "monitoring.sensitiveLabelCustomizeDiff": (diff) => {
      for (const label of ["auth_token", "service_key", "password"]) {
        if (isText(diff.get(`labels.${label}`)) && isText(diff.get(`sensitive_labels.0.${label}`))) {
          throw new PlanError(
            `Sensitive label [${label}] cannot be set in both \`labels\` and the \`sensitive_labels\` block.`,
          );
        }
      }
    },
  },
};

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A stored document without the fields that the configured one doesn't have. */
function withoutAdded(stored: { [key: string]: unknown }, configured: { [key: string]: unknown }): unknown {
  const kept = Object.entries(stored).filter(([key]) => (configured[key] ?? null) !== null);
  return Object.fromEntries(
    kept.map(([key, value]) => {
      const own = configured[key];
      if (isRecord(value) && isRecord(own)) return [key, withoutAdded(value, own)];
      if (!Array.isArray(value) || !Array.isArray(own)) return [key, value];
      return [
        key,
        value.map((item, index) =>
          isRecord(item) && isRecord(own[index]) ? withoutAdded(item, own[index]) : item,
        ),
      ];
    }),
  );
}
