import type { MonitoringAlertPolicyConfig } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { Construct } from "constructs";
import type { Transformable } from "../../transform";
import { Alert, type Alerting } from "../alerts/alert";
import { type AlertNameAbout, alertRow, alertsAbout } from "../alerts/alert-table";
import { type Condition, metricComparison } from "../alerts/condition";
import type { UptimeCheckLike } from "./uptime-check";

/** Props of `UptimeAlerts`. */
export interface UptimeAlertsProps
  extends Transformable<{
    /** Each of the alerts. */
    policy: MonitoringAlertPolicyConfig;
  }> {
  readonly alerting: Alerting;
  /** The check that is listened to. */
  readonly check: UptimeCheckLike;
  /** What is checked, the first words of the titles: `The shop's API`. */
  readonly subject: string;
}

/** Tells when an endpoint can't be reached from two places or more, and when its certificate expires soon. */
export class UptimeAlerts extends Construct {
  constructor(scope: Construct, id: string, props: UptimeAlertsProps) {
    super(scope, id);
    for (const alert of alertsAbout("uptime check")) {
      const { alerting, check, subject, transform } = props;
      new Alert(this, alert, {
        alerting,
        alert,
        subject,
        conditions: [conditionOf[alert](check)],
        ...(transform ? { transform } : {}),
      });
    }
  }
}

const metricFilter = (metric: string, { checkId }: UptimeCheckLike) =>
  [
    `metric.type="monitoring.googleapis.com/uptime_check/${metric}"`,
    `metric.label.check_id="${checkId}"`,
    'resource.type="uptime_url"',
  ].join(" AND ");

/** As the console makes them for a check. @see https://cloud.google.com/monitoring/uptime-checks/uptime-alerting-policies */
const conditionOf: Readonly<Record<AlertNameAbout<"uptime check">, (check: UptimeCheckLike) => Condition>> = {
  "endpoint-down": (check) => comparison("endpoint-down", check, "check_passed", "REDUCE_COUNT_FALSE"),
  "certificate-expiry": (check) =>
    comparison("certificate-expiry", check, "time_until_ssl_cert_expires", "REDUCE_MEAN"),
};

function comparison(
  alert: AlertNameAbout<"uptime check">,
  check: UptimeCheckLike,
  metric: string,
  together: string,
): Condition {
  const { title, threshold, window, lasting } = alertRow(alert);
  return metricComparison(title, {
    filter: metricFilter(metric, check),
    wrong: threshold.wrong,
    threshold: threshold.value,
    lasting,
    aggregation: { window, each: "ALIGN_NEXT_OLDER", together, by: ["resource.label.*"] },
  });
}
