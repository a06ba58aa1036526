import { errorsOf, TrialCloud } from "../trial-cloud";

const CHANNEL = "google_monitoring_notification_channel";
const POLICY = "google_monitoring_alert_policy";
const condition = {
  display_name: "errors",
  condition_threshold: [{ filter: "x", duration: "60s", comparison: "COMPARISON_GT" }],
};

describe("monitoring", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN a channel and a policy THEN the cloud names them and their conditions", async () => {
    const channel = await trial.created(CHANNEL, { type: "email", display_name: "On call" });
    const policy = await trial.created(POLICY, {
      display_name: "Errors",
      combiner: "OR",
      conditions: [condition],
      notification_channels: [channel.name ?? null],
    });
    expect(channel.id).toMatch(/^projects\/acme-dev\/notificationChannels\/\d{19}$/);
    expect(channel.name).toBe(channel.id);
    expect(policy.id).toMatch(/^projects\/acme-dev\/alertPolicies\/\d{19}$/);
    expect(policy.conditions).toMatchObject([{ name: expect.stringContaining(`${policy.id}/conditions/`) }]);
    expect(await trial.import(POLICY, String(policy.name))).toMatchObject({ display_name: "Errors" });
    expect(errorsOf(await trial.destroy(CHANNEL, channel))[0]).toContain("is used by");
    expect((await trial.destroy(CHANNEL, { ...channel, force_delete: true })).state).toBeNull();
  });

  test("GIVEN two equal channels THEN they are two", async () => {
    const config = { type: "email", display_name: "On call" };
    const [one, two] = [await trial.created(CHANNEL, config), await trial.created(CHANNEL, config)];
    expect(one.id).not.toBe(two.id);
  });

  test("GIVEN a channel that was deleted WHEN a policy notifies it THEN 404; one made by hand counts as there", async () => {
    const channel = await trial.created(CHANNEL, { type: "email", display_name: "On call" });
    await trial.destroy(CHANNEL, channel);
    const policy = (name: string) => ({
      display_name: "Errors",
      combiner: "OR",
      conditions: [condition],
      notification_channels: [name],
    });
    expect(errorsOf(await trial.create(POLICY, policy(String(channel.name))))[0]).toContain(
      "Could not find notification channel",
    );
    await trial.created(POLICY, policy("projects/acme-dev/notificationChannels/1"));
  });

  test("GIVEN titles THEN a data source finds the one channel, and takes those with a token to exist", async () => {
    const data = "google_monitoring_notification_channel";
    const channel = await trial.created(CHANNEL, { type: "email", display_name: "On call" });
    expect((await trial.data(data, { display_name: "On call" })).state).toMatchObject({ name: channel.name });
    const pager = await trial.data(data, { display_name: "Pager", type: "pagerduty" });
    expect(pager.state?.name).toMatch(/^projects\/acme-dev\/notificationChannels\/\d{19}$/);
    const none = await trial.data(data, { display_name: "Nobody", type: "email" });
    expect(errorsOf(none)[0]).toContain('No NotificationChannel found using filter: display_name="Nobody"');
    await trial.created(CHANNEL, { type: "email", display_name: "On call" });
    expect(errorsOf(await trial.data(data, { display_name: "On call" }))[0]).toContain("more than one");
  });

  test("GIVEN two conditions with a query THEN the policy is refused; so is a log metric that isn't there", async () => {
    const query = { display_name: "q", condition_prometheus_query_language: [{ query: "up == 0" }] };
    const two = await trial.create(POLICY, {
      display_name: "Two",
      combiner: "OR",
      conditions: [query, query],
    });
    expect(errorsOf(two)[0]).toContain("one condition only");
    const filter = 'metric.type="logging.googleapis.com/user/declined" AND resource.type="global"';
    const counted = {
      display_name: "Declined",
      combiner: "OR",
      conditions: [
        { display_name: "c", condition_threshold: [{ filter, duration: "0s", comparison: "COMPARISON_GT" }] },
      ],
    };
    expect(errorsOf(await trial.create(POLICY, counted))[0]).toContain("Cannot find metric");
    await trial.created("google_logging_metric", { name: "declined", filter: "x" });
    await trial.created(POLICY, counted);
  });

  test("GIVEN ids THEN services and objectives are named by them, with the project's number", async () => {
    const service = await trial.created("google_monitoring_custom_service", { service_id: "orders" });
    expect(service.name).toMatch(/^projects\/\d{12}\/services\/orders$/);
    const objective = { service: "orders", slo_id: "availability", goal: 0.9, rolling_period_days: 30 };
    const slo = await trial.created("google_monitoring_slo", objective);
    expect(slo.name).toBe(`${service.name}/serviceLevelObjectives/availability`);
    const lost = await trial.create("google_monitoring_slo", { ...objective, service: "lost" });
    expect(errorsOf(lost)[0]).toContain("/services/lost was not found");
  });

  test("GIVEN a check that a policy looks at THEN it can't be deleted", async () => {
    const type = "google_monitoring_uptime_check_config";
    const check = await trial.created(type, {
      display_name: "Shop API",
      timeout: "10s",
      http_check: [{ path: "/", use_ssl: true }],
    });
    expect(check.uptime_check_id).toMatch(/^shop-api-[0-9a-f]{11}$/);
    expect(check.name).toBe(`projects/acme-dev/uptimeCheckConfigs/${check.uptime_check_id}`);
    expect(check.http_check).toMatchObject([{ port: 443 }]);
    const filter = `metric.label.check_id="${check.uptime_check_id}"`;
    const policy = await trial.created(POLICY, {
      display_name: "Down",
      combiner: "OR",
      conditions: [
        {
          display_name: "c",
          condition_threshold: [{ filter, duration: "60s", comparison: "COMPARISON_GT" }],
        },
      ],
    });
    expect(errorsOf(await trial.destroy(type, check))[0]).toContain("alerting policies is using it");
    await trial.destroy(POLICY, policy);
    expect((await trial.destroy(type, check)).state).toBeNull();
  });

  test("GIVEN a dashboard THEN the answer has a name and an etag, and lacks what says the default", async () => {
    const json = '{"displayName":"Shop","mosaicLayout":{"tiles":[{"xPos":0,"width":4}]}}';
    const dashboard = await trial.created("google_monitoring_dashboard", { dashboard_json: json });
    expect(JSON.parse(String(dashboard.dashboard_json))).toEqual({
      displayName: "Shop",
      etag: expect.any(String),
      mosaicLayout: { tiles: [{ width: 4 }] },
      name: dashboard.id,
    });
    expect(await trial.read("google_monitoring_dashboard", dashboard)).toEqual(dashboard);
  });
});
