import { isUnknown } from "../../../values/value";
import type { FrameworkRuleSet } from "../../framework/modifier-types";
import { parseJson } from "../../go-values/json";

/** internal/service/streamprocessor/resource_schema.go: the pipeline is a JSON text (terraform-plugin-framework-jsontypes). */
export const streamProcessor: FrameworkRuleSet = {
  validate: {
    "mongodbatlas_stream_processor pipeline": (value) => {
      if (typeof value !== "string" || isUnknown(value) || parseJson(value)) return undefined;
      return {
        summary: "Invalid JSON String Value",
        detail: "A string value was provided that is not valid JSON string format (RFC 7159).",
      };
    },
  },
};
