import type { TerraformStack } from "cdktf";
import { refusals, synthesized } from "../../testing";
import { AlertChannels, type AlertChannelsProps } from "./alert-channels";

const email = "google_monitoring_notification_channel";
const paging: AlertChannelsProps = {
  title: "Shop, prod",
  paging: true,
  p1: [
    { pagerDuty: { name: "projects/shop-prod/notificationChannels/11" } },
    { phone: { title: "On-call phone" } },
  ],
  p2: [{ push: { title: "On-call app" } }, { email: "on-call@shop.example" }],
  p3: [{ slack: { name: "projects/shop-prod/notificationChannels/33" } }, { email: "on-call@shop.example" }],
};
const build = (props: AlertChannelsProps) => {
  let channels: AlertChannels | undefined;
  const result = synthesized((stack: TerraformStack) => {
    channels = new AlertChannels(stack, "channels", props);
  });
  const names = (tier: "P1" | "P2" | "P3") =>
    (channels as AlertChannels).channelsOf(tier).map(({ channelName }) => channelName);
  return { ...result, names };
};

describe("AlertChannels", () => {
  test("GIVEN production THEN each tier has its own channels, and only e-mail ones are made", () => {
    const { all, names, data } = build(paging);
    expect(all(email)).toMatchObject([
      { type: "email", display_name: "Shop, prod: on-call@shop.example", force_delete: false },
    ]);
    expect(names("P1")).toEqual(["projects/shop-prod/notificationChannels/11", expect.any(String)]);
    expect(names("P2")).toHaveLength(2);
    expect(names("P3")).toEqual(["projects/shop-prod/notificationChannels/33", expect.any(String)]);
    expect(Object.values(data.google_monitoring_notification_channel ?? {})).toMatchObject([
      { display_name: "On-call phone", type: "sms" },
      { display_name: "On-call app" },
    ]);
  });

  test("GIVEN a full name THEN nothing is looked up: the plan needs no answer of the cloud", () => {
    const { data } = build({
      ...paging,
      p1: paging.p1?.slice(0, 1) ?? [],
      p2: [{ email: "a@shop.example" }],
    });
    expect(data).toEqual({});
  });

  test("GIVEN no paging THEN what would wake somebody is written to P2", () => {
    const { names } = build({ title: "Shop, dev", p2: [{ email: "team@shop.example" }] });
    expect(names("P1")).toEqual(names("P2"));
    expect(names("P3")).toEqual(names("P2"));
  });

  test("refuses production without a pager, other environments with one, and everything else that is wrong", () => {
    const { p1 = [], ...rest } = paging;
    expect(refusals(() => build(rest))).toEqual(["p1: at least one PagerDuty channel, as paging is on"]);
    expect(refusals(() => build({ ...rest, paging: false, p1 }))).toEqual([
      "p1: nobody, as paging is off: only production wakes people",
    ]);
    const twice = { email: "a@shop.example" };
    expect(refusals(() => build({ title: "Shop", p2: [], p3: [twice, twice] }))).toEqual([
      "p2: at least one address",
      "p3[1]: each address once",
    ]);
    expect(refusals(() => build({ title: "Shop", p2: [{ email: "nobody" }] }))).toEqual([
      "address: an e-mail address",
    ]);
    expect(refusals(() => build({ title: "Shop", p2: [{ push: { name: "pager" } }] }))).toEqual([
      "name: projects/<project>/notificationChannels/<number>",
    ]);
    expect(refusals(() => build({ title: "Shop", p2: [{ push: { title: "" } }] }))).toEqual([
      "title: 1 to 512 characters, no quotes",
    ]);
  });

  test("stands twice in one stack, and hands each channel to transform", () => {
    const { all } = synthesized((stack) => {
      new AlertChannels(stack, "one", { title: "One", p2: [{ email: "a@shop.example" }] });
      new AlertChannels(stack, "two", {
        title: "Two",
        p2: [{ email: "a@shop.example" }],
        transform: {
          email: (config) => {
            config.enabled = false;
          },
        },
      });
    });
    expect(all(email).map(({ enabled }) => enabled)).toEqual([undefined, false]);
  });
});
