import type { ResourceType } from "../../schemas/model";
import type { AttributeValidator, PlanModifier } from "../framework/modifier-types";
import { frameworkRuleSets } from "../rules/framework-rules";

/** @param path `a.b`, through lists and sets alike */
export function planModifiers(type: ResourceType, path: string): PlanModifier[] {
  return frameworkRuleSets.flatMap(({ modify }) => modify?.[`${type.name} ${path}`] ?? []);
}

/** @param path `a.b`, through lists and sets alike */
export function attributeValidators(type: ResourceType, path: string): AttributeValidator[] {
  return frameworkRuleSets.flatMap(({ validate }) => validate?.[`${type.name} ${path}`] ?? []);
}
