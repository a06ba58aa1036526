import { ruleProblem } from "../validation/value-rules";
import type { LegacyValue } from "./legacy-values";
import type { SdkAttribute } from "./sdk-schema";

/** What is wrong with a configured simple value or map, or undefined. */
export function valueProblem(attribute: SdkAttribute, value: LegacyValue, key: string): string | undefined {
  if (attribute.kind === "int" && !Number.isInteger(value)) {
    return `Attribute must be a whole number, got ${value}`;
  }
  const problem = ruleProblem(attribute.facts, value, key, attribute.ignoreCase);
  if (problem) return problem;
  for (const validator of attribute.validators) {
    const found = validator(value, key);
    if (found) return found;
  }
  return undefined;
}
