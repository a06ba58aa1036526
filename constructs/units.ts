type Plural<Unit extends string> = Unit | `${Unit}s`;

/** A unit of time. A month has 31 days and a year 366 where days are counted: never less than was promised. */
export type TimeUnit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** A span of time with its unit in sight: `"30 days"`, `"6 hours"`. */
export type Duration = `${number} ${Plural<TimeUnit>}`;

const secondsIn: Record<TimeUnit, number> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 31 * 86_400,
  year: 366 * 86_400,
};

/** Amount and unit of a span of time. */
export function parts(duration: Duration): { amount: number; unit: TimeUnit } {
  const [amount = "", unit = ""] = duration.split(" ");
  return { amount: Number(amount), unit: unit.replace(/s$/, "") as TimeUnit };
}

/** Whole seconds. */
export function inSeconds(duration: Duration): number {
  const { amount, unit } = parts(duration);
  return amount * secondsIn[unit];
}

/** Days; a fraction below one day. */
export function inDays(duration: Duration): number {
  return inSeconds(duration) / secondsIn.day;
}

/** `"300s"`, as Google's APIs write a duration. */
export function googleDuration(duration: Duration): string {
  return `${inSeconds(duration)}s`;
}
