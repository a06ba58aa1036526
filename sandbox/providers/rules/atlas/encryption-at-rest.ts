import { isObject, type ObjectValue } from "../../../values/value";
import type { FrameworkRuleSet } from "../../framework/modifier-types";

/** internal/common/validate/aws_kms_config_validator.go of the Atlas provider */
export const encryptionAtRest: FrameworkRuleSet = {
  validate: {
    "mongodbatlas_encryption_at_rest aws_kms_config": (value) =>
      Array.isArray(value) && value.some((config) => isObject(config) && mixesCredentials(config))
        ? {
            summary: "Invalid Attribute Value",
            detail:
              "Attribute aws_kms_config: for credentials: `access_key_id` and `secret_access_key` are allowed but not `role_id`. For roles: `access_key_id` and `secret_access_key` are not allowed but `role_id` is allowed",
          }
        : undefined,
  },
};

function mixesCredentials(config: ObjectValue): boolean {
  const isGiven = (name: string) => (config[name] ?? null) !== null;
  return isGiven("role_id") && (isGiven("access_key_id") || isGiven("secret_access_key"));
}
