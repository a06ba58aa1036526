import { ageText } from "../console/seconds";
import type { LockInfo } from "../terraform/lock-info";

/** Who holds a state's lock, since when, and how to take it away from a holder that is gone. */
export function lockAdvice(stack: string, lock: LockInfo, now: Date): string {
  return (
    `${stack} is locked ${lockHolder(lock, now)}. If that command still runs, wait for it; ` +
    `if it was killed, give its lock back: groundwork state unlock ${stack}`
  );
}

/** `by ann@laptop for 5 min (apply)`. */
export function lockHolder({ who, created, operation }: LockInfo, now: Date): string {
  const since = created ? ` for ${ageText(now.getTime() - created.getTime())}` : "";
  const doing = operation ? ` (${operation.replace(/^OperationType/, "").toLowerCase()})` : "";
  return `by ${who ?? "somebody"}${since}${doing}`;
}
