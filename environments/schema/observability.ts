import { z } from "zod";
import { duration, fraction, text, whole } from "../fields";

const handmade = z.union(
  [
    z.strictObject({
      /** Full name that the console shows: `projects/<project>/notificationChannels/<number>`. */
      name: text(
        /^projects\/[a-z0-9-]{6,30}\/notificationChannels\/\d{1,25}$/,
        "projects/<project>/notificationChannels/<number>",
      ),
    }),
    z.strictObject({
      /** Title of the channel, which every plan then looks up. */
      title: text(/^[^"\n\r]{1,512}$/, "one line, at most 512 characters, without quotes"),
    }),
  ],
  { error: "{ name }, or { title }" },
);
const email = z.strictObject({
  /** Address that is written to. */
  email: z.email({ error: "an e-mail address" }),
});

const alertName = text(/^[a-z][a-z-]{1,40}$/, "the name of an alert, see the runbooks");

const channels = z.strictObject({
  /** P1, wakes somebody: PagerDuty and telephone. Where it is empty, P1 goes where P2 goes. */
  p1: z.array(
    z.union([z.strictObject({ pagerDuty: handmade }), z.strictObject({ phone: handmade })], {
      error: "{ pagerDuty } or { phone }",
    }),
  ),
  /** P2, seen within the working day: push and e-mail. At least one. */
  p2: z
    .array(z.union([z.strictObject({ push: handmade }), email], { error: "{ push } or { email }" }))
    .min(1, { error: "at least one" }),
  /** P3, read when there is time: Slack. */
  p3: z.array(z.union([z.strictObject({ slack: handmade }), email], { error: "{ slack } or { email }" })),
});

/** Who is told what, what is promised, and what is kept. */
export const observability = z.strictObject({
  /** Who is told, by urgency; `"none"` raises no alerts. Channels with a token are made by hand and named here. */
  channels: z.union([z.literal("none"), channels], { error: '"none", or { p1, p2, p3 }' }),
  /** Atlas's own PagerDuty integration, which P1 alerts on the database go to: its id in Atlas → Project → Integrations; `"none"` writes e-mails. */
  atlasPagerDuty: z.union([z.literal("none"), text(/^[0-9a-f]{24}$/, "24 hexadecimal digits")], {
    error: '"none", or 24 hexadecimal digits',
  }),
  /** What differs from the table of alerts, by the alert's name. */
  alerts: z.record(
    alertName,
    z.strictObject({
      /** In the unit of the table: a share from 0 to 1, milliseconds, or a number. */
      threshold: z.number({ error: "a number above 0" }).gt(0, { error: "a number above 0" }).exactOptional(),
      /** Time over which the value is taken. */
      window: duration("minute", "hour").exactOptional(),
      /** For how long it has to last. */
      lasting: duration("minute", "hour").exactOptional(),
      /** Requests in the window below which nothing is said. */
      minimumRequests: whole(1, 1_000_000).exactOptional(),
    }),
  ),
  /** What is promised to the callers of every service; `"none"` promises nothing and makes no alerts on it. */
  objectives: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** Share of requests that are answered without a server error: 0.999. */
        availability: fraction(0.9, 0.9999),
        /** Share of requests that are answered fast. */
        fast: z.strictObject({
          /** 0.95: of a hundred requests, ninety-five. */
          share: fraction(0.5, 0.9999),
          /** How fast. */
          within: duration("second"),
        }),
        /** Days over which it is taken, 7 to 30. */
        period: duration("day"),
      }),
    ],
    { error: '"none", or { availability, fast, period }' },
  ),
  /** Path of every API that is asked each minute from around the world; `"none"` asks nothing. */
  uptimePath: z.union([z.literal("none"), text(/^\/[^\s]{0,200}$/, "a path that starts with /")], {
    error: '"none", or a path that starts with /',
  }),
  /** How long logs are kept. */
  logs: duration("day"),
  /** How long the audit log is kept: in a log bucket for days, or in a bucket that nobody can shorten for years. */
  auditLogs: duration("day", "year"),
  /** Dashboards of services, gateways and database. */
  dashboards: z.boolean({ error: "true or false" }),
});
