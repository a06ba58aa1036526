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

  test("GIVEN a channel that was deleted WHEN a policy notifies it THEN 404; one that was made by hand is taken", async () => {
    const notifying = (channel: string) =>
      trial.create(POLICY, {
        display_name: "Errors",
        combiner: "OR",
        conditions: [condition],
        notification_channels: [channel],
      });
    const gone = await trial.created(CHANNEL, { type: "email", display_name: "Gone" });
    await trial.destroy(CHANNEL, gone);
    expect(errorsOf(await notifying(gone.id as string))[0]).toContain("Could not find notification channel");
    expect(errorsOf(await notifying("projects/acme-dev/notificationChannels/1"))).toEqual([]);
  });
});
