import { isIP } from "node:net";
import type { RuleSet } from "../../hooks/rule-set";
import { sameAddress } from "../../validation/addresses";
import { sameLinkOrName } from "./links";

/** An address without its prefix length. */
function addressOf(text: string): string | undefined {
  const head = text.split("/")[0] as string;
  return isIP(head) ? head : undefined;
}

/** google/services/compute: resource_compute_forwarding_rule.go, resource_compute_instance.go, resource_compute_route.go */
export const computeAddresses: RuleSet = {
  suppress: {
    // A reference to an address is stored as the address itself.
    "compute.InternalIpDiffSuppress": (_, before, after) => {
      const [a, b] = [addressOf(before), addressOf(after)];
      if (a === undefined) return false;
      const [, oldMask, ...oldRest] = before.split("/");
      const [, newMask, ...newRest] = after.split("/");
      const masked =
        oldMask !== undefined && newMask !== undefined && oldRest.length === 0 && newRest.length === 0;
      return (b === undefined || sameAddress(a, b)) && (!masked || oldMask === newMask);
    },
    "compute.IpCollectionDiffSuppress": (_, before, after) => {
      const [a, b] = [before.indexOf("regions/"), after.indexOf("regions/")];
      return a >= 0 && b >= 0 && before.slice(a) === after.slice(b);
    },
    "compute.PortRangeDiffSuppress": (_, before, after) => before === `${after}-${after}`,
    "compute.ipv6RepresentationDiffSuppress": (_, before, after) =>
      isIP(before) === 0 || isIP(after) === 0 ? isIP(before) === isIP(after) : sameAddress(before, after),
    "compute.IpCidrRangeDiffSuppress": (_, before, after) =>
      after.startsWith("/") && before.includes("/") && before.slice(before.lastIndexOf("/")) === after,
    "compute.CompareIpAddressOrSelfLinkOrResourceName": (_, before, after) =>
      isIP(after) ? before === after : sameLinkOrName(before, after),
  },
};
