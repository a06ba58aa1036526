import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { asItems, asObject } from "../reading";

/** google/services/compute/resource_compute_router.go */
export const router: RuleSet = {
  plan: {
    "compute.resourceComputeRouterCustomDiff": (diff) => {
      const bgp = asObject(diff.get("bgp.0"));
      if (bgp.advertise_mode !== "DEFAULT") return;
      for (const name of ["advertised_groups", "advertised_ip_ranges"]) {
        if (asItems(bgp[name]).length > 0) {
          throw new PlanError(`Error in bgp: ${name} cannot be specified when using advertise_mode DEFAULT`);
        }
      }
    },
  },
};
