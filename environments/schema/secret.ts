import { z } from "zod";
import { duration, text } from "../fields";

/** A secret's container. */
export const secret = z.strictObject({
  /** What it is for. */
  purpose: text(/^[^\n\r]{1,200}$/, "one line, at most 200 characters"),
  /** Google refuses to delete it. To delete it, first apply `false`, then remove it. */
  protected: z.boolean({ error: "true or false" }),
  /** Its owner is told when it is due for a new value; `"none"` never tells. */
  rotation: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** From one time to the next. */
        every: duration("day"),
        /** The first time, in UTC, and in the future when it is applied first. */
        from: z.iso.datetime({ error: "a time in UTC such as 2027-01-04T09:00:00Z" }),
      }),
    ],
    { error: '"none", or { every: "90 days", from: "2027-01-04T09:00:00Z" }' },
  ),
});
