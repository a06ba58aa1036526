import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, textOf } from "../../sdk/legacy-values";
import { asObject } from "../reading";

/** internal/service/advancedcluster/model_advanced_cluster.go, internal/common/validate/string_validator.go */
export const advancedCluster: RuleSet = {
  codes: {
    "advancedcluster.HashFunctionForKeyValuePair": (element) => {
      const { key, value } = asObject(element);
      return codeOfText(textOf(key) + textOf(value));
    },
  },
  state: {
    "advancedcluster.FormatMongoDBMajorVersion": (value) => {
      const version = textOf(value);
      return version.includes(".") ? version : (Number(version) || 0).toFixed(1);
    },
  },
  validate: {
    StringIsUppercase: (value) => {
      const text = textOf(value);
      return text === text.toUpperCase() ? undefined : `The provided string '"${text}"' must be uppercase.`;
    },
  },
};
