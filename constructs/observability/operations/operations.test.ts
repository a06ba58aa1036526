import { synthesized } from "../../testing";
import { alerting, policiesOf } from "../testing";
import { OperationAlerts } from "./operation-alerts";
import { operationEvents } from "./operation-events";
import { OperationMetrics } from "./operation-metrics";

const everything = ["backup-failed", "restore-test-missing", "split-drift"] as const;

describe("OperationMetrics", () => {
  test("counts each kind of entry of the operators' log", () => {
    const { all } = synthesized((stack) => new OperationMetrics(stack, "metrics"));
    expect(all("google_logging_metric")).toHaveLength(3);
    expect(all("google_logging_metric")[0]).toMatchObject({
      name: "groundwork_backup_failed",
      filter:
        'logName="projects/shop-dev/logs/groundwork" AND resource.type="global" AND jsonPayload.event="backup-failed"',
      metric_descriptor: { metric_kind: "DELTA", value_type: "INT64" },
    });
  });
});

describe("OperationAlerts", () => {
  const build = (alerts: readonly (typeof everything)[number][]) =>
    policiesOf(
      synthesized(
        (stack) =>
          new OperationAlerts(stack, "alerts", {
            alerting,
            alerts,
            transform: {
              policy: (config) => {
                config.enabled = false;
              },
            },
          }),
      ).all,
    );

  test("GIVEN a failed backup THEN one entry is enough, and the metric needn't exist yet", () => {
    expect(build(["backup-failed"])).toMatchObject([
      {
        display_name: "prod: a backup failed",
        enabled: false,
        severity: "CRITICAL",
        conditions: [
          {
            condition_prometheus_query_language: {
              query:
                'sum(increase(logging_googleapis_com:user_groundwork_backup_failed{monitored_resource="global"}[10m])) > 0',
              duration: "0s",
              disable_metric_validation: true,
            },
          },
        ],
      },
    ]);
  });

  test("GIVEN no heartbeat THEN its absence is seen, even when none ever came", () => {
    const query = build(["restore-test-missing"])[0]?.conditions[0]?.condition_prometheus_query_language
      ?.query;
    expect(query).toMatch(/^\(sum\(increase\(.*\[24h\]\)\) or vector\(0\)\) < 1$/);
  });

  test("GIVEN all of them THEN each listens to the metric that counts its event", () => {
    const queries = build(everything).map(
      ({ user_labels, conditions }) =>
        [user_labels.alert, conditions[0]?.condition_prometheus_query_language?.query] as const,
    );
    for (const [alert, query] of queries) {
      expect(query).toContain(`user_${operationEvents[alert as (typeof everything)[number]].metric}{`);
    }
    expect(queries).toHaveLength(3);
  });
});
