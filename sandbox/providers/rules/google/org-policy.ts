import type { RuleSet } from "../../hooks/rule-set";
import { placeOf } from "../../sdk/field-reader";
import type { DiffSuppress } from "../../sdk/hook-types";
import { LegacySet, type LegacyValue } from "../../sdk/legacy-values";
import type { SdkAttribute, SdkFields } from "../../sdk/sdk-schema";
import { asItems } from "../reading";

/** google/services/orgpolicy/resource_org_policy_policy.go */
export const orgPolicy: RuleSet = {
  suppress: {
    "orgpolicy.resourceOrgPolicyPolicySpecRulesDiffSuppress": sameRules("spec"),
    "orgpolicy.resourceOrgPolicyPolicyDryRunSpecRulesDiffSuppress": sameRules("dry_run_spec"),
    // The service speaks of tags by another name.
    "orgpolicy.resourceOrgpolicyPolicyRulesConditionExpressionDiffSuppress": (_, before, after) =>
      inTags(before) === inTags(after),
  },
};

function inTags(expression: string): string {
  return expression.replaceAll("Labels", "TagId").replaceAll("label", "tag");
}

/** The same rules in another order. */
function sameRules(block: string): DiffSuppress {
  return (_key, _before, _after, data) => {
    const place = placeOf(data.resource.fields, [block, "0", "rules"]);
    if (!place || !("attribute" in place)) return false;
    const { before, after } = data.getChange(`${block}.0.rules`);
    const rules = place.attribute;
    const count = Math.max(asItems(before).length, asItems(after).length);
    return asSet(rules, padded(before, count)).hasSameCodes(asSet(rules, padded(after, count)));
  };
}

/** A position without a rule reads as a rule without anything. */
function padded(value: LegacyValue | undefined, count: number): (LegacyValue | undefined)[] {
  const items = asItems(value);
  return Array.from({ length: count }, (_, index) => items[index]);
}

function asSet(rules: SdkAttribute, items: (LegacyValue | undefined)[]): LegacySet {
  const set = new LegacySet({ ...rules, elementFields: rules.elementFields as SdkFields });
  for (const item of items) set.add(item ?? {});
  return set;
}
