import type { Console } from "../console/console";
import type { Diagnostic } from "../terraform/messages";

/** What Terraform says of a stack that failed, for the list of a workflow run's errors. */
export function annotateStack(console: Console, stack: string, diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const text = errors.map(({ summary, detail }) => (detail ? `${summary}: ${detail}` : summary));
  if (text.length > 0) console.annotate(stack, text.join("\n"));
}
