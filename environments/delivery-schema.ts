import { z } from "zod";
import { environmentName, oneOf, text, whole } from "./fields";

const weekday = oneOf("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

const timeOfDay = text(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time of day such as 09:30");

/** `2026-12-18`, or with a time of day: `2026-12-18T18:00`. */
const localTime = text(
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d)?$/,
  "a day such as 2026-12-18, or a day and a time such as 2026-12-18T18:00",
);

const timeZone = text(
  /^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]+){1,2})$/,
  "a time zone such as Europe/Berlin",
).refine(isTimeZone, { error: "a time zone such as Europe/Berlin" });

const team = text(/^[a-z0-9][a-z0-9-]{0,62}$/, "a team's name as GitHub writes it, such as platform-team");

/** When an environment may be changed, on the clocks of one place. */
export const windowsSchema = z.strictObject({
  /** Time zone of all times here; daylight saving is its own. */
  tz: timeZone,
  /** When changes may be made; at all times where this is empty. */
  allow: z.array(
    z.strictObject({
      /** Days on which the window opens. */
      days: z.array(weekday).min(1, { error: "at least one day" }),
      /** The clock time at which it opens. */
      from: timeOfDay,
      /** The clock time at which it closes, exclusive; before `from`: on the next day. */
      to: timeOfDay,
    }),
  ),
  /** When nothing is changed, whatever the windows say. */
  freezes: z.array(
    z
      .strictObject({
        /** The first day, or the moment at which it begins. */
        from: localTime,
        /** The last day, included; or the moment at which it ends. */
        to: localTime,
        /** Why, for whoever waits. */
        reason: text(/^[^\n\r]{1,120}$/, "one line, at most 120 characters"),
      })
      .refine(({ from, to }) => from < to || (to.length === 10 && from.startsWith(to)), {
        error: "an end after its beginning",
      }),
  ),
});
export type Windows = z.infer<typeof windowsSchema>;

/** What brings changes to environments, and in which order. */
const routeSchema = z.strictObject({
  /** `branch` or `tag`, and its name; `*` stands for any letters but `/`. */
  ref: z.union([
    z.strictObject({
      /** `main`. */
      branch: text(/^[A-Za-z0-9._/*-]{1,100}$/, "a branch's name, such as main"),
    }),
    z.strictObject({
      /** `v*`. */
      tag: text(/^[A-Za-z0-9._/*-]{1,100}$/, "a tag's name, such as v*"),
    }),
  ]),
  /** The environments, in the order in which they are reached. A failure stops those behind it. */
  to: z
    .array(
      z.strictObject({
        /** Its name. */
        environment: environmentName,
        /** `automatic`; or `approval`: the environment's reviewers say yes first. */
        mode: oneOf("automatic", "approval"),
      }),
    )
    .min(1, { error: "at least one environment" }),
});
export type Route = z.infer<typeof routeSchema>;

const environmentRulesSchema = z.strictObject({
  /** When it may be changed. */
  windows: windowsSchema,
  /** Deletions and replacements in one change, at most. */
  deletions: whole(0, 1000),
});
/** The rules of one environment, and which pack of policies holds there: its `stage`, as policies call it. */
export type EnvironmentRules = z.infer<typeof environmentRulesSchema> & { readonly pack: Pack };

/** How policies call the stages of environments. */
export type Pack = "dev" | "staging" | "prod" | "preview";

/** How changes reach environments. */
export const deliverySchema = z.strictObject({
  /** The branch that production comes from; a tag counts where its commit is on it. */
  mainBranch: text(/^[A-Za-z0-9._/-]{1,100}$/, "a branch's name, such as main"),
  /** Which ref may go where. What is not here goes nowhere. */
  routes: z.array(routeSchema),
  /** By environment. */
  environments: z.record(environmentName, environmentRulesSchema),
  /** Who may approve, by label: members of any of these teams, never the author. */
  approvers: z.strictObject({
    /** Deleting or replacing what holds data or an identity. */
    "approve:destroy": z.array(team),
    /** What can't be taken back. */
    "approve:irreversible": z.array(team),
    /** Switching a protection, backups or point-in-time restore off. */
    "approve:unprotect": z.array(team),
    /** Keeping backups for less long; a compliance policy. */
    "approve:retention": z.array(team),
    /** Rights that were not there before. */
    "approve:iam": z.array(team),
    /** Another size of a database. */
    "approve:tier": z.array(team),
    /** Going past a guard in an emergency, with two people and a reason. */
    emergency: z.array(team),
  }),
});

/** How changes reach environments, as `delivery.ts` says it. */
export type DeliveryFile = z.infer<typeof deliverySchema>;

/** How changes reach environments, valid, with the pack of each. */
export interface Delivery extends Omit<DeliveryFile, "environments"> {
  readonly environments: Readonly<Record<string, EnvironmentRules>>;
  /** The pack of every environment that the code has, also of those without rules here. */
  readonly packs: Readonly<Record<string, Pack>>;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
