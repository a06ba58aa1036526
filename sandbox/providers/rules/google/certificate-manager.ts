import type { RuleSet } from "../../hooks/rule-set";
import { nothingIs } from "./links";

/** google/services/certificatemanager/resource_certificate_manager_certificate.go */
export const certificateManager: RuleSet = {
  suppress: {
    "certificatemanager.certManagerDefaultScopeDiffSuppress": (_, before, after) =>
      nothingIs("DEFAULT", before, after),
  },
};
