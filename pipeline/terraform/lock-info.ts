import type { Diagnostic } from "./messages";

/** Who holds a state's lock, as Terraform tells it. */
export interface LockInfo {
  id: string;
  /** `gs://bucket/prefix/default.tflock`. */
  path?: string;
  /** `OperationTypeApply`. */
  operation?: string;
  /** `user@host`. */
  who?: string;
  created?: Date;
}

/** The lock's holder, when that is what stopped Terraform. */
export function lockInfoOf(diagnostics: readonly Diagnostic[]): LockInfo | undefined {
  for (const { detail } of diagnostics) {
    const info = readLockInfo(detail);
    if (info) return info;
  }
  return undefined;
}

/** Reads the part `Lock Info:` of a message. */
export function readLockInfo(text: string): LockInfo | undefined {
  const start = text.indexOf("Lock Info:");
  if (start < 0) return undefined;
  const field = (name: string) =>
    new RegExp(`^\\s*${name}:[ \\t]*(\\S.*)$`, "m").exec(text.slice(start))?.[1]?.trim();
  const id = field("ID");
  if (id === undefined) return undefined;
  const path = field("Path");
  const operation = field("Operation");
  const who = field("Who");
  const created = readGoTime(field("Created"));
  return {
    id,
    ...(path === undefined ? {} : { path }),
    ...(operation === undefined ? {} : { operation }),
    ...(who === undefined ? {} : { who }),
    ...(created === undefined ? {} : { created }),
  };
}

/** Go prints `2026-11-21 12:00:00.123456789 +0000 UTC`. */
function readGoTime(text: string | undefined): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d\d)(\d\d)/.exec(text ?? "");
  if (!match) return undefined;
  const date = new Date(`${match[1]}T${match[2]}${match[3]}:${match[4]}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
