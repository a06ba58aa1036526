import { lockInfoOf } from "./lock-info";
import type { Diagnostic } from "./messages";

const staleSummaries = ["Saved plan is stale", "Saved plan does not match the given state"];

/** The state was changed after the plan was made. */
export function isStalePlan(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ summary }) => staleSummaries.includes(summary));
}

const initSummaries =
  /^(Backend initialization required|Required plugins are not installed|Inconsistent dependency lock file)/;

/** What `terraform init` made no longer fits. */
export function needsInit(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ summary }) => initSummaries.test(summary));
}

/**
 * Somebody held the state's lock for a moment, and Terraform gave up at once, whatever its lock timeout. The gcs backend
 * does so when the lock is given back just when it asks who holds it (a refused lock is one request, its holder
 * another), and when two make the first state of a stack.
 */
export function missedLock(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    (one) =>
      (one.summary === "Error acquiring the state lock" && lockInfoOf([one]) === undefined) ||
      /^error loading state: .*\.tflock" failed: .*412/i.test(one.summary),
  );
}
