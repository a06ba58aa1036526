/** One line of Terraform's machine-readable output. https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export interface Message {
  "@level": "debug" | "info" | "warn" | "error";
  "@message": string;
  type: string;
  diagnostic?: Diagnostic;
  changes?: ChangeSummary;
  hook?: { resource?: { addr: string; resource_type: string }; action?: string; elapsed_seconds?: number };
}

/** An error or a warning, as Terraform tells it. */
export interface Diagnostic {
  severity: "error" | "warning";
  summary: string;
  detail: string;
  /** Address of the resource it is about. */
  address?: string;
  /** Where in the configuration. */
  range?: { filename: string; start: { line: number; column: number } };
  snippet?: { context?: string | null; code: string };
}

/** What an operation changes or changed, by number of resources. A replacement is one added and one removed. */
export interface ChangeSummary {
  add: number;
  change: number;
  remove: number;
  import?: number;
  operation: "plan" | "apply" | "destroy";
}

/** Reads one line; undefined when it is no message (a warning about the CLI's own configuration, for instance). */
export function readMessage(line: string): Message | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const message: unknown = JSON.parse(line);
    const isMessage =
      typeof message === "object" && message !== null && "type" in message && "@message" in message;
    return isMessage ? (message as Message) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Errors and warnings in text for people, which `init`, `show` and `force-unlock` print: a headline each and what
 * belongs to it, in a box of `╷│╵` or not.
 *
 * @param text standard error, without colours
 */
export function readPlainDiagnostics(text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  let open: Diagnostic | undefined;
  for (const raw of text.split("\n")) {
    const line = raw.replace(/^│ ?/, "").trimEnd();
    const headline = /^(Error|Warning): (.+)/.exec(line);
    if (headline) {
      const severity = headline[1] === "Error" ? "error" : "warning";
      open = { severity, summary: headline[2] ?? "", detail: "" };
      found.push(open);
    } else if (/^[╷╵]/.test(line)) {
      open = undefined;
    } else if (open) {
      open.detail += `${line}\n`;
    }
  }
  return found.map((one) => ({ ...one, detail: one.detail.trim() }));
}
