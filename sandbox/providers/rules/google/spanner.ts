import type { RuleSet } from "../../hooks/rule-set";
import { asItems } from "../reading";

/** google/services/spanner/resource_spanner_database.go */
export const spanner: RuleSet = {
  plan: {
    // Statements can only be added at the end.
    "spanner.resourceSpannerDBDdlCustomDiff": (diff) => {
      const { before, after } = diff.getChange("ddl");
      const statements = asItems(after);
      if (asItems(before).some((statement, index) => statement !== statements[index])) diff.forceNew("ddl");
    },
  },
};
