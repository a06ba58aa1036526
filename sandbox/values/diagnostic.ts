import type { ValuePath } from "./value";

/** An error or warning as Terraform shows it. */
export interface Diagnostic {
  severity: "error" | "warning";
  summary: string;
  /** @default "" */
  detail?: string;
  /** The attribute concerned, where the real provider names one. */
  path?: ValuePath;
}
