import type { RuleSet } from "../../hooks/rule-set";
import { nothingIs } from "./links";

/** google/services/billing/resource_billing_budget.go */
export const billing: RuleSet = {
  suppressMakers: {
    // The period is a month by default, unless another field says when it begins.
    checkValAndDefaultStringSuppress: (first, second) => {
      const [other, value] = String(first).includes(".") ? [first, second] : [second, first];
      return (_, before, after, data) =>
        !data.exists(String(other)) && nothingIs(String(value), before, after);
    },
  },
};
