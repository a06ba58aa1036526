import { refusals, synthesized } from "../../testing";
import { alerting, policiesOf } from "../testing";
import { UptimeAlerts } from "./uptime-alerts";
import { UptimeCheck, type UptimeCheckProps } from "./uptime-check";

const check = "google_monitoring_uptime_check_config";
const props: UptimeCheckProps = { title: "Shop API", host: "api.shop.example" };
const build = (change: Partial<UptimeCheckProps> = {}) =>
  synthesized((stack) => new UptimeCheck(stack, "check", { ...props, ...change }));

describe("UptimeCheck", () => {
  test("GIVEN a host THEN it is called every minute from three places, over HTTPS with its certificate checked", () => {
    expect(build().one(check)).toMatchObject({
      display_name: "Shop API",
      period: "60s",
      timeout: "10s",
      selected_regions: ["EUROPE", "USA_IOWA", "ASIA_PACIFIC"],
      monitored_resource: {
        type: "uptime_url",
        labels: { host: "api.shop.example", project_id: "shop-dev" },
      },
      http_check: {
        path: "/healthz",
        port: 443,
        use_ssl: true,
        validate_ssl: true,
        accepted_response_status_codes: [{ status_class: "STATUS_CLASS_2XX" }],
      },
    });
  });

  test("GIVEN a text THEN the answer must contain it", () => {
    expect(build({ expectedText: "ok" }).one(check)).toMatchObject({
      content_matchers: [{ content: "ok", matcher: "CONTAINS_STRING" }],
    });
  });

  test("reports everything that is wrong at once", () => {
    const wrong = {
      host: "https://api.shop.example/",
      path: "healthz",
      timeout: "2 minutes",
      regions: ["EUROPE", "EUROPE", "USA_IOWA"],
    } as const;
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "host",
      "path",
      "timeout",
      "regions",
    ]);
  });
});

describe("UptimeAlerts", () => {
  test("GIVEN a check THEN two failing places wake somebody, and a certificate near its end is told", () => {
    const { all } = synthesized((stack) => {
      for (const name of ["shop", "admin"]) {
        const check = new UptimeCheck(stack, name, { ...props, host: `${name}.example.com` });
        new UptimeAlerts(stack, `${name}-alerts`, { alerting, check, subject: `The ${name} API` });
      }
    });
    const policies = policiesOf(all);
    expect(policies).toHaveLength(4);
    const of = (alert: string) => policies.filter(({ user_labels }) => user_labels.alert === alert)[0];
    expect(of("endpoint-down")).toMatchObject({
      display_name: expect.stringMatching(/^prod: The (shop|admin) API can't be reached$/),
      severity: "CRITICAL",
      conditions: [
        {
          condition_threshold: {
            comparison: "COMPARISON_GT",
            threshold_value: 1,
            duration: "60s",
            aggregations: [{ cross_series_reducer: "REDUCE_COUNT_FALSE", alignment_period: "1200s" }],
          },
        },
      ],
    });
    expect(of("certificate-expiry")).toMatchObject({
      severity: "WARNING",
      conditions: [{ condition_threshold: { comparison: "COMPARISON_LT", threshold_value: 15 } }],
    });
    expect(of("endpoint-down")?.conditions[0]?.condition_threshold?.filter).toContain("uptime_check_id}");
  });

  test("hands check and policies to transform", () => {
    const { one, all } = synthesized((stack) => {
      const check = new UptimeCheck(stack, "check", {
        ...props,
        transform: {
          check: (config) => {
            config.logCheckFailures = true;
          },
        },
      });
      new UptimeAlerts(stack, "alerts", {
        alerting,
        check,
        subject: "The API",
        transform: {
          policy: (config) => {
            config.enabled = false;
          },
        },
      });
    });
    expect(one(check)).toMatchObject({ log_check_failures: true });
    expect(policiesOf(all).map(({ enabled }) => enabled)).toEqual([false, false]);
  });
});
