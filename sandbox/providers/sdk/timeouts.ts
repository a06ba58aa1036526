import type { Diagnostic } from "../../values/diagnostic";
import { isObject, type ObjectValue } from "../../values/value";

/** A length of time as the Go language writes it: `90s`, `1h30m`, `-1.5h`, `0`. */
const DURATION = /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

export function isGoDuration(text: string): boolean {
  return DURATION.test(text);
}

/** What is wrong with the configured timeouts, or undefined (rules of `ResourceTimeout` of the plugin SDK v2). */
export function timeoutError(config: ObjectValue, operations: readonly string[]): Diagnostic | undefined {
  if (!isObject(config.timeouts)) return undefined;
  for (const operation of operations) {
    const value = config.timeouts[operation];
    if (typeof value === "string" && !isGoDuration(value)) {
      return {
        severity: "error",
        summary: `Error parsing "${operation}" timeout: time: invalid duration "${value}"`,
      };
    }
  }
  return undefined;
}
