import { isIP } from "node:net";
import { isUnknown } from "../../../values/value";
import type { RuleSet } from "../../hooks/rule-set";
import { LegacySet, textOf } from "../../sdk/legacy-values";
import type { ResourceDiff } from "../../sdk/resource-diff";
import { contains } from "../../validation/addresses";
import { asItems } from "../reading";

const RANGES = "secondary_ip_range";

/** google/services/compute/resource_compute_subnetwork.go */
export const subnetwork: RuleSet = {
  suppress: {
    "compute.subnetworkLogConfigDiffSuppress": (_key, _before, _after, data) => {
      const config = data.rawConfig.log_config;
      return data.get("enable_flow_logs") === true && (!Array.isArray(config) || config.length === 0);
    },
  },
  plan: {
    // The same ranges in another order are no change.
    "compute.resourceComputeSubnetworkSecondaryIpRangeSetStyleDiff": (diff) => {
      if (diff.changedKeys(RANGES).length > 0 && hasSameRanges(diff)) diff.clear(RANGES);
    },
    "compute.sendSecondaryIpRangeIfEmptyDiff": (diff) => {
      if (diff.id === "" || diff.get("send_secondary_ip_range_if_empty") !== true) return;
      const configured = diff.rawConfig[RANGES] ?? null;
      if (isUnknown(configured)) return;
      const isEmpty = (value: unknown) => !Array.isArray(value) || value.length === 0;
      if (isEmpty(configured) && !isEmpty(diff.rawState?.[RANGES])) diff.set(RANGES, []);
    },
  },
  changes: {
    // A range that the new one doesn't hold can't be kept.
    "compute.IsShrinkageIpCidr": (before, after) => {
      const [a, b] = [textOf(before), textOf(after)];
      const valid = [a, b].every((range) => isIP(range.split("/")[0] as string) !== 0 && range.includes("/"));
      return valid && !contains(b, a);
    },
  },
};

function hasSameRanges(diff: ResourceDiff): boolean {
  const attribute = diff.resource.fields.get(RANGES);
  if (!attribute) return false;
  const count = diff.getChange(`${RANGES}.#`);
  const length = Math.max(Number(count.before), Number(count.after));
  if (length < 1) return false;
  const [before, after] = [new LegacySet(attribute), new LegacySet(attribute)];
  for (let index = 0; index < length; index++) {
    const change = diff.getChange(`${RANGES}.${index}`);
    if (change.before !== undefined) before.add(change.before);
    if (change.after !== undefined) after.add(change.after);
  }
  return before.hasSameCodes(after) && asItems(before).length > 0;
}
