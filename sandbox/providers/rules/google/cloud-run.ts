import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";

/** google/services/cloudrun, file by resource */
export const cloudRun: RuleSet = {
  suppress: {
    // resource_cloud_run_service.go: annotations that the service adds
    "cloudrun.cloudrunTemplateAnnotationDiffSuppress": (key, before, after) => {
      const name = /template\.0\.metadata\.0\.annotations\.(.*)/.exec(key)?.[1] ?? "";
      if (after !== "") return false;
      return (
        name.startsWith("autoscaling.knative.dev/maxScale") ||
        (name.startsWith("run.googleapis.com/sandbox") && before === "gvisor")
      );
    },
  },
  plan: {
    // resource_cloud_run_service.go
    "cloudrun.revisionNameCustomizeDiff": (diff) => {
      if (diff.get("autogenerate_revision_name") !== true || !diff.hasChange("template.0.metadata.0.name"))
        return;
      throw new PlanError(
        "google_cloud_run_service: `template.metadata.name` cannot be set while `autogenerate_revision_name` is true. Please remove the field or set `autogenerate_revision_name` to false.",
      );
    },
    // resource_cloud_run_domain_mapping.go
    "cloudrun.hasMetadata": (diff) => {
      if (diff.get("metadata.#") !== 0) return;
      throw new PlanError('Insufficient "metadata" blocks. 1 "metadata" block is required.');
    },
  },
};
