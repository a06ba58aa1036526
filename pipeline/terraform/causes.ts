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
