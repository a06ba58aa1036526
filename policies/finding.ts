import type { RuleId, Severity } from "./packs";
import type { Violation } from "./rule";
import type { Waiver } from "./waiver";

/** A violation, as people and programs read it. */
export interface Finding extends Violation {
  /** The rule's number; `waiver` where an entry of `policies/waivers.ts` itself is the problem. */
  readonly rule: RuleId | "waiver";
  readonly title: string;
  readonly mapsTo: readonly string[];
  readonly environment: string;
  readonly severity: Exclude<Severity, "off">;
  /** `open` stands in the way (an error) or is told (a warning); the other two are settled. */
  readonly state: "open" | "waived" | "approved";
  /** Set when it is waived. */
  readonly waiver?: Waiver;
  /** Who approved, when it is approved. */
  readonly approvedBy?: readonly string[];
}

/** How one rule came out in one environment. */
export interface Outcome {
  readonly rule: RuleId;
  readonly environment: string;
  readonly result: "compliant" | "non-compliant" | "not applicable" | "not checked" | "off";
  /** Set when it was not checked. */
  readonly why?: string;
}

/** What the rules say. */
export interface CheckResult {
  /** Errors first, then by environment, rule and address. */
  readonly findings: readonly Finding[];
  /** Every rule in every environment. */
  readonly outcomes: readonly Outcome[];
}

/** The findings that stand in the way. */
export function openErrors(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity, state }) => severity === "error" && state === "open");
}

/** One finding in one line: what, where, and what to do. */
export function findingText({ rule, stack, address, attribute, found, todo }: Finding): string {
  const where = [stack, address, attribute].filter((one) => one !== undefined).join(" ");
  return `${rule} ${where}: ${found}; ${todo}`;
}
