import fc from "fast-check";
import type { Windows } from "../../environments/delivery-schema";
import { isOpenAt, windowAt } from "./windows";

const berlin: Windows = {
  tz: "Europe/Berlin",
  allow: [
    { days: ["monday", "tuesday", "wednesday", "thursday"], from: "08:00", to: "17:00" },
    { days: ["friday"], from: "22:00", to: "02:30" },
  ],
  freezes: [{ from: "2026-12-18", to: "2027-01-03", reason: "Christmas trade." }],
};
const at = (time: string, windows = berlin) => windowAt(windows, new Date(time));

describe("deployment windows", () => {
  test.each([
    ["a Monday morning in winter", "2026-11-23T07:00:00Z", true],
    ["a minute before", "2026-11-23T06:59:59Z", false],
    ["the same clock time in summer, an hour earlier in UTC", "2026-07-06T06:00:00Z", true],
    ["the end is exclusive", "2026-11-23T16:00:00Z", false],
    ["Friday night", "2026-11-27T22:00:00Z", true],
    ["after midnight, still Friday's window", "2026-11-28T01:29:00Z", true],
    ["Saturday morning", "2026-11-28T01:30:00Z", false],
    ["the first moment of a freeze", "2026-12-17T23:00:00Z", false],
    ["the last day of a freeze", "2027-01-03T22:59:00Z", false],
  ])("GIVEN %s WHEN asked THEN it is told", (_what, time, open) => {
    expect(at(time).open).toBe(open);
  });

  test("GIVEN a closed window THEN it says why, and when it opens next, past a freeze and a weekend", () => {
    expect(at("2026-12-19T10:00:00Z")).toEqual({
      open: false,
      reasons: [
        "Nothing is changed until Monday 2027-01-04 00:00 (Europe/Berlin): Christmas trade.",
        "It is Saturday 2026-12-19 11:00 (Europe/Berlin); changes are made monday, tuesday, wednesday, thursday 08:00 to 17:00; friday 22:00 to 02:30.",
      ],
      opens: "2027-01-04T07:00:00Z",
      opensLocally: "Monday 2027-01-04 08:00 (Europe/Berlin)",
    });
  });

  test("GIVEN an open window THEN it says when it closes, also for a freeze in the middle", () => {
    expect(at("2026-11-23T08:00:00Z")).toEqual({ open: true, closes: "2026-11-23T16:00:00Z" });
    const soon = { ...berlin, freezes: [{ from: "2026-11-23T12:00", to: "2026-11-24", reason: "Move." }] };
    expect(at("2026-11-23T08:00:00Z", soon)).toEqual({ open: true, closes: "2026-11-23T11:00:00Z" });
  });

  test("GIVEN no windows THEN it is open but for freezes; GIVEN a freeze without end in sight THEN it still opens", () => {
    const always = { ...berlin, allow: [] };
    expect(at("2026-11-28T03:00:00Z", always)).toMatchObject({ open: true, closes: "2026-12-17T23:00:00Z" });
    expect(at("2026-11-28T03:00:00Z", { ...always, freezes: [] })).toEqual({ open: true });
    expect(at("2026-12-20T03:00:00Z", always)).toMatchObject({ opens: "2027-01-03T23:00:00Z" });
  });

  test("GIVEN an hour that is missing in spring THEN a window inside it does not come that day", () => {
    const night: Windows = {
      tz: "Europe/Berlin",
      allow: [{ days: ["sunday"], from: "02:15", to: "02:45" }],
      freezes: [],
    };
    expect(at("2027-03-28T00:00:00Z", night)).toMatchObject({ opens: "2027-04-04T00:15:00Z" });
  });

  test("GIVEN an hour that comes twice in autumn THEN a window inside it comes twice", () => {
    const night: Windows = {
      tz: "Europe/Berlin",
      allow: [{ days: ["sunday"], from: "02:15", to: "02:45" }],
      freezes: [],
    };
    expect(at("2026-10-25T00:20:00Z", night)).toEqual({ open: true, closes: "2026-10-25T00:45:00Z" });
    expect(at("2026-10-25T00:50:00Z", night)).toMatchObject({ opens: "2026-10-25T01:15:00Z" });
  });

  test("GIVEN a freeze that ends in an hour that comes twice THEN it lasts to the second time", () => {
    const windows: Windows = {
      tz: "Europe/Berlin",
      allow: [],
      freezes: [{ from: "2026-10-24", to: "2026-10-25T02:30", reason: "Move." }],
    };
    expect(at("2026-10-25T00:45:00Z", windows)).toMatchObject({ open: false, opens: "2026-10-25T01:30:00Z" });
  });
});

