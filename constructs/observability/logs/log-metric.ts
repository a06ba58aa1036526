import { LoggingMetric, type LoggingMetricConfig } from "@cdktf/provider-google/lib/logging-metric";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";

/** Props of `LogMetric`. */
export interface LogMetricProps extends Transformable<{ metric: LoggingMetricConfig }> {
  /** Name of the metric, at most 100 letters, digits and underscores. Can't change. */
  readonly name: string;
  /** Which entries count, in Logging's query language. */
  readonly filter: string;
  /** What it counts, one line. */
  readonly description: string;
  /**
   * Labels of the metric, each with the expression that takes its value from the entry:
   * `{ service: "EXTRACT(resource.labels.module_id)" }`. Another set of labels makes another metric.
   *
   * @default - no labels
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Counts log entries. Alert policies can't see a new metric for up to ten minutes (404), so it belongs into an earlier
 * stack than the alerts; both know it by name.
 *
 * @throws UserError when the name, the filter or a label's name is none
 * @see https://cloud.google.com/logging/docs/logs-based-metrics
 */
export class LogMetric extends Construct {
  constructor(scope: Construct, id: string, props: LogMetricProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createMetric(props);
  }

  private validate({ name, filter, labels = {} }: LogMetricProps): void {
    refuse(this, `log metric ${name}`, [
      checkName(name, /^\w{1,100}$/, "name", "1 to 100 letters, digits and underscores"),
      check(filter.trim() !== "" && filter.length <= 20_000, "filter", filter, "1 to 20000 characters"),
      ...Object.keys(labels).map((label) =>
        checkName(label, /^[a-z]\w{0,99}$/, `labels.${label}`, "letters, digits and underscores"),
      ),
      check(Object.keys(labels).length <= 10, "labels", Object.keys(labels).length, "at most 10"),
    ]);
  }

  /** The labels have no description: the provider replaces the whole metric when one changes. */
  private createMetric({ name, filter, description, labels = {}, transform }: LogMetricProps): void {
    const names = Object.keys(labels);
    new LoggingMetric(
      this,
      "metric",
      transformed<LoggingMetricConfig>(
        {
          name,
          filter,
          description,
          metricDescriptor: {
            metricKind: "DELTA",
            valueType: "INT64",
            unit: "1",
            ...(names.length > 0 ? { labels: names.map((key) => ({ key, valueType: "STRING" })) } : {}),
          },
          ...(names.length > 0 ? { labelExtractors: { ...labels } } : {}),
        },
        transform?.metric,
      ),
    );
  }
}
