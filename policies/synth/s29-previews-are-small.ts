import { numberAt, textAt } from "../reading/json";
import { judgeEach } from "../reading/synthesized";
import type { SynthRule } from "../rule";

const versions = "google_app_engine_standard_app_version";
const tooMuch: Readonly<Record<string, string>> = {
  google_app_engine_flexible_app_version: "a flexible version, which always runs an instance",
  google_compute_global_forwarding_rule: "a load balancer",
  google_compute_forwarding_rule: "a load balancer",
  google_compute_backend_service: "a load balancer",
  google_compute_target_https_proxy: "a load balancer",
  google_monitoring_alert_policy: "an alert",
  google_monitoring_uptime_check_config: "an uptime check",
  mongodbatlas_alert_configuration: "an alert",
};

export const previewsAreSmall: SynthRule = {
  id: "S29",
  title: "Previews are small: F1 or F2, two instances, nothing that always runs or wakes somebody",
  why: "There are many of them, and they are forgotten.",
  mapsTo: ["cost"],
  check: (environment) =>
    judgeEach(environment.all(versions, ...Object.keys(tooMuch)), (one) => {
      if (one.type !== versions) {
        return [one.violation(undefined, tooMuch[one.type] ?? one.type, "leave it out of previews")];
      }
      const size = textAt(one.values, "instance_class") ?? "F1";
      const path = "automatic_scaling.standard_scheduler_settings.max_instances";
      const most = numberAt(one.values, path) ?? Number.POSITIVE_INFINITY;
      return [
        ...(["F1", "F2"].includes(size) ? [] : [one.violation("instance_class", size, "use F1 or F2")]),
        ...(most <= 2
          ? []
          : [
              one.violation(
                path,
                Number.isFinite(most) ? `${most} instances` : "no limit",
                "allow at most 2",
              ),
            ]),
      ];
    }),
};
