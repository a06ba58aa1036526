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

/** An id inside a pool. */
const inner: Validator = (value, key) => {
  const text = textOf(value);
  if (text.length < 2) return `"${key}" cannot be less than 2 characters`;
  if (!/^[0-9a-z-]+$/.test(text)) {
    return `"${key}" must contain only lowercase letters (a-z), numbers (0-9), or dashes (-)`;
  }
  if (text.length > 63) return `"${key}" cannot be greater than 63 characters`;
  if (text.startsWith("-") || text.endsWith("-"))
    return `"${key}" must start and end with an alphanumeric character`;
  return text.startsWith("gcp-") ? `"${key}" ("${text}") can not start with "gcp-"` : undefined;
};

function workforce(pattern: RegExp, shape: string): Validator {
  return (value, key) => {
    const text = textOf(value);
    if (text.startsWith("gcp-")) return `"${key}" ("${text}") can not start with "gcp-"`;
    return pattern.test(text) ? undefined : `"${key}" ("${text}") must be ${shape}`;
  };
}

const short = workforce(/^[a-z0-9-]{4,32}$/, "4-32 characters, and may contain the characters [a-z0-9-]");

/** google/services/iambeta/resource_iam_workload_identity_pool.go, …_provider.go, …_namespace.go; google/services/iamworkforcepool */
export const workloadIdentity: RuleSet = {
  validate: {
    "iambeta.ValidateWorkloadIdentityPoolId": id,
    "iambeta.ValidateWorkloadIdentityPoolProviderId": id,
    "iambeta.ValidateWorkloadIdentityPoolNamespaceId": inner,
    "iambeta.ValidateWorkloadIdentityPoolManagedIdentityId": inner,
    "iamworkforcepool.ValidateWorkforcePoolId": workforce(
      /^[a-z][a-z0-9-]{4,61}[a-z0-9]$/,
      "6-63 lowercase letters, digits and hyphens, beginning with a letter, without a trailing hyphen",
    ),
    "iamworkforcepool.ValidateWorkforcePoolProviderId": short,
    "iamworkforcepool.ValidateWorkforcePoolProviderKeyId": short,
  },
};
