import type { ObjectValue, Value, ValuePath } from "../../values/value";

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

/** Judges the configured value of one attribute or block. */
export type AttributeValidator = (value: Value) => { summary: string; detail?: string } | undefined;

/** Rules of attributes of the plugin framework, by `type path`. */
export interface FrameworkRuleSet {
  modify?: { [place: string]: PlanModifier };
  validate?: { [place: string]: AttributeValidator };
}
