import { type Duration, inDays, parts } from "../units";

/** How long a snapshot is kept, as Atlas counts it. */
export interface Retention {
  readonly retentionUnit: "days" | "weeks" | "months" | "years";
  readonly retentionValue: number;
}

/** In the plan's own unit where Atlas has it, else in days. */
export function retention(keep: Duration): Retention {
  const { amount, unit } = parts(keep);
  switch (unit) {
    case "day":
    case "week":
    case "month":
    case "year":
      return { retentionUnit: `${unit}s`, retentionValue: amount };
    default:
      return { retentionUnit: "days", retentionValue: inDays(keep) };
  }
}

/** Once a day, on Saturday, on the last day of the month, in December. Atlas counts: 1 is Monday, 40 is the last day. */
export const intervals = { daily: 1, weekly: 6, monthly: 40, yearly: 12 } as const;
