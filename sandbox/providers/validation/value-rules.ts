import type { AttributeFacts } from "../../schemas/model";
import { ipProblem } from "./addresses";
import { matches } from "./patterns";

/**
 * What the recorded facts say is wrong with a value: `field` in the reader's words, what was found and what is
 * allowed; undefined when nothing is.
 */
export function ruleProblem(
  facts: AttributeFacts,
  value: unknown,
  key: string,
  ignoreCase = false,
): string | undefined {
  if (typeof value === "number") return numberProblem(facts, value, key);
  if (typeof value === "string") return textProblem(facts, value, key, ignoreCase);
  return undefined;
}

function numberProblem(facts: AttributeFacts, value: number, key: string): string | undefined {
  const { enum: allowed, range } = facts;
  if (allowed && !allowed.some((one) => Number(one) === value)) {
    return `expected ${key} to be one of ${list(allowed)}, got ${value}`;
  }
  const least = facts.min ?? range?.[0];
  const most = facts.max ?? range?.[1];
  if (least !== undefined && most !== undefined && (value < least || value > most)) {
    return `expected ${key} to be in the range (${least} - ${most}), got ${value}`;
  }
  if (least !== undefined && value < least) return `expected ${key} to be at least (${least}), got ${value}`;
  if (most !== undefined && value > most) return `expected ${key} to be at most (${most}), got ${value}`;
  return undefined;
}

function textProblem(
  facts: AttributeFacts,
  value: string,
  key: string,
  ignoreCase: boolean,
): string | undefined {
  const { enum: allowed, length, regex, format } = facts;
  const form = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (allowed && !allowed.some((one) => form(String(one)) === form(value))) {
    return `expected ${key} to be one of ${list(allowed)}, got ${value}`;
  }
  if (length) {
    const size = Buffer.byteLength(value);
    if (size < length[0] || size > length[1]) {
      return `expected length of ${key} to be in the range (${length[0]} - ${length[1]}), got ${value}`;
    }
  }
  if (regex && !matches(regex, value)) {
    return `"${key}" ("${value}") doesn't match regexp "${regex}"`;
  }
  return format ? ipProblem(format, value, key) : undefined;
}

function list(allowed: readonly (string | number)[]): string {
  return `[${allowed.map((one) => JSON.stringify(String(one))).join(" ")}]`;
}
