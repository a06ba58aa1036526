import { isUnknown } from "../../../values/value";
import type { ConfiguredProvider } from "../../contract";
import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import type { ResourceDiff } from "../../sdk/resource-diff";
import { asText } from "../reading";
import { sameRelativePath } from "./links";

type Field = "project" | "region" | "zone";

/** Project, region and zone of the provider block where the resource names none (google/tpgresource/utils.go). */
export const location: RuleSet = {
  plan: {
    "tpgresource.DefaultProviderProject": (diff, provider) => {
      if (!diff.resource.fields.has("project")) return;
      const project = chosen("project", diff, provider);
      if (!sameRelativePath(asText(diff.get("project")), project)) diff.set("project", project);
    },
    "tpgresource.DefaultProviderRegion": (diff, provider) => planPlace("region", diff, provider),
    "tpgresource.DefaultProviderZone": (diff, provider) => planPlace("zone", diff, provider),
  },
};

function planPlace(field: Field, diff: ResourceDiff, provider: ConfiguredProvider): void {
  if (diff.resource.fields.has(field)) diff.set(field, chosen(field, diff, provider));
}

function chosen(field: Field, diff: ResourceDiff, { config }: ConfiguredProvider): string {
  const own = diff.getSet(field);
  if (own !== undefined) return asText(own);
  if (isUnknown(diff.rawConfig[field])) return "";
  const fallback = config[field];
  if (typeof fallback === "string" && fallback !== "") return fallback;
  throw new PlanError(`Failed to retrieve ${field}, pid: , err: ${field}: required field is not set`);
}
