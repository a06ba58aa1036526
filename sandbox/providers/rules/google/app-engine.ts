import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";

/** google/services/appengine/resource_app_engine_application.go */
export const appEngine: RuleSet = {
  plan: {
    "appengine.appEngineApplicationLocationIDCustomizeDiff": (diff) => {
      const { before, after } = diff.getChange("location_id");
      if (before !== "" && before !== after) {
        throw new PlanError("Cannot change location_id once the resource is created.");
      }
    },
  },
};
