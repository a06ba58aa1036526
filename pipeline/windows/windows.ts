import type { Windows } from "../../environments/delivery-schema";
import { addDays, Clock, weekdayOf } from "./clock";

/** Whether changes may be made at a moment. */
export type WindowVerdict =
  | {
      readonly open: true;
      /** When it closes, UTC, ISO 8601; without it, not in the foreseeable future. */
      readonly closes?: string;
    }
  | {
      readonly open: false;
      /** Everything that keeps it closed, as sentences. */
      readonly reasons: readonly string[];
      /** When it opens next, UTC, ISO 8601; without it, not in the foreseeable future. */
      readonly opens?: string;
      /** The same for people: `Monday 2027-01-04 08:00 (Europe/Berlin)`. */
      readonly opensLocally?: string;
    };

/**
 * Whether a moment lies in a deployment window and in no freeze.
 *
 * A window is a time on the clock on the wall: an hour that comes twice in autumn is inside both times, one that is
 * missing in spring never comes. A freeze is one stretch of time, from the first moment that its beginning can mean to
 * the last one that its end can mean.
 *
 * @param now UTC
 */
export function windowAt(windows: Windows, now: Date): WindowVerdict {
  const search = new Search(windows);
  const moment = now.getTime();
  if (search.isOpen(moment)) {
    const closes = search.next(moment, false);
    return { open: true, ...(closes === undefined ? {} : { closes: isoText(closes) }) };
  }
  const opens = search.next(moment, true);
  return {
    open: false,
    reasons: search.reasons(moment),
    ...(opens === undefined ? {} : { opens: isoText(opens), opensLocally: search.clock.text(opens) }),
  };
}

/** Whether changes may be made at a moment; the same as `windowAt` says, without looking ahead. */
export function isOpenAt(windows: Windows, now: Date): boolean {
  return new Search(windows).isOpen(now.getTime());
}

interface Freeze {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly reason: string;
}

/** How far ahead is looked where no freeze is: every weekday comes twice, one of them without a missing hour. */
const daysAhead = 15;

class Search {
  readonly clock: Clock;
  private readonly freezes: readonly Freeze[];

  constructor(private readonly windows: Windows) {
    this.clock = Clock.of(windows.tz);
    this.freezes = windows.freezes.map(({ from, to, reason }) => {
      const [firstDay = "", startTime = "00:00"] = from.split("T");
      const [lastDay = "", endTime = "24:00"] = to.split("T");
      return {
        start: this.clock.span(firstDay, minutesOf(startTime)).first,
        end: (endTime === "24:00"
          ? this.clock.span(addDays(lastDay, 1), 0)
          : this.clock.span(lastDay, minutesOf(endTime))
        ).last,
        reason,
      };
    });
  }

  isOpen(moment: number): boolean {
    return this.isAllowed(moment) && this.freezesAt(moment).length === 0;
  }

  reasons(moment: number): string[] {
    const frozen = this.freezesAt(moment).map(
      ({ end, reason }) => `Nothing is changed until ${this.clock.text(end)}: ${reason}`,
    );
    if (this.isAllowed(moment)) return frozen;
    const hours = this.windows.allow.map(({ days, from, to }) => `${days.join(", ")} ${from} to ${to}`);
    return [...frozen, `It is ${this.clock.text(moment)}; changes are made ${hours.join("; ")}.`];
  }

  /** The first moment after this one at which it is open, or closed. */
  next(after: number, open: boolean): number | undefined {
    const edges = this.freezes
      .flatMap(({ start, end }) => [start, end])
      .filter((edge) => edge > after)
      .sort((a, b) => a - b);
    // From each edge of a freeze on, one search is enough: without freezes the week repeats itself.
    for (const from of [after, ...edges]) {
      if (from !== after && this.isOpen(from) === open) return from;
      const found = this.nextInWeek(from, open);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private nextInWeek(after: number, open: boolean): number | undefined {
    const times = new Set([0, ...this.windows.allow.flatMap(({ from, to }) => [from, to]).map(minutesOf)]);
    const first = this.clock.at(after).date;
    for (let day = 0; day <= daysAhead; day++) {
      const date = addDays(first, day);
      const midnight = this.clock.span(date, 0).first;
      const end = this.clock.span(addDays(date, 1), 0).last;
      const change = this.clock.changeBetween(midnight, end);
      const found = [
        ...[...times].filter((minute) => minute < 1440).flatMap((minute) => this.clock.moments(date, minute)),
        ...(change === undefined ? [] : [change]),
        ...this.freezes.flatMap((freeze) => [freeze.start, freeze.end]).filter((edge) => edge < end),
      ]
        .filter((moment) => moment > after)
        .sort((a, b) => a - b)
        .find((moment) => this.isOpen(moment) === open);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private isAllowed(moment: number): boolean {
    if (this.windows.allow.length === 0) return true;
    const { date, minute } = this.clock.at(moment);
    const today = weekdayOf(date);
    const yesterday = weekdayOf(addDays(date, -1));
    return this.windows.allow.some(({ days, from, to }) => {
      const [start, end] = [minutesOf(from), minutesOf(to)];
      if (start < end) return days.includes(today) && minute >= start && minute < end;
      return (days.includes(today) && minute >= start) || (days.includes(yesterday) && minute < end);
    });
  }

  private freezesAt(moment: number): Freeze[] {
    return this.freezes.filter(({ start, end }) => start <= moment && moment < end);
  }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function isoText(moment: number): string {
  return new Date(moment).toISOString().replace(".000Z", "Z");
}
