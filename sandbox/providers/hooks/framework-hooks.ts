import type { ResourceType } from "../../schemas/model";
import type { ObjectValue, Value } from "../../values/value";
import type { ConfigValidator, PlanModifier, ResourcePlanModifier } from "../framework/modifier-types";

export type AttributeValidator = (
  value: Value,
  siblings: ObjectValue,
) => { summary: string; detail?: string } | undefined;

export function planModifiers(_type: ResourceType, _key: string): PlanModifier[] {
  return [];
}
export function resourcePlanModifier(_type: ResourceType): ResourcePlanModifier | undefined {
  return undefined;
}
export function attributeValidators(_type: ResourceType, _key: string): AttributeValidator[] {
  return [];
}
export function configValidators(_type: ResourceType): ConfigValidator[] {
  return [];
}
