import { refusals, synthesized } from "../testing";
import { EmailChannel } from "./email-channel";
import { ErrorAlert, type ErrorAlertProps } from "./error-alert";

const props: ErrorAlertProps = {
  title: "Server errors",
  errorShare: 0.05,
  window: "5 minutes",
  channels: [{ channelName: "projects/shop-dev/notificationChannels/1" }],
  runbook: "https://example.com/runbook.md",
};
const build = (change: Partial<ErrorAlertProps> = {}) =>
  synthesized((stack) => new ErrorAlert(stack, "alert", { ...props, ...change }));

describe("EmailChannel", () => {
  test("writes to an address", () => {
    const { one } = synthesized(
      (stack) => new EmailChannel(stack, "c", { title: "On call", address: "a@shop.example" }),
    );
    expect(one("google_monitoring_notification_channel")).toMatchObject({
      type: "email",
      labels: { email_address: "a@shop.example" },
    });
  });

  test("refuses what is no address", () => {
    const wrong = () =>
      synthesized((stack) => new EmailChannel(stack, "c", { title: "On call", address: "nobody" }));
    expect(refusals(wrong)).toEqual(["address: an e-mail address"]);
  });
});

describe("ErrorAlert", () => {
  test("compares the share of server errors per service, where there is traffic worth judging", () => {
    const policy = build().one("google_monitoring_alert_policy") as {
      conditions: { condition_prometheus_query_language: { query: string } }[];
    };
    const query = policy.conditions[0]?.condition_prometheus_query_language.query ?? "";
    expect(query).toContain('response_code=~"5.."}[5m]');
    expect(query).toContain("> 0.05 and");
    expect(query).toMatch(/> 20$/);
  });

  test("has a severity, a channel and a link to what to do", () => {
    expect(build().one("google_monitoring_alert_policy")).toMatchObject({
      severity: "CRITICAL",
      enabled: true,
      notification_channels: ["projects/shop-dev/notificationChannels/1"],
      documentation: { links: [{ url: props.runbook }] },
    });
  });

  test("reports everything that is wrong at once", () => {
    const wrong = { errorShare: 5, window: "90 seconds", runbook: "wiki", channels: [] } as const;
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "errorShare",
      "window",
      "runbook",
      "channels",
    ]);
  });

  test("stands twice in one stack, and hands its configuration to transform last", () => {
    const { all } = synthesized((stack) => {
      new ErrorAlert(stack, "one", props);
      new ErrorAlert(stack, "two", {
        ...props,
        transform: {
          policy: (config) => {
            config.enabled = false;
          },
        },
      });
    });
    expect(all("google_monitoring_alert_policy").map(({ enabled }) => enabled)).toEqual([true, false]);
  });
});
