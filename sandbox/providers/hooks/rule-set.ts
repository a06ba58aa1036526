import type { CustomizeDiff, DiffSuppress, StateFunction, Validator } from "../sdk/hook-types";
import type { ElementCode, LegacyValue } from "../sdk/legacy-values";
import type { ResourceDiff } from "../sdk/resource-diff";

/** What a provider's function was made with; other functions are passed ready to be called. */
export type HookArgument = string | number | boolean;

/** Whether a change of a value means something, for {@link RuleSet.changes}. */
export type ChangeTest = (before: LegacyValue | undefined, after: LegacyValue | undefined) => boolean;

/**
 * Rules of one service, by the name of the provider's function whose behaviour they have. Which types and attributes a
 * function hangs on is recorded in `hooks/<provider>.jsonl.gz`; `#type path` stands for a function without a name.
 */
export interface RuleSet {
  suppress?: { [name: string]: DiffSuppress };
  /** Rules that are made with arguments. */
  suppressMakers?: { [name: string]: (...args: HookArgument[]) => DiffSuppress };
  state?: { [name: string]: StateFunction };
  codes?: { [name: string]: ElementCode };
  validate?: { [name: string]: Validator };
  validateMakers?: { [name: string]: (...args: HookArgument[]) => Validator };
  plan?: { [name: string]: CustomizeDiff };
  /** Tests that decide whether a change forces a new resource. */
  changes?: { [name: string]: ChangeTest };
  /** Tests on the whole plan that decide whether an attribute forces a new resource. */
  conditions?: { [name: string]: (diff: ResourceDiff) => boolean };
}
