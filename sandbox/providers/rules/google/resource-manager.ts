import type { RuleSet } from "../../hooks/rule-set";
import { textOf } from "../../sdk/legacy-values";
import { asText } from "../reading";
import { lastPart } from "./links";

/** google/services/resourcemanager, file by resource */
export const resourceManager: RuleSet = {
  suppress: {
    // iam_project.go
    "resourcemanager.CompareProjectName": (_, before, after) => lastPart(before) === lastPart(after),
  },
  state: {
    // resource_google_project.go
    "resourcemanager.ParseFolderId": (value) => textOf(value).replace(/^folders\//, ""),
  },
  validate: {
    // resource_google_project_service.go
    "resourcemanager.validateProjectServiceService": (value, key) => {
      const service = textOf(value);
      if (service === "bigquery-json.googleapis.com") {
        return `expected ${key} to not match any of [bigquery-json.googleapis.com], got ${service}`;
      }
      return service.includes(".")
        ? undefined
        : `expected ${service} to be a domain like serviceusage.googleapis.com`;
    },
  },
  plan: {
    // resource_google_service_account.go
    "resourcemanager.resourceServiceAccountCustomDiff": (diff) => {
      if (diff.get("name") !== "" && !diff.hasChange("account_id")) return;
      const account = asText(diff.get("account_id"));
      const project = asText(diff.get("project"));
      if (account === "" || project === "") return;
      const email = `${account}@${project}.iam.gserviceaccount.com`;
      diff.set("email", email);
      diff.set("member", `serviceAccount:${email}`);
    },
  },
};
