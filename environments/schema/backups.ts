import { z } from "zod";
import { atlasRegion, duration, text } from "../fields";

const keptDays = z.strictObject({
  /** How long each is kept. */
  keep: duration("day"),
});
const keptWeeks = z.strictObject({
  /** How long each is kept. */
  keep: duration("day", "week"),
});
const keptMonths = z.strictObject({
  /** How long each is kept. */
  keep: duration("month"),
});
const keptYears = z.strictObject({
  /** How long each is kept. */
  keep: duration("year"),
});
const keptLong = z.strictObject({
  /** How long each is kept. */
  keep: duration("month", "year"),
});

/** Which snapshots are taken, and how long each is kept. */
export const backups = z.strictObject({
  /** Snapshots through the day: every 1, 2, 4, 6, 8 or 12 hours. */
  hourly: z.strictObject({
    /** Hours from one to the next. */
    every: duration("hour"),
    /** How long each is kept. */
    keep: duration("day"),
  }),
  /** One snapshot a day. */
  daily: keptDays,
  /** One a week; kept at least 7 days, and no shorter than the daily ones. */
  weekly: keptWeeks,
  /** One a month; kept at least 31 days, and no shorter than the weekly ones. */
  monthly: keptMonths,
  /** One a year, or `"none"`. */
  yearly: z.union([z.literal("none"), keptYears], { error: '"none", or { keep: "7 years" }' }),
  /** How far back any moment can be restored; no longer than the hourly snapshots are kept. Needs `pointInTime`. */
  restoreWindow: duration("day"),
  /** Region that gets a copy of every snapshot, or `"none"`. */
  copyTo: z.union([z.literal("none"), atlasRegion], {
    error: '"none", or an Atlas region other than the cluster\'s',
  }),
  /** Snapshots that leave Atlas for a bucket of this environment, once a month; `"none"` for none. */
  exports: z.union([z.literal("none"), keptLong], {
    error: '"none", or { keep: "7 years" }',
  }),
  /**
   * A Backup Compliance Policy, which nobody can take back or loosen without MongoDB's support. It repeats the schedule
   * as the least that must be kept.
   */
  compliance: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** That this can't be undone is known, and who answers for it. */
        irreversible: z.strictObject({
          /** Who signed it off. */
          signedOffBy: text(/^[^\n\r]{1,100}$/, "one line, at most 100 characters"),
          /** Where that is written: a ticket, a minute. */
          reference: text(/^[^\n\r]{1,200}$/, "one line, at most 200 characters"),
        }),
        /** Whom MongoDB's support asks. */
        authorised: z.strictObject({
          /** Address at work. */
          email: z.email({ error: "an e-mail address" }),
          /** Given name. */
          firstName: text(/^[^\n\r]{1,60}$/, "one line, at most 60 characters"),
          /** Family name. */
          lastName: text(/^[^\n\r]{1,60}$/, "one line, at most 60 characters"),
        }),
      }),
    ],
    { error: '"none", or { irreversible, authorised }' },
  ),
});
export type Backups = z.infer<typeof backups>;
