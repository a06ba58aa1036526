import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";

/** google/services/logging/resource_logging_project_sink.go, resource_logging_project_bucket_config.go, resource_logging_sink.go */
export const logging: RuleSet = {
  suppress: {
    // Analytics can't be switched off.
    "logging.enableAnalyticsBackwardsChangeDiffSuppress": (_, before) => before === "true",
    "logging.OptionalSurroundingSpacesSuppress": (_, before, after) => before.trim() === after.trim(),
  },
  plan: {
    "logging.resourceLoggingProjectSinkCustomizeDiff": (diff) => {
      const unique = diff.get("unique_writer_identity") === true;
      if (diff.hasChange("bigquery_options.#") && diff.get("bigquery_options.#") !== 0 && !unique) {
        throw new PlanError("unique_writer_identity must be true when bigquery_options is supplied");
      }
      if (diff.hasChange("unique_writer_identity") && unique) diff.setUnknown("writer_identity");
    },
  },
};
