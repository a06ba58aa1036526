import type { RuleSet } from "../../hooks/rule-set";
import { asItems } from "../reading";

/** google/services/secretmanager/resource_secret_manager_secret.go */
export const secretManager: RuleSet = {
  plan: {
    "secretmanager.secretManagerSecretAutoCustomizeDiff": (diff) => {
      const automatic = diff.getChange("replication.0.automatic");
      const auto = diff.getChange("replication.0.auto").after;
      if (automatic.before === true && automatic.after === false && asItems(auto).length > 0) return;
      diff.forceNew("replication.0.automatic");
      diff.forceNew("replication.0.auto");
    },
  },
};
