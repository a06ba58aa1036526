import type { RuleSet } from "../../hooks/rule-set";
import { asText } from "../reading";
import { nothingIs, sameLinkOrName, sameRelativePath } from "./links";

function withoutDots(domain: string): string {
  return domain.replace(/\.+$/, "");
}

/** A link and the unique id behind it. */
function splitId(link: string): [string, string] {
  const at = link.indexOf("?uniqueId=");
  return at < 0 ? [link, ""] : [link.slice(0, at), link.slice(at + "?uniqueId=".length)];
}

/** google/services/compute, file by resource */
export const computeCommon: RuleSet = {
  suppress: {
    // resource_compute_managed_ssl_certificate.go
    "compute.AbsoluteDomainSuppress": (key, before, after) =>
      key.startsWith("managed.0.domains.") &&
      (before === withoutDots(after) || after === withoutDots(before)),
    // resource_compute_instance_group_manager.go
    "compute.compareSelfLinkRelativePathsIgnoreParams": (_, before, after) => {
      const [[a, oldId], [b, newId]] = [splitId(before), splitId(after)];
      return !(oldId !== "" && newId !== "" && oldId !== newId) && sameRelativePath(a, b);
    },
    // resource_compute_instance.go
    "compute.DisksForceAttachDiffSuppress": (_, before, after) =>
      nothingIs("false", before, after) || before === after,
    // resource_compute_network_endpoint_group.go
    "compute.compareOptionalSubnet": (_, before, after) => after === "" || sameLinkOrName(before, after),
    // resource_compute_resource_policy.go
    "compute.HourlyFormatSuppressDiff": (_, before, after) => before === `0${after}`,
    // resource_compute_disk.go
    "compute.AlwaysDiffSuppress": () => true,
  },
  plan: {
    // resource_compute_forwarding_rule.go: a closed connection to a published service is made anew where that is wanted
    "compute.forwardingRuleCustomizeDiff": (diff) => {
      if (!asText(diff.get("target")).includes("/serviceAttachments/")) return;
      if (diff.get("recreate_closed_psc") !== true || diff.get("psc_connection_status") !== "CLOSED") return;
      diff.setUnknown("psc_connection_status");
      diff.forceNew("psc_connection_status");
    },
    // resource_compute_disk.go
    "compute.hyperDiskIopsUpdateDiffSuppress": (diff) => {
      if (!asText(diff.get("type")).includes("hyperdisk")) diff.forceNew("provisioned_iops");
    },
  },
  changes: {
    // resource_compute_disk.go
    "compute.IsDiskShrinkage": (before, after) => Number(after ?? 0) < Number(before ?? 0),
  },
};
