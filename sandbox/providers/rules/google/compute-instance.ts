import type { RuleSet } from "../../hooks/rule-set";
import type { Validator } from "../../sdk/hook-types";
import { codeOfText, type LegacyValue, textOf } from "../../sdk/legacy-values";
import { asItems, asObject, onlyBlock } from "../reading";
import { fullScope } from "./json-values";
import { lastPart, nothingIs, relativePath } from "./links";

/** Of an instance's link the zone and the name. */
function zoneAndName(link: string): string {
  const match = /projects\/[^/]+\/zones\/([^/]+)\/instances\/([^/]+)/.exec(link);
  return match ? `${match[1]}/${match[2]}` : link;
}

/** A prefix leaves room for the nine characters that make the name unique. */
const prefix: Validator = (value, key) =>
  Buffer.byteLength(textOf(value)) > 54
    ? `"${key}" cannot be longer than 54 characters, name is limited to 63`
    : undefined;

/** google/services/compute: instances, groups of them and what stands before them, file by resource */
export const computeInstance: RuleSet = {
  suppress: {
    // resource_compute_instance.go
    "compute.ComputeInstanceMinCpuPlatformEmptyOrAutomaticDiffSuppress": (_, before, after) =>
      nothingIs("automatic", before.toLowerCase(), after.toLowerCase()),
    "compute.serviceAccountDiffSuppress": (key, before, after, data) => {
      if (key !== "service_account.#") return false;
      const change = data.getChange("service_account");
      if (before === "0" && after === "1") return isEmptyAccount(change.after);
      return after === "0" && before === "1" && isEmptyAccount(change.before);
    },
    // resource_compute_disk.go
    "compute.sourceDiskDiffSuppress": (_, before, after) =>
      before
        .replace(/^https:\/\/www\.googleapis\.com\/compute\/beta/, "")
        .endsWith(after.replace(/^https:\/\/www\.googleapis\.com\/compute\/v1/, "")),
    // resource_compute_interconnect.go
    "compute.InterconnectTypeDiffSuppress": (_, before, after) =>
      before === "IT_PRIVATE" && after === "DEDICATED",
    // resource_compute_network_firewall_policy_rule.go
    "compute.SecurityProfileGroupPrefixSlashes": (_, before, after) =>
      before.replace(/^\/\//, "/") === after.replace(/^\/\//, "/"),
  },
  state: {
    // resource_compute_target_pool.go
    "#google_compute_target_pool instances.*": (value) => zoneAndName(textOf(value)),
  },
  codes: {
    // tpgresource/service_scope.go
    "tpgresource.StringScopeHashcode": (element) => codeOfText(fullScope(textOf(element))),
    "#google_compute_target_pool instances": (element) => codeOfText(zoneAndName(textOf(element))),
    // resource_compute_region_instance_group_manager.go
    "compute.hashZoneFromSelfLinkOrResourceName": (element) => codeOfText(lastPart(textOf(element))),
    // resource_compute_service_attachment.go
    "compute.computeServiceAttachmentConsumerAcceptListsHash": (element) => {
      const { project_id_or_num, network_url } = asObject(element);
      const network = textOf(network_url);
      return codeOfText(`${textOf(project_id_or_num)}-${relativePath(network) ?? network}-`);
    },
  },
  validate: {
    "#google_compute_instance_template name_prefix": prefix,
    "#google_compute_region_instance_template name_prefix": prefix,
    "#google_compute_ssl_certificate name_prefix": prefix,
    "#google_compute_region_ssl_certificate name_prefix": prefix,
  },
  changes: {
    // resource_compute_instance_group_manager.go
    "compute.ForceNewResourcePoliciesWorkloadPolicyIfNewIsEmpty": (before, after) =>
      before !== "" && after === "",
  },
};

function isEmptyAccount(value: LegacyValue | undefined): boolean {
  const account = onlyBlock(value);
  return !account || (textOf(account.email) === "" && asItems(account.scopes).length === 0);
}
