import type { RuleSet } from "../../hooks/rule-set";

/** google/services/vpcaccess/resource_vpc_access_connector.go */
export const vpcAccess: RuleSet = {
  changes: {
    "vpcaccess.isInstanceShrinkage": (before, after) => Number(after ?? 0) < Number(before ?? 0),
  },
};
