import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { codeOfText, type LegacyValue, textOf } from "../../sdk/legacy-values";
import type { ResourceDiff } from "../../sdk/resource-diff";
import { asItems, asObject, onlyBlock } from "../reading";
import { lastPart } from "./links";

const nameCode = (element: LegacyValue | undefined): string => codeOfText(lastPart(textOf(element)));

function names(value: LegacyValue | undefined): string[] {
  return asItems(value).map((item) => lastPart(textOf(item)));
}

/** Elements of a set in one order. */
function inOrder(value: LegacyValue | undefined): string[] {
  return asItems(value).map(textOf).sort();
}

/** google/services/compute/resource_compute_router_nat.go, resource_compute_router_nat_address.go */
export const routerNat: RuleSet = {
  codes: {
    "compute.computeRouterNatIPsHash": nameCode,
    "compute.computeRouterNatRulesSubnetHash": nameCode,
    "compute.computeRouterNatSubnetworkHash": (element) => {
      const { name, source_ip_ranges_to_nat, secondary_ip_range_names } = asObject(element);
      return codeOfText(
        JSON.stringify([
          lastPart(textOf(name)),
          inOrder(source_ip_ranges_to_nat),
          inOrder(secondary_ip_range_names),
        ]),
      );
    },
    "compute.computeRouterNatRulesHash": (element) => {
      const { rule_number, description, match, action } = asObject(element);
      const actions = onlyBlock(action) ?? {};
      const addresses = [
        "source_nat_active_ips",
        "source_nat_drain_ips",
        "source_nat_active_ranges",
        "source_nat_drain_ranges",
      ];
      return codeOfText(
        JSON.stringify([
          rule_number,
          description,
          match,
          addresses.map((name) => names(actions[name]).sort()),
        ]),
      );
    },
  },
  plan: {
    "compute.resourceComputeRouterNatDrainNatIpsCustomDiff": checkDrained,
    "compute.resourceComputeRouterNatAddressDrainNatIpsCustomDiff": checkDrained,
  },
};

/** Only addresses that served until now can be drained. */
function checkDrained(diff: ResourceDiff): void {
  const drained = diff.getChange("drain_nat_ips");
  const before = new Set(names(drained.before));
  const added = names(drained.after).filter((name) => !before.has(name));
  if (added.length === 0) return;
  if (diff.id === "")
    throw new PlanError(`New RouterNat cannot have drain_nat_ips, got values [${added.join(" ")}]`);
  const serving = diff.getChange("nat_ips");
  const [old, now] = [names(serving.before), names(serving.after)];
  for (const name of added) {
    if (!old.includes(name))
      throw new PlanError(`drain_nat_ip "${name}" was not previously set in nat_ips [${old.join(" ")}]`);
    if (now.includes(name))
      throw new PlanError(
        `drain_nat_ip "${name}" cannot be drained if still set in nat_ips [${now.join(" ")}]`,
      );
  }
}
