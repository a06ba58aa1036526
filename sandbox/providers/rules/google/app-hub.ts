import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";

/** google/services/apphub, file by resource */
export const appHub: RuleSet = {
  suppress: {
    // resource_apphub_service_project_attachment.go
    "apphub.ServiceProjectDiffSuppress": () => true,
  },
  plan: {
    // resource_apphub_application.go
    "apphub.apphubApplicationCustomizeDiff": (diff) => {
      if (!diff.hasChange("location") && !diff.hasChange("scope.0.type")) return;
      const [place, scope] = [diff.get("location"), diff.get("scope.0.type")];
      if ((scope === "GLOBAL") !== (place === "global")) {
        throw new PlanError(`Error validating location ${place} with ${scope} scope type`);
      }
    },
  },
};
