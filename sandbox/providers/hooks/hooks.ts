import type { AttributeFacts, ResourceType } from "../../schemas/model";
import type { CustomizeDiff, DiffSuppress, StateFunction, Validator } from "../sdk/hook-types";
import type { ElementCode } from "../sdk/legacy-values";

export interface AttributeHooks {
  suppress?: DiffSuppress;
  stateFunction?: StateFunction;
  elementCode?: ElementCode;
  validators?: Validator[];
}

export function attributeHooks(_type: ResourceType, _path: string, _facts: AttributeFacts): AttributeHooks {
  return {};
}
export function planHooks(_type: ResourceType): CustomizeDiff[] {
  return [];
}
