import { hasUnknown, isObject, type ObjectValue, type Value } from "../../../values/value";
import type { ConfiguredProvider } from "../../contract";
import type { RuleSet } from "../../hooks/rule-set";
import type { LegacyObject } from "../../sdk/legacy-values";
import type { ResourceDiff } from "../../sdk/resource-diff";
import { asObject, onlyBlock } from "../reading";

/** Label that marks what Terraform made. */
const ATTRIBUTION = "goog-terraform-provisioned";

/** google/tpgresource/labels.go, google/tpgresource/annotations.go */
export const labels: RuleSet = {
  plan: {
    "tpgresource.SetLabelsDiff": (diff, provider) => planLabels("labels", diff, provider, true),
    "tpgresource.SetLabelsDiffWithoutAttributionLabel": (diff, provider) =>
      planLabels("labels", diff, provider, false),
    "#google_container_cluster plan": (diff, provider) => planLabels("resource_labels", diff, provider, true),
    "tpgresource.SetAnnotationsDiff": planAnnotations,
    "tpgresource.SetMetadataLabelsDiff": planMetadataLabels,
    "tpgresource.SetMetadataAnnotationsDiff": planMetadataAnnotations,
  },
};

/**
 * `terraform_labels` are the provider's default labels, the attribution label and those of the resource;
 * `effective_labels` are those on the object with Terraform's changes made.
 */
function planLabels(
  field: string,
  diff: ResourceDiff,
  provider: ConfiguredProvider,
  attributed: boolean,
): void {
  if (hasUnknown(diff.rawPlan[field])) {
    diff.setUnknown("terraform_labels");
    diff.setUnknown("effective_labels");
    return;
  }
  const effective = asObject(diff.get("effective_labels"));
  const attribution = attributed && isAttributed(effective, diff, provider);
  diff.set("terraform_labels", terraformLabels(provider, attribution, asObject(diff.get(field))));
  const { before, after } = diff.getChange("terraform_labels");
  diff.set("effective_labels", merged(effective, asObject(before), asObject(after)));
}

function planAnnotations(diff: ResourceDiff): void {
  if (hasUnknown(diff.rawPlan.annotations)) {
    diff.setUnknown("effective_annotations");
    return;
  }
  const { before, after } = diff.getChange("annotations");
  const effective = asObject(diff.get("effective_annotations"));
  diff.set("effective_annotations", merged(effective, asObject(before), asObject(after)));
}

function planMetadataLabels(diff: ResourceDiff, provider: ConfiguredProvider): void {
  const original = onlyBlock(diff.get("metadata"));
  if (!original || hasUnknown(plannedMetadata(diff.rawPlan, "labels"))) return;
  const effective = asObject(diff.get("metadata.0.effective_labels"));
  const own = terraformLabels(
    provider,
    isAttributed(effective, diff, provider),
    asObject(diff.get("metadata.0.labels")),
  );
  const withOwn = { ...original, terraform_labels: own };
  diff.set("metadata", [withOwn]);
  const { before, after } = diff.getChange("metadata.0.terraform_labels");
  diff.set("metadata", [
    { ...withOwn, effective_labels: merged(effective, asObject(before), asObject(after)) },
  ]);
}

function planMetadataAnnotations(diff: ResourceDiff): void {
  const original = onlyBlock(diff.get("metadata"));
  if (!original || hasUnknown(plannedMetadata(diff.rawPlan, "annotations"))) return;
  const { before, after } = diff.getChange("metadata.0.annotations");
  const effective = asObject(diff.get("metadata.0.effective_annotations"));
  diff.set("metadata", [
    { ...original, effective_annotations: merged(effective, asObject(before), asObject(after)) },
  ]);
}

function plannedMetadata(plan: ObjectValue, name: string): Value | undefined {
  const block = Array.isArray(plan.metadata) ? plan.metadata[0] : undefined;
  return isObject(block) ? block[name] : undefined;
}

function isAttributed(effective: LegacyObject, diff: ResourceDiff, { config }: ConfiguredProvider): boolean {
  if (config.add_terraform_attribution_label === false) return false;
  const always = config.terraform_attribution_label_addition_strategy === "PROACTIVE";
  return always || Object.hasOwn(effective, ATTRIBUTION) || diff.id === "";
}

function terraformLabels(
  { config }: ConfiguredProvider,
  attribution: boolean,
  own: LegacyObject,
): LegacyObject {
  const defaults = isObject(config.default_labels) ? (config.default_labels as LegacyObject) : {};
  return { ...defaults, ...(attribution ? { [ATTRIBUTION]: "true" } : {}), ...own };
}

function merged(effective: LegacyObject, before: LegacyObject, after: LegacyObject): LegacyObject {
  const result = { ...effective, ...after };
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) delete result[key];
  }
  return result;
}
