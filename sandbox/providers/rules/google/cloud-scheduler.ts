import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { asItems, asObject } from "../reading";
import { fullScope } from "./json-values";

function withoutSlash(address: string): string {
  return address.endsWith("/") ? address.slice(0, -1) : address;
}

/** google/services/cloudscheduler/resource_cloud_scheduler_job.go */
export const cloudScheduler: RuleSet = {
  suppress: {
    "cloudscheduler.LastSlashDiffSuppress": (_, before, after) =>
      withoutSlash(before) === withoutSlash(after),
    // The service fills in the default scope and audience.
    "cloudscheduler.authHeaderDiffSuppress": (key, before, after, data) => {
      const [target, index, block, , attribute] = key.split(".");
      if (target !== "http_target" || after !== "") return false;
      if (block === "oauth_token" && attribute === "scope") return before === fullScope("cloud-platform");
      return (
        block === "oidc_token" && attribute === "audience" && before === data.get(`${target}.${index}.uri`)
      );
    },
  },
  plan: {
    "cloudscheduler.validateAuthHeaders": (diff) => {
      const target = asObject(diff.get("http_target.0"));
      if (asItems(target.oauth_token).length > 0 && asItems(target.oidc_token).length > 0) {
        throw new PlanError(
          "Error in http_target: only one of oauth_token or oidc_token can be specified, but not both.",
        );
      }
    },
  },
};
