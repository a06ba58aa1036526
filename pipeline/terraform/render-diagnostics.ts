import type { Colours } from "../console/console";
import type { Diagnostic } from "./messages";

/** The first error in one line. */
export function firstError(diagnostics: readonly Diagnostic[]): string {
  const error = diagnostics.find(({ severity }) => severity === "error");
  return error?.summary.split("\n")[0] ?? "failed";
}

/** Terraform's errors and warnings in Terraform's words, errors first, one line per element. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], colours: Colours): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  return [...errors, ...warnings].flatMap(({ severity, summary, detail, address, range }) => {
    const label = severity === "error" ? colours.red("Error:") : colours.yellow("Warning:");
    const [headline = "", ...more] = summary.split("\n");
    const where = address ?? (range ? `${range.filename}:${range.start.line}` : undefined);
    return [
      `${label} ${headline}`,
      ...(where === undefined ? [] : [`  in ${where}`]),
      ...[...more, ...detail.split("\n")].filter((line) => line.trim() !== "").map((line) => `  ${line}`),
    ];
  });
}
