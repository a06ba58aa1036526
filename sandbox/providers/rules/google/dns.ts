import { isIP } from "node:net";
import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, elementCode, textOf } from "../../sdk/legacy-values";
import { asItems, asObject, asText } from "../reading";
import { nothingIs, relativePath } from "./links";

const PRIMARY_BALANCER =
  /^routing_policy\.0\.primary_backup\.0\.primary\.0\.internal_load_balancers\.[+-]?\d+\.load_balancer_type/;

/** google/services/dns/resource_dns_record_set.go, resource_dns_managed_zone.go, resource_dns_policy.go */
export const dns: RuleSet = {
  suppress: {
    "dns.lbTypeNoneDiffSuppress": (key, before, after) =>
      PRIMARY_BALANCER.test(key) && nothingIs("none", before, after),
    // The same records in another order, or written in another way.
    "dns.rrdatasDnsDiffSuppress": (key, before, after, data) => {
      if (key === "rrdatas.#" && (after === "0" || after === "") && before !== after) return false;
      const change = data.getChange("rrdatas");
      const form = recordForm(asText(data.get("type")));
      return sameRecords(
        asItems(change.before).map(textOf).map(form),
        asItems(change.after).map(textOf).map(form),
      );
    },
  },
  codes: {
    "#google_dns_managed_zone forwarding_config.target_name_servers": elementCode,
    "#google_dns_policy alternative_name_server_config.target_name_servers": elementCode,
    "#google_dns_managed_zone private_visibility_config.networks": networkCode,
    "#google_dns_policy networks": networkCode,
  },
  validate: {
    "dns.validateRecordNameTrailingDot": (value, key) => {
      const name = textOf(value);
      if (name === "") return "the empty string is not a valid name field value";
      if (name.endsWith(".")) return undefined;
      return `"${key}" ("${name}") doesn't end with ".", name field must end with trailing dot, for example test.example.com. (note the trailing dot)`;
    },
  },
};

function networkCode(element: Parameters<typeof elementCode>[0]): string {
  return codeOfText(relativePath(textOf(asObject(element).network_url)) ?? "");
}

function recordForm(type: string): (record: string) => string {
  switch (type) {
    case "AAAA":
      return (record) =>
        isIP(record) === 6 ? new URL(`http://[${record}]`).hostname : isIP(record) ? record : "<nil>";
    case "MX":
    case "DS":
      return (record) => record.toLowerCase();
    case "TXT":
      return (record) => record.replace(/^"+|"+$/g, "").toLowerCase();
    default:
      return (record) => record;
  }
}

function sameRecords(before: string[], after: string[]): boolean {
  const open = new Set(before);
  return after.every((record) => open.delete(record)) && open.size === 0;
}
