import fc from "fast-check";
import { type Duration, googleDuration, inDays, inSeconds, parts } from "./units";

describe("durations", () => {
  test.each<[Duration, number]>([
    ["1 second", 1],
    ["5 minutes", 300],
    ["6 hours", 21_600],
    ["30 days", 2_592_000],
    ["8 weeks", 4_838_400],
  ])("%s is %d seconds", (duration, seconds) => {
    expect(inSeconds(duration)).toBe(seconds);
    expect(googleDuration(duration)).toBe(`${seconds}s`);
  });

  test("a month and a year are never shorter than what was promised", () => {
    expect(inDays("1 month")).toBe(31);
    expect(inDays("1 year")).toBe(366);
  });

  test("amount and unit come back as they were written, in the singular or the plural", () => {
    const units = ["second", "minute", "hour", "day", "week", "month", "year"] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom(...units),
        fc.boolean(),
        (amount, unit, many) => {
          expect(parts(`${amount} ${unit}${many ? "s" : ""}`)).toEqual({ amount, unit });
        },
      ),
    );
  });
});
