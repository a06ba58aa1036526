import { refusals, synthesized } from "../../testing";
import { alerting, policiesOf } from "../testing";
import { burnRateOf } from "./burn-rates";
import { ServiceObjectives, type ServiceObjectivesProps } from "./service-objectives";

const props: ServiceObjectivesProps = {
  alerting,
  service: "orders",
  objectives: [
    { indicator: { kind: "availability" }, goal: 0.999 },
    { indicator: { kind: "latency", within: "1 second" }, goal: 0.95 },
  ],
};
const build = (change: Partial<ServiceObjectivesProps> = {}) =>
  synthesized((stack) => new ServiceObjectives(stack, "objectives", { ...props, ...change }));

describe("burn rates", () => {
  test("GIVEN 30 days THEN they are the ones of the SRE workbook", () => {
    expect(burnRateOf("budget-burns-fast", 30)).toEqual({ rate: 14.4, long: "1 hour", short: "5 minutes" });
    expect(burnRateOf("budget-burns-steadily", 30)).toMatchObject({ rate: 6, short: "30 minutes" });
    expect(burnRateOf("budget-burns-slowly", 30)).toMatchObject({ rate: 3, short: "2 hours" });
  });

  test("GIVEN another period THEN the same share of the budget is another rate", () => {
    expect(burnRateOf("budget-burns-fast", 7).rate).toBe(3.36);
  });
});

describe("ServiceObjectives", () => {
  test("GIVEN two objectives THEN one service has both, measured on its requests", () => {
    const { one, all } = build();
    expect(one("google_monitoring_custom_service")).toMatchObject({ service_id: "app-engine-orders" });
    const [availability, latency] = all("google_monitoring_slo");
    expect(availability).toMatchObject({
      slo_id: "availability",
      goal: 0.999,
      rolling_period_days: 30,
      display_name: "orders: no server error, 99.9 % in 30 days",
      request_based_sli: {
        good_total_ratio: {
          bad_service_filter: expect.stringMatching(
            /module_id="orders" AND metric\.label\.response_code>=500$/,
          ),
        },
      },
    });
    expect(latency).toMatchObject({
      slo_id: "latency",
      request_based_sli: { distribution_cut: { range: { max: 1000 } } },
    });
  });

  test("GIVEN an objective THEN three alerts watch its budget, each over a long and a short window", () => {
    const policies = policiesOf(build().all);
    expect(policies).toHaveLength(6);
    const fast = policies.find(({ user_labels }) => user_labels.alert === "budget-burns-fast");
    expect(fast).toMatchObject({
      combiner: "AND",
      severity: "CRITICAL",
      user_labels: { tier: "p1", service: "orders" },
      conditions: [
        {
          condition_threshold: {
            filter: expect.stringMatching(/^select_slo_burn_rate\(".+\.name}", "3600s"\)$/),
            threshold_value: 14.4,
            comparison: "COMPARISON_GT",
            duration: "0s",
          },
        },
        { condition_threshold: { filter: expect.stringContaining('"300s"'), threshold_value: 14.4 } },
      ],
    });
  });

  test("reports everything that is wrong at once", () => {
    const wrong: Partial<ServiceObjectivesProps> = {
      service: "Orders",
      period: "31 days",
      objectives: [
        { indicator: { kind: "availability" }, goal: 1 },
        { indicator: { kind: "availability" }, goal: 0.5 },
        { indicator: { kind: "latency", within: "0 seconds" }, goal: 0.5 },
      ],
    };
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "service",
      "period",
      "objectives[0].goal",
      "objectives[1].indicator",
      "objectives[2].indicator.within",
    ]);
    expect(refusals(() => build({ objectives: [] }))).toEqual(["objectives: at least one objective"]);
  });

  test("stands twice in one stack, and hands every part to transform", () => {
    const { all } = synthesized((stack) => {
      new ServiceObjectives(stack, "orders", props);
      new ServiceObjectives(stack, "catalogue", {
        ...props,
        service: "catalogue",
        transform: {
          service: (config) => {
            config.displayName = "changed";
          },
          objective: (config) => {
            config.goal = 0.5;
          },
          policy: (config) => {
            config.enabled = false;
          },
        },
      });
    });
    expect(
      all("google_monitoring_custom_service")
        .map(({ display_name }) => display_name)
        .sort(),
    ).toEqual(["changed", "orders"]);
    expect(all("google_monitoring_slo").filter(({ goal }) => goal === 0.5)).toHaveLength(2);
    expect(policiesOf(all).filter(({ enabled }) => !enabled)).toHaveLength(6);
  });
});
