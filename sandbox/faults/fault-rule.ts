import { type Problem, UserError } from "@groundwork/user-error";

/** What Terraform asks of a provider, as far as a fault can be put there. */
export const OPERATIONS = ["validate", "plan", "create", "read", "update", "delete", "import"] as const;
export type Operation = (typeof OPERATIONS)[number];

export type FaultEffect =
  /** The API refuses with an HTTP status (429, 503, …); nothing was done. */
  | { kind: "error"; status: number }
  /** The operation starts later, by so many milliseconds. */
  | { kind: "latency"; milliseconds: number }
  /** The operation succeeds, its answer comes later, by so many milliseconds. */
  | { kind: "slow-answer"; milliseconds: number }
  /** The provider gives up waiting after so many milliseconds; nothing was done. */
  | { kind: "timeout"; milliseconds: number }
  /** The operation succeeds, its answer is lost on the way: Terraform sees an error. */
  | { kind: "answer-lost" }
  /** An object that was just created is not found by so many reads. */
  | { kind: "late"; reads: number };

/** One kind of trouble, and when it strikes. Of several rules that match, all apply, in their order. */
export interface FaultRule {
  /** Resource type; `*` stands for any characters. @default "*" */
  type?: string;
  /** @default - every operation that the effect can strike */
  operations?: Operation[];
  effect: FaultEffect;
  /** Share of the matching calls that are struck, 0 to 1. @default 1 */
  rate?: number;
  /** Strikes so many times, then no more. @default - without end */
  times?: number;
  /** Decides, with {@link rate}, which calls are struck: the same numbers for the same seed. @default 1 */
  seed?: number;
}

type Check = (value: unknown) => boolean;

const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1e9;
const EFFECTS: { [kind in FaultEffect["kind"]]: { [field: string]: { check: Check; expected: string } } } = {
  error: {
    status: {
      check: (value) => Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599,
      expected: "an HTTP status from 400 to 599",
    },
  },
  latency: { milliseconds: { check: isCount, expected: "a number of milliseconds" } },
  "slow-answer": { milliseconds: { check: isCount, expected: "a number of milliseconds" } },
  timeout: { milliseconds: { check: isCount, expected: "a number of milliseconds" } },
  "answer-lost": {},
  late: { reads: { check: isCount, expected: "a number of reads" } },
};

const FIELDS: { [field in Exclude<keyof FaultRule, "effect">]-?: { check: Check; expected: string } } = {
  type: {
    check: (value) => typeof value === "string" && /^[a-z0-9_*]+$/.test(value),
    expected: "a resource type, in which * stands for any characters",
  },
  operations: {
    check: (value) => Array.isArray(value) && value.every((one) => OPERATIONS.includes(one)),
    expected: `a list of ${OPERATIONS.join(", ")}`,
  },
  rate: {
    check: (value) => typeof value === "number" && value >= 0 && value <= 1,
    expected: "a number from 0 to 1",
  },
  times: { check: isCount, expected: "a whole number" },
  seed: { check: isCount, expected: "a whole number" },
};

/**
 * A rule from the command line or a file.
 *
 * @throws {UserError} with everything that is wrong in it
 */
export function parseFaultRule(value: unknown): FaultRule {
  const problems: Problem[] = [];
  const { effect, ...rest } = record(value, "fault", problems);
  const { kind, ...parameters } = record(effect, "fault.effect", problems);
  checkFields(rest, FIELDS, "fault", false, problems);
  const known = Object.hasOwn(EFFECTS, String(kind)) ? EFFECTS[kind as FaultEffect["kind"]] : undefined;
  if (known === undefined) {
    const expected = `one of ${Object.keys(EFFECTS).join(", ")}`;
    problems.push({ field: "fault.effect.kind", found: shown(kind), expected });
  } else {
    checkFields(parameters, known, "fault.effect", true, problems);
  }
  if (problems.length > 0) throw new UserError("This fault can't be injected.", problems);
  return value as FaultRule;
}

function checkFields(
  values: { [field: string]: unknown },
  known: { [field: string]: { check: Check; expected: string } },
  path: string,
  required: boolean,
  problems: Problem[],
): void {
  for (const field of Object.keys(values)) {
    if (Object.hasOwn(known, field)) continue;
    const expected = `one of ${Object.keys(known).join(", ") || "nothing"}`;
    problems.push({ field: `${path}.${field}`, found: "an unknown field", expected });
  }
  for (const [field, { check, expected }] of Object.entries(known)) {
    const value = values[field];
    if (value === undefined ? required : !check(value)) {
      problems.push({ field: `${path}.${field}`, found: shown(value), expected });
    }
  }
}

function record(value: unknown, field: string, problems: Problem[]): { [field: string]: unknown } {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  problems.push({ field, found: shown(value), expected: "an object" });
  return {};
}

const shown = (value: unknown): string =>
  value === undefined ? "nothing" : JSON.stringify(value).slice(0, 100);
