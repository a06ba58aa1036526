import type { BlockSchema } from "../schemas/model";
import type { Diagnostic } from "../values/diagnostic";
import { pathMessage } from "./attribute-paths";
import type { SentDiagnostic } from "./messages";

const SEVERITY = { error: 1, warning: 2 } as const;
const NO_SCHEMA: BlockSchema = { attributes: {}, blocks: {} };

/** Diagnostics as the protocol carries them; the schema tells what the steps of a path are. */
export function diagnosticMessages(diagnostics: Diagnostic[], block = NO_SCHEMA): SentDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: SEVERITY[severity],
    summary,
    detail: detail ?? "",
    attribute: path === undefined || path.length === 0 ? undefined : pathMessage(path, block),
  }));
}
