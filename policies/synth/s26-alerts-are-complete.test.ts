import { judgedBy, ref } from "../testing";
import { alertsAreComplete } from "./s26-alerts-are-complete";

const alert = (query: string, more = {}) => ({
  conditions: [{ condition_prometheus_query_language: { query } }],
  severity: "WARNING",
  notification_channels: ["projects/x/notificationChannels/1"],
  documentation: { content: "See https://shop.example/runbook" },
  ...more,
});
const application = { "google_app_engine_standard_app_version.v": {} };
const four = {
  "google_monitoring_alert_policy.a": alert('rate(http_server_response_count{response_code=~"5.."}[5m])'),
  "google_monitoring_alert_policy.b": alert("http_server_response_latencies"),
  "google_monitoring_alert_policy.c": alert("system_cpu_utilization"),
  "google_monitoring_alert_policy.d": alert("system_memory_usage"),
};
const atlas = (metric: string) => ({
  enabled: true,
  event_type: metric === "NO_PRIMARY" ? metric : "OUTSIDE_METRIC_THRESHOLD",
  metric_threshold_config: { metric_name: metric },
  notification: [{ type_name: "EMAIL" }],
});

describe("S26", () => {
  test("GIVEN nothing to watch WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(alertsAreComplete, {})).toEqual("not applicable");
  });

  test("GIVEN an application with its four WHEN judged THEN it is compliant", () => {
    expect(judgedBy(alertsAreComplete, { ...application, ...four })).toEqual("compliant");
  });

  test("GIVEN a cluster with its three WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(alertsAreComplete, {
        "mongodbatlas_advanced_cluster.c": {},
        "mongodbatlas_alert_configuration.a": atlas("CONNECTIONS_PERCENT"),
        "mongodbatlas_alert_configuration.b": atlas("DISK_PARTITION_SPACE_USED_DATA"),
        "mongodbatlas_alert_configuration.c": atlas("NO_PRIMARY"),
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a P1 that pages WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(alertsAreComplete, {
        "google_monitoring_alert_policy.a": alert("x", {
          severity: "CRITICAL",
          notification_channels: [ref("data.google_monitoring_notification_channel.p.name")],
        }),
        "data.google_monitoring_notification_channel.p": { type: "pagerduty" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN an application that nobody watches WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(alertsAreComplete, application)).toEqual([
      "prod-platform",
      "prod-platform",
      "prod-platform",
      "prod-platform",
    ]);
  });

  test("GIVEN a gateway that nobody calls WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(alertsAreComplete, { "google_api_gateway_gateway.g": {} })).toEqual(["prod-platform"]);
  });

  test("GIVEN an alert that is not wired WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(alertsAreComplete, {
        "google_monitoring_alert_policy.a": alert("x", {
          enabled: false,
          severity: null,
          notification_channels: [],
          documentation: null,
        }),
      }),
    ).toEqual(["enabled", "severity", "notification_channels", "documentation"]);
  });

  test("GIVEN a P1 by e-mail alone WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(alertsAreComplete, {
        "google_monitoring_alert_policy.a": alert("x", {
          severity: "CRITICAL",
          notification_channels: [ref("google_monitoring_notification_channel.m.name")],
        }),
        "google_monitoring_notification_channel.m": { type: "email" },
      }),
    ).toEqual(["notification_channels"]);
  });

  test("GIVEN an Atlas alert as Atlas makes it WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(alertsAreComplete, { "mongodbatlas_alert_configuration.a": { event_type: "NO_PRIMARY" } }),
    ).toEqual(["enabled", "notification"]);
  });
});
