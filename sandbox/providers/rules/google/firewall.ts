import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { codeOfText, textOf } from "../../sdk/legacy-values";
import { asItems, asObject } from "../reading";

const SOURCES = ["source_tags", "source_ranges", "source_service_accounts"];

/** google/services/compute/resource_compute_firewall.go */
export const firewall: RuleSet = {
  suppress: {
    "compute.diffSuppressEnableLogging": (key, _before, after, data) =>
      key === "log_config.#" && after === "0" && data.get("enable_logging") === true,
    // A rule without sources gets those of everybody, which is no change.
    "compute.diffSuppressSourceRanges": (key, before, after, data) => {
      if (key === "source_ranges.#") return before === "1" && after === "0";
      const count = data.getChange("source_ranges.#");
      return count.before === 1 && count.after === 1 && before === "0.0.0.0/0" && after === "";
    },
  },
  codes: {
    "compute.resourceComputeFirewallRuleHash": (element) => {
      const { protocol, ports } = asObject(element);
      return codeOfText(
        [textOf(protocol).toLowerCase(), ...asItems(ports).map(textOf).sort()]
          .map((part) => `${part}-`)
          .join(""),
      );
    },
  },
  plan: {
    "compute.resourceComputeFirewallEnableLoggingCustomizeDiff": (diff) => {
      if (diff.getExisting("enable_logging") === false && diff.get("log_config.#") !== 0) {
        throw new PlanError("log_config cannot be defined when enable_logging is false");
      }
    },
    "compute.resourceComputeFirewallSourceFieldsCustomizeDiff": (diff) => {
      if (diff.get("direction") === "EGRESS") return;
      if (SOURCES.every((name) => diff.getSet(name) === undefined && diff.getExisting(name) === undefined)) {
        throw new PlanError("one of source_tags, source_ranges, or source_service_accounts must be defined");
      }
    },
  },
};
