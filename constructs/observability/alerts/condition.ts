import type { MonitoringAlertPolicyConditions } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { type Duration, googleDuration, inSeconds } from "../../units";

/** When an alert is raised. */
export type Condition = MonitoringAlertPolicyConditions;

/** What a PromQL condition is made of. */
export interface PromQl {
  /** Raised for each series that the query answers with. */
  readonly query: string;
  /** For how long. */
  readonly lasting: Duration;
  /** Whether the metric may not exist yet: one that is made from logs appears up to ten minutes after its definition. */
  readonly metricMayBeMissing?: boolean;
}

/**
 * A condition in PromQL.
 *
 * @see https://cloud.google.com/monitoring/promql/promql-in-alerting
 */
export function promQl(title: string, { query, lasting, metricMayBeMissing = false }: PromQl): Condition {
  return {
    displayName: title,
    conditionPrometheusQueryLanguage: {
      query,
      duration: googleDuration(lasting),
      evaluationInterval: "60s",
      ...(metricMayBeMissing ? { disableMetricValidation: true } : {}),
    },
  };
}

/** What a condition on a metric is made of. */
export interface MetricComparison {
  /** Monitoring filter that selects the series. */
  readonly filter: string;
  readonly wrong: "above" | "below";
  readonly threshold: number;
  readonly lasting: Duration;
  /** How the points of a series become one per window, and the series one per group. @default - as they are */
  readonly aggregation?: {
    readonly window: Duration;
    /** `ALIGN_…` */
    readonly each: string;
    /** `REDUCE_…` */
    readonly together: string;
    readonly by: readonly string[];
  };
}

/**
 * A condition that compares a metric with a threshold.
 *
 * @see https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#MetricThreshold
 */
export function metricComparison(
  title: string,
  { filter, wrong, threshold, lasting, aggregation }: MetricComparison,
): Condition {
  return {
    displayName: title,
    conditionThreshold: {
      filter,
      comparison: wrong === "above" ? "COMPARISON_GT" : "COMPARISON_LT",
      thresholdValue: threshold,
      duration: googleDuration(lasting),
      trigger: { count: 1 },
      ...(aggregation
        ? {
            aggregations: [
              {
                alignmentPeriod: googleDuration(aggregation.window),
                perSeriesAligner: aggregation.each,
                crossSeriesReducer: aggregation.together,
                groupByFields: [...aggregation.by],
              },
            ],
          }
        : {}),
    },
  };
}

/** A span of time as PromQL writes it: `5m`, `1h`. */
export function promRange(window: Duration): string {
  const seconds = inSeconds(window);
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
