import type { RuleSet } from "../../hooks/rule-set";
import type { Validator } from "../../sdk/hook-types";
import { textOf } from "../../sdk/legacy-values";

const id: Validator = (value, key) => {
  const text = textOf(value);
  if (text.startsWith("gcp-")) return `"${key}" ("${text}") can not start with "gcp-"`;
  if (!/^[0-9a-z-]+$/.test(text))
    return `"${key}" must contain only lowercase letters (a-z), numbers (0-9), or dashes (-)`;
  if (text.length < 4) return `"${key}" cannot be smaller than 4 characters`;
  return text.length > 32 ? `"${key}" cannot be greater than 32 characters` : undefined;
};

/** google/services/iambeta/resource_iam_workload_identity_pool.go, …_provider.go */
export const workloadIdentity: RuleSet = {
  validate: {
    "iambeta.ValidateWorkloadIdentityPoolId": id,
    "iambeta.ValidateWorkloadIdentityPoolProviderId": id,
  },
};
