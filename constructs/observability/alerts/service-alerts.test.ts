import { refusals, synthesized } from "../../testing";
import { alerting, type Policy, policiesOf } from "../testing";
import { ServiceAlerts, type ServiceAlertsProps } from "./service-alerts";

const props: ServiceAlertsProps = { alerting, service: "orders", runsOn: "F2" };
const build = (change: Partial<ServiceAlertsProps> = {}) => {
  const { all } = synthesized((stack) => new ServiceAlerts(stack, "alerts", { ...props, ...change }));
  return Object.fromEntries(policiesOf(all).map((policy) => [policy.user_labels.alert, policy]));
};
const queryOf = (policy: Policy | undefined) =>
  policy?.conditions[0]?.condition_prometheus_query_language?.query ?? "";

describe("ServiceAlerts", () => {
  test("GIVEN a service THEN it has every alert of the table, with tier, severity and runbook", () => {
    const policies = build();
    expect(Object.keys(policies).sort()).toEqual([
      "high-cpu",
      "high-memory",
      "server-errors",
      "slow-responses",
    ]);
    expect(policies["server-errors"]).toMatchObject({
      display_name: "prod: orders answers with server errors",
      severity: "CRITICAL",
      enabled: true,
      user_labels: { alert: "server-errors", tier: "p1", service: "orders" },
      notification_channels: ["projects/shop-dev/notificationChannels/1"],
      documentation: {
        content: expect.stringContaining("https://example.com/runbooks/server-errors.md"),
        links: [{ url: "https://example.com/runbooks/server-errors.md" }],
      },
    });
    expect(policies["slow-responses"]).toMatchObject({
      severity: "WARNING",
      user_labels: { tier: "p2" },
      notification_channels: ["projects/shop-dev/notificationChannels/2"],
    });
  });

  test("GIVEN the table's thresholds THEN the share of 5xx is judged where there is traffic worth judging", () => {
    const query = queryOf(build()["server-errors"]);
    expect(query).toContain('{monitored_resource="gae_app",module_id="orders",response_code=~"5.."}[5m]');
    expect(query).toContain(") > 0.05 and ");
    expect(query).toMatch(/> 20$/);
  });

  test("GIVEN latencies in milliseconds THEN the 95th percentile is compared over ten minutes", () => {
    const policy = build()["slow-responses"];
    expect(queryOf(policy)).toMatch(/^histogram_quantile\(0\.95, sum by \(module_id, le\)/);
    expect(queryOf(policy)).toContain("[10m]))) > 1000 and ");
    expect(policy?.conditions[0]).toMatchObject({
      condition_prometheus_query_language: { duration: "600s" },
    });
  });

  test.each([
    ["F1", 402_653_184],
    ["F2", 805_306_368],
    ["F4", 1_610_612_736],
    ["F4_1G", 3_221_225_472],
  ] as const)("GIVEN %s THEN memory is a share of %d bytes per instance", (runsOn, bytes) => {
    expect(queryOf(build({ runsOn })["high-memory"])).toContain(` * ${bytes})) > 0.9`);
  });

  test("GIVEN a flexible service THEN CPU is the one of flexible, and memory isn't measured", () => {
    const policies = build({ runsOn: "flexible" });
    expect(queryOf(policies["high-cpu"])).toContain("appengine_googleapis_com:flex_cpu_utilization");
    expect(queryOf(build()["high-cpu"])).toContain("appengine_googleapis_com:system_cpu_utilization");
    expect(policies["high-memory"]).toBeUndefined();
  });

  test("GIVEN settings THEN they replace the table's, and nothing else", () => {
    const settings = { "server-errors": { threshold: 0.02, window: "1 hour", minimumRequests: 5 } } as const;
    const query = queryOf(build({ settings })["server-errors"]);
    expect(query).toContain("[1h])) > 5");
    expect(query).toContain(" > 0.02 and");
    expect(queryOf(build({ settings })["high-cpu"])).toBe(queryOf(build()["high-cpu"]));
  });

  test("reports everything that is wrong at once", () => {
    const settings = {
      "server-errors": { threshold: 5, window: "90 seconds", lasting: "2 days", minimumRequests: -1 },
    } as const;
    const wrong = { service: "Orders", settings, alerting: { ...alerting, runbooks: "wiki/" } };
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "service",
      "runbooks",
      "settings.server-errors.threshold",
      "settings.server-errors.window",
      "settings.server-errors.lasting",
      "settings.server-errors.minimumRequests",
    ]);
  });

  test("stands twice in one stack, the second with the longest name, and hands each policy to transform", () => {
    const longest = "s".repeat(63);
    const { all } = synthesized((stack) => {
      new ServiceAlerts(stack, "orders", props);
      new ServiceAlerts(stack, longest, {
        ...props,
        service: longest,
        transform: {
          policy: (config) => {
            config.enabled = false;
          },
        },
      });
    });
    const enabled = all("google_monitoring_alert_policy").map((policy) => policy.enabled);
    expect(enabled.filter(Boolean)).toHaveLength(4);
    expect(enabled).toHaveLength(8);
  });
});
