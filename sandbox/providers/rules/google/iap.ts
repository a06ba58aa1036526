import type { RuleSet } from "../../hooks/rule-set";

/** google/services/iap/iam_iap_web_type_app_engine.go */
export const iap: RuleSet = {
  suppress: {
    "iap.IapWebTypeAppEngineDiffSuppress": (_, before, after) =>
      before === after || (!after.includes("appengine-") && before.endsWith(`appengine-${after}`)),
  },
};
