import type { ProviderLogic } from "./contract";
import { planFrameworkResource } from "./framework/plan";
import { validateFrameworkResource } from "./framework/validate";
import { settleNulls } from "./sdk/null-values";
import { planSdkResource } from "./sdk/plan";
import { sdkResource } from "./sdk/sdk-schema";
import { conformToBlock } from "./sdk/upgrade";
import { validateSdkResource } from "./sdk/validate";
import { withoutWriteOnly } from "./sdk/write-only";

/** What the three real providers decide without asking their APIs. */
export const providerLogic: ProviderLogic = {
  validateResource(type, config) {
    return type.facts.framework
      ? validateFrameworkResource(type, config)
      : validateSdkResource(sdkResource(type), config);
  },

  planResource(request) {
    return request.type.facts.framework ? planFrameworkResource(request) : planSdkResource(request);
  },

  upgradeState(type, raw) {
    return conformToBlock(raw, type.block);
  },

  normaliseState(type, answered, reference, during) {
    const known = withoutWriteOnly(answered, type.block);
    if (type.facts.framework) return known;
    const settled = settleNulls(known, reference, type.block, during === "apply");
    if (type.block.blocks.timeouts) settled.timeouts = reference.timeouts ?? null;
    return settled;
  },
};
