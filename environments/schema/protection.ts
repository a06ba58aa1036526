import { z } from "zod";
import { duration, oneOf, region, whole } from "../fields";

/** Keys of our own for what is stored, instead of Google's and Atlas's. */
export const encryption = z.union(
  [
    z.literal("google"),
    z.strictObject({
      /** A new key version after this time, at most 90 days; the old ones stay readable. */
      rotation: duration("day"),
    }),
  ],
  { error: '"google", or { rotation: "90 days" }' },
);

/** What a month may cost; `"none"` watches nothing. */
export const budget = z.union(
  [
    z.literal("none"),
    z.strictObject({
      /** Whole units of the currency, for the whole project. */
      amount: whole(1, 10_000_000),
      /** The billing account's currency. */
      currency: oneOf("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CAD", "AUD", "JPY", "INR"),
    }),
  ],
  { error: '"none", or { amount, currency }' },
);

/** Organisation policies on the project: what even an administrator can't do by mistake; `"none"` where the organisation sets its own. */
export const guard = z.union(
  [
    z.literal("none"),
    z.strictObject({
      /** Regions where anything may be made. */
      regions: z.array(region).min(1, { error: "at least one region" }),
    }),
  ],
  { error: '"none", or { regions }' },
);
