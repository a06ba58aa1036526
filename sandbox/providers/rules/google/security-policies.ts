import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import type { ResourceDiff } from "../../sdk/resource-diff";
import { asItems, asObject } from "../reading";

/** google/services/compute/resource_compute_security_policy.go, resource_compute_ssl_policy.go */
export const securityPolicies: RuleSet = {
  plan: {
    "compute.rulesCustomizeDiff": (diff) => {
      const priorities = asItems(diff.getChange("rule").after).map((rule) => asObject(rule).priority);
      if (new Set(priorities).size < priorities.length) {
        throw new PlanError(
          "Two rules have the same priority, please update one of the priorities to be different.",
        );
      }
    },
    "compute.sslPolicyCustomizeDiff": checkFeatures,
    "compute.regionSslPolicyCustomizeDiff": checkFeatures,
  },
};

/** Own features belong to the profile CUSTOM, and that one needs some. */
function checkFeatures(diff: ResourceDiff): void {
  if (!diff.hasChange("profile") && !diff.hasChange("custom_features")) return;
  const profile = diff.get("profile");
  const some = diff.get("custom_features.#") !== 0;
  const start = `Error in SSL Policy ${diff.get("name")}: the profile is set to ${profile} but`;
  if (profile === "CUSTOM" && !some) throw new PlanError(`${start} no custom_features are set.`);
  if (profile !== "CUSTOM" && some)
    throw new PlanError(`${start} using custom_features requires the profile to be CUSTOM.`);
}
