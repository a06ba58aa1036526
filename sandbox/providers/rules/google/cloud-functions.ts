import type { RuleSet } from "../../hooks/rule-set";
import { asObject } from "../reading";

/** The same path, or one is the last part of the other. */
function samePart(a: string, b: string, pattern: RegExp): boolean {
  const [left, right] = [pattern.exec(a), pattern.exec(b)];
  if (left && right) return left.every((part, index) => part === right[index]);
  if (left) return left.at(-1) === b;
  return right ? right.at(-1) === a : a === b;
}

/** google/services/cloudfunctions, cloudfunctions2 */
export const cloudFunctions: RuleSet = {
  suppress: {
    "cloudfunctions.compareSelfLinkOrResourceNameWithMultipleParts": (_, before, after) =>
      samePart(before, after, /projects\/(.+)\/databases\/\(default\)\/documents\/(.+)/) ||
      samePart(before, after, /projects\/(.+)\/(.+)\/(.+)/),
    // What the service adds to the variables; their number says nothing.
    "cloudfunctions2.environmentVariablesDiffSuppress": (key, _before, after) =>
      (key === "service_config.0.environment_variables.LOG_EXECUTION_ID" && after === "") ||
      key.startsWith("service_config.0.environment_variables.%"),
  },
  validate: {
    "cloudfunctions.labelKeyValidator": (value) => {
      const wrong = Object.keys(asObject(value)).find((key) => !/^[\p{Ll}0-9_-]+$/u.test(key));
      return wrong === undefined
        ? undefined
        : `"${wrong}" is an invalid label key. See https://cloud.google.com/resource-manager/docs/creating-managing-labels#requirements`;
    },
  },
};
