import type { LoggingMetricConfig } from "@cdktf/provider-google/lib/logging-metric";
import { Construct } from "constructs";
import { cloudOf } from "../../provider/providers";
import type { Transformable } from "../../transform";
import { alertsAbout } from "../alerts/alert-table";
import { LogMetric } from "../logs/log-metric";
import { operationEvents, operationFilter } from "./operation-events";

/** Props of `OperationMetrics`. */
export type OperationMetricsProps = Transformable<{
  /** Each of the metrics. */
  metric: LoggingMetricConfig;
}>;

/**
 * Counts what the operators' jobs report: failed backups, fresh restore tests, drifted splits. Once per project, in an
 * earlier stack than `OperationAlerts`.
 */
export class OperationMetrics extends Construct {
  constructor(scope: Construct, id: string, { transform }: OperationMetricsProps = {}) {
    super(scope, id);
    const { project } = cloudOf(this);
    for (const alert of alertsAbout("operation")) {
      const event = operationEvents[alert];
      new LogMetric(this, event.event, {
        name: event.metric,
        filter: operationFilter(project, event),
        description: event.meaning,
        ...(transform ? { transform } : {}),
      });
    }
  }
}
