import type { Problem } from "@groundwork/user-error";
import { check, checkName } from "../problems";

/** How much one calling project may spend. Calls are counted by the project of their API key. */
export interface Quota {
  /** Units a minute and calling project, at least 1. */
  readonly perMinute: number;
  /** Name that people read. @default - the quota's own name */
  readonly title?: string;
}

/** What one call spends, by quota: `{ reads: 1 }`. */
export type Costs = Readonly<Record<string, number>>;

/** What is wrong with quotas. @see https://cloud.google.com/endpoints/docs/openapi/quotas-configure */
export function quotaProblems(quotas: Readonly<Record<string, Quota>>): (Problem | undefined)[] {
  return Object.entries(quotas).flatMap(([name, { perMinute }]) => [
    checkName(name, /^[A-Za-z][\w-]{0,62}$/, `quotas.${name}`, "letters, digits, hyphens and underscores"),
    check(
      Number.isSafeInteger(perMinute) && perMinute >= 1,
      `quotas.${name}.perMinute`,
      perMinute,
      "a whole number of at least 1",
    ),
  ]);
}

/** What is wrong with the costs of one operation. */
export function costProblems(
  costs: Costs,
  field: string,
  quotas: Readonly<Record<string, Quota>>,
  demandsKey: boolean,
): (Problem | undefined)[] {
  const names = Object.keys(costs);
  return [
    ...names.flatMap((name) => [
      check(
        Object.hasOwn(quotas, name),
        `${field}.${name}`,
        name,
        `a quota: ${Object.keys(quotas).join(", ") || "there is none"}`,
      ),
      check(
        Number.isSafeInteger(costs[name]) && (costs[name] ?? 0) >= 1,
        `${field}.${name}`,
        costs[name],
        "a whole number of at least 1",
      ),
    ]),
    check(
      names.length === 0 || demandsKey,
      field,
      names.join(", "),
      "an API key on the operation: quotas are counted by the key's project, without one they never apply",
    ),
  ];
}
