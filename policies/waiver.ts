import { type RuleId, ruleIds } from "./packs";
import type { Violation } from "./rule";

/** A date: `2027-01-31`. */
export type CalendarDate = `${number}-${number}-${number}`;

/** A rule that is set aside for something, by somebody, for a reason, until a day. */
export interface Waiver {
  readonly rule: RuleId;
  /** The stacks in which it holds: `prod-data`. */
  readonly stacks: readonly string[];
  /** Address of the resource; `*` stands for any letters. @default - whatever the rule finds in these stacks */
  readonly address?: string;
  /** @default - every attribute */
  readonly attribute?: string;
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** Why, for the reader who asks in half a year: at least 20 letters. */
  readonly reason: string;
  /** The last day on which it holds, UTC; after it, the waiver itself is an error. */
  readonly expires: CalendarDate;
}

/** Longest time that a waiver may hold from today. */
const longestDays = 366;

/** What is wrong with a waiver; nothing when it holds. */
export function waiverProblem(waiver: Waiver, today: string): { found: string; todo: string } | undefined {
  const { rule, stacks, owner, reason, expires } = waiver;
  if (!ruleIds.includes(rule)) return { found: `${rule}, which is no rule`, todo: "name one" };
  if (stacks.length === 0) return { found: "no stacks", todo: "name the stacks in which it holds" };
  if (owner.trim() === "") return { found: "no owner", todo: "say who answers for it" };
  if (reason.trim().length < 20) return { found: "no reason to speak of", todo: "say why, in a sentence" };
  if (!isDate(expires)) return { found: `the expiry ${expires}`, todo: "write a day, such as 2027-01-31" };
  if (expires < today) {
    return {
      found: `expired on ${expires} (${owner}: ${reason})`,
      todo: "fix what it waives, or let its owner give it a new day and a reason that holds",
    };
  }
  if (daysBetween(today, expires) > longestDays) {
    return { found: `holds until ${expires}`, todo: "let it hold for a year at most" };
  }
  return undefined;
}

/** Whether a waiver is about a violation. */
export function waives(waiver: Waiver, rule: string, violation: Violation): boolean {
  return (
    waiver.rule === rule &&
    waiver.stacks.includes(violation.stack) &&
    (waiver.address === undefined || matches(waiver.address, violation.address ?? "")) &&
    (waiver.attribute === undefined || waiver.attribute === violation.attribute)
  );
}

function matches(pattern: string, address: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
