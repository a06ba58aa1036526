import { parseDuration } from "../../go-values/duration";
import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { asItems, asObject, asText, onlyBlock } from "../reading";

/** google/services/cloudbuild/resource_cloudbuild_trigger.go */
export const cloudBuild: RuleSet = {
  plan: {
    "cloudbuild.stepTimeoutCustomizeDiff": (diff) => {
      const build = onlyBlock(diff.get("build"));
      if (!build) return;
      const limit = parseDuration(asText(build.timeout));
      if (limit === undefined)
        throw new PlanError(`Error parsing build timeout : "${asText(build.timeout)}"`);
      let sum = 0;
      for (const step of asItems(build.step)) {
        const text = asText(asObject(step).timeout);
        const timeout = text === "" ? 0 : parseDuration(text);
        if (timeout === undefined) throw new PlanError(`Error parsing build step timeout: "${text}"`);
        sum += timeout;
      }
      if (sum > limit) {
        throw new PlanError(
          `Step timeout sum (${sum / 1e9}s) cannot be greater than build timeout (${limit / 1e9}s)`,
        );
      }
    },
  },
};
