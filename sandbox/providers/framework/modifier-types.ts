import type { Diagnostic } from "../../values/diagnostic";
import type { ObjectValue, Value, ValuePath } from "../../values/value";
import type { PlanRequest } from "../contract";

export interface ModifierRequest {
  planned: Value;
  state: Value;
  config: Value;
  path: ValuePath;
  /** The whole state; null on creation. */
  prior: ObjectValue | null;
}

export interface ModifierOutcome {
  /** @default - as it was */
  planned?: Value;
  /** The change forces a new resource. @default false */
  replace?: boolean;
  /** Refuses the plan. */
  error?: { summary: string; detail?: string };
}

/** Changes or refuses the plan of one attribute. */
export type PlanModifier = (request: ModifierRequest) => ModifierOutcome;

/** Changes the plan of a whole resource; answers the new plan. */
export type ResourcePlanModifier = (
  request: PlanRequest & { planned: ObjectValue },
  diagnostics: Diagnostic[],
) => ObjectValue;

/** Judges the configuration of a whole resource. */
export type ConfigValidator = (config: ObjectValue) => Diagnostic[];
