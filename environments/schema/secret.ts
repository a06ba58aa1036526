import { z } from "zod";
import { duration, text } from "../fields";

/** A secret's container. */
export const secret = z.strictObject({
  /** What it is for. */
  purpose: text(/^[^\n\r]{1,200}$/, "one line, at most 200 characters"),
  /** Google refuses to delete it. To delete it, first apply `false`, then remove it. */
  protected: z.boolean({ error: "true or false" }),
  /** Its owner is asked for a new value so often; `"none"` never asks. */
  rotation: z.union([z.literal("none"), duration("day")], {
    error: '"none", or a span of time such as "90 days"',
  }),
});
