/** What a clock on the wall shows. */
export interface ClockTime {
  /** `2026-10-25`. */
  readonly date: string;
  /** Minutes since midnight, as the clock shows them. */
  readonly minute: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The clock of one place, daylight saving included. Moments are milliseconds since 1970, UTC. */
export class Clock {
  private readonly format: Intl.DateTimeFormat;

  private static readonly clocks = new Map<string, Clock>();

  /** @param tz IANA name, `Europe/Berlin` */
  static of(tz: string): Clock {
    const clock = Clock.clocks.get(tz) ?? new Clock(tz);
    Clock.clocks.set(tz, clock);
    return clock;
  }

  private constructor(readonly tz: string) {
    this.format = new Intl.DateTimeFormat("en-CA", {
      timeZone: tz,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  }

  /** What it shows at a moment. */
  at(moment: number): ClockTime {
    const parts: Record<string, string> = {};
    for (const { type, value } of this.format.formatToParts(moment)) parts[type] = value;
    const { year, month, day, hour, minute } = parts;
    return { date: `${year}-${month}-${day}`, minute: Number(hour) * 60 + Number(minute) };
  }

  /** The moments at which it shows a time: none in an hour that is missing, two in one that comes twice. */
  moments(date: string, minute: number): number[] {
    return this.candidates(date, minute).filter((moment) => {
      const shown = this.at(moment);
      return shown.date === date && shown.minute === minute;
    });
  }

  /** The first and the last moment that can be meant by a time; for a missing one, around the gap. */
  span(date: string, minute: number): { first: number; last: number } {
    const exact = this.moments(date, minute);
    const moments = exact.length > 0 ? exact : this.candidates(date, minute);
    return { first: Math.min(...moments), last: Math.max(...moments) };
  }

  /** The moment between two at which its offset changes; nothing when it does not. */
  changeBetween(from: number, to: number): number | undefined {
    if (this.offset(from) === this.offset(to)) return undefined;
    let [before, after] = [from, to];
    while (after - before > minuteMs) {
      const middle = Math.floor((before + after) / 2 / minuteMs) * minuteMs;
      if (middle <= before) break;
      if (this.offset(middle) === this.offset(from)) before = middle;
      else after = middle;
    }
    return after;
  }

  /** `Monday 2027-01-04 08:00 (Europe/Berlin)`. */
  text(moment: number): string {
    const { date, minute } = this.at(moment);
    const day = weekdayOf(date);
    const time = `${padded(Math.floor(minute / 60))}:${padded(minute % 60)}`;
    return `${day[0]?.toUpperCase()}${day.slice(1)} ${date} ${time} (${this.tz})`;
  }

  /** Zones change their offset by a few hours at most, so a day before and a day after tell every possible one. */
  private candidates(date: string, minute: number): number[] {
    const asUtc = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
    const offsets = new Set([this.offset(asUtc - dayMs), this.offset(asUtc + dayMs)]);
    return [...offsets].map((offset) => asUtc - offset);
  }

  /** Milliseconds by which it is ahead of UTC. */
  private offset(moment: number): number {
    const whole = Math.floor(moment / minuteMs) * minuteMs;
    const { date, minute } = this.at(whole);
    return Date.parse(`${date}T00:00:00Z`) + minute * minuteMs - whole;
  }
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** `monday`. */
export function weekdayOf(date: string): (typeof weekdays)[number] {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] as (typeof weekdays)[number];
}

/** The date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

function padded(number: number): string {
  return String(number).padStart(2, "0");
}
