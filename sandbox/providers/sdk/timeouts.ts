import type { Diagnostic } from "../../values/diagnostic";
import { isObject, isUnknown, type ObjectValue } from "../../values/value";
import { parseDuration } from "../go-values/duration";

/** What is wrong with the configured timeouts, or undefined (rules of `ResourceTimeout` of the plugin SDK v2). */
export function timeoutError(config: ObjectValue, operations: readonly string[]): Diagnostic | undefined {
  if (!isObject(config.timeouts)) return undefined;
  for (const operation of operations) {
    const value = config.timeouts[operation] ?? null;
    if (isUnknown(value)) {
      return {
        severity: "error",
        summary: `Error parsing "${operation}" timeout: a timeout must be known while planning`,
      };
    }
    if (typeof value === "string" && parseDuration(value) === undefined) {
      return {
        severity: "error",
        summary: `Error parsing "${operation}" timeout: time: invalid duration "${value}"`,
      };
    }
  }
  return undefined;
}