describe("whatever the windows and the moment", () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
    .map(([h, m]) => clock(h, m));
  const day = fc.constantFrom("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  const windows: fc.Arbitrary<Windows> = fc.record({
    // A place with daylight saving in each half of the world, one with a half-hour step, one without.
    tz: fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"),
    allow: fc.array(
      fc.record({
        days: fc.uniqueArray(day, { minLength: 1, maxLength: 3 }),
        from: time,
        to: fc.oneof(time, fc.constant("24:00")),
      }),
      { maxLength: 2 },
    ) as fc.Arbitrary<Windows["allow"]>,
    freezes: fc.array(
      fc.record({
        from: fc.constantFrom("2026-10-20", "2026-10-25T01:30", "2027-03-27"),
        to: fc.constantFrom("2026-10-25", "2026-11-02T02:00", "2027-03-28"),
        reason: fc.constant("Fuzzed."),
      }),
      { maxLength: 1 },
    ),
  });
  // Around the days on which clocks change.
  const moment = fc
    .tuple(
      fc.constantFrom(
        "2026-10-24T12:00Z",
        "2026-10-31T12:00Z",
        "2027-03-27T12:00Z",
        "2027-04-03T12:00Z",
        "2027-06-01T00:00Z",
      ),
      fc.integer({ min: 0, max: 72 * 4 }),
    )
    .map(([from, quarters]) => new Date(Date.parse(from) + quarters * 15 * 60_000));

  test("it opens when it says, not a quarter of an hour sooner, and closes when it says", () => {
    fc.assert(
      fc.property(windows, moment, (given, now) => {
        const verdict = windowAt(given, now);
        const turn = verdict.open ? verdict.closes : verdict.opens;
        if (turn === undefined) return;
        expect(isOpenAt(given, new Date(turn))).toBe(!verdict.open);
        expect(Date.parse(turn)).toBeGreaterThan(now.getTime());
        const before = Date.parse(turn) - 60_000;
        for (let t = now.getTime(); t <= before && t < now.getTime() + 86_400_000; t += 15 * 60_000) {
          expect(isOpenAt(given, new Date(t))).toBe(verdict.open);
        }
        expect(isOpenAt(given, new Date(Math.max(before, now.getTime())))).toBe(verdict.open);
      }),
      { numRuns: 40 },
    );
  });

  test("without freezes, it is open exactly when the clock on the wall shows a time in a window", () => {
    fc.assert(
      fc.property(windows, moment, (given, now) => {
        const unfrozen = { ...given, freezes: [] };
        expect(isOpenAt(unfrozen, now)).toBe(wallClockIsInside(unfrozen, now));
      }),
      { numRuns: 100 },
    );
  });
});

/** The same question, asked of Intl. */
function wallClockIsInside({ tz, allow }: Windows, now: Date): boolean {
  if (allow.length === 0) return true;
  const parts = (moment: Date) =>
    Object.fromEntries(
      new Intl.DateTimeFormat("en-GB", {
        timeZone: tz,
        weekday: "long",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      })
        .formatToParts(moment)
        .map(({ type, value }) => [type, value]),
    );
  const { weekday = "", hour = "", minute = "" } = parts(now);
  const time = `${hour}:${minute}`;
  const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
  const today = names.indexOf(weekday.toLowerCase() as "sunday");
  const has = (days: readonly string[], index: number) => days.includes(names[(index + 7) % 7] as string);
  return allow.some(({ days, from, to }) =>
    from < to
      ? has(days, today) && time >= from && time < to
      : (has(days, today) && time >= from) || (has(days, today - 1) && time < to),
  );
}

function clock(hours: number, minutes: number): string {
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
