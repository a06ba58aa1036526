import type { MonitoringAlertPolicyConfig } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { Construct } from "constructs";
import type { Transformable } from "../../transform";
import { Alert, type Alerting } from "../alerts/alert";
import type { AlertRow } from "../alerts/alert-row";
import { type AlertNameAbout, alertRow } from "../alerts/alert-table";
import { promQl, promRange } from "../alerts/condition";
import { operationEvents } from "./operation-events";

/** Props of `OperationAlerts`. */
export interface OperationAlertsProps
  extends Transformable<{
    /** Each of the alerts. */
    policy: MonitoringAlertPolicyConfig;
  }> {
  readonly alerting: Alerting;
  /** Which of them. An environment without backups that matter has no alert on restore tests. */
  readonly alerts: readonly AlertNameAbout<"operation">[];
}

/**
 * Tells when the operators' jobs report something wrong, or stop reporting what must be reported. The metrics are made
 * by `OperationMetrics`, ten minutes earlier.
 */
export class OperationAlerts extends Construct {
  constructor(scope: Construct, id: string, { alerting, alerts, transform }: OperationAlertsProps) {
    super(scope, id);
    for (const alert of alerts) {
      const row = alertRow(alert);
      const query = eventQuery(operationEvents[alert].metric, row);
      new Alert(this, alert, {
        alerting,
        alert,
        conditions: [promQl(row.title, { query, lasting: row.lasting, metricMayBeMissing: true })],
        ...(transform ? { transform } : {}),
      });
    }
  }
}

/**
 * A heartbeat that never came has no series to compare; without `vector(0)` its absence would go unnoticed. (A
 * condition of absence wouldn't see it either: it needs a first beat, and waits 23.5 hours at most.)
 */
function eventQuery(metric: string, { window, threshold }: AlertRow): string {
  const count = `sum(increase(logging_googleapis_com:user_${metric}{monitored_resource="global"}[${promRange(window)}]))`;
  return threshold.wrong === "above"
    ? `${count} > ${threshold.value}`
    : `(${count} or vector(0)) < ${threshold.value}`;
}
