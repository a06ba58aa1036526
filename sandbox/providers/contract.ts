import type { ProviderName, ResourceType } from "../schemas/model";
import type { Diagnostic } from "../values/diagnostic";
import type { ObjectValue, ValuePath } from "../values/value";

/** A configured provider: the values of its block in the configuration (null where unset). */
export interface ConfiguredProvider {
  name: ProviderName;
  config: ObjectValue;
}

export interface PlanRequest {
  type: ResourceType;
  provider: ConfiguredProvider;
  /** State before; null when the resource is to be created. */
  prior: ObjectValue | null;
  /** Terraform's own merge of prior state and configuration. */
  proposed: ObjectValue;
  config: ObjectValue;
}

export interface PlanOutcome {
  planned: ObjectValue;
  /** Attributes whose change forces a new resource. */
  requiresReplace: ValuePath[];
  diagnostics: Diagnostic[];
}

/**
 * What a provider binary decides without asking its API: is this configuration valid, what would change.
 * Pure: no clock, no randomness, no store.
 */
export interface ProviderLogic {
  validateResource(type: ResourceType, config: ObjectValue): Diagnostic[];
  planResource(request: PlanRequest): PlanOutcome;
  /** A state written by an older schema, or by hand: every attribute present, others dropped. */
  upgradeState(type: ResourceType, raw: unknown): ObjectValue;
  /**
   * What the provider writes into state for an answer of its API: the SDK's treatment of null and empty values
   * against the planned values (or, on refresh, the prior ones).
   * @param during applying, an empty collection and none are the same and the planned one stays; refreshing, the answer
   * stands (SDK: the last argument of `normalizeNullValues`)
   */
  normaliseState(
    type: ResourceType,
    answered: ObjectValue,
    reference: ObjectValue,
    during: "apply" | "refresh",
  ): ObjectValue;
}
