import type { CheckResult } from "./finding";
import { type CheckOptions, judgeRules } from "./judge-rules";
import type { PackName } from "./packs";
import { planRules } from "./plan/rules";
import { type PlanInput, PlannedEnvironment, type Surroundings } from "./reading/planned";
import { settingsWith } from "./settings";
import type { Allowances } from "./settings-type";
import { waivers as ownWaivers } from "./waivers";

export interface CheckPlansOptions extends Pick<CheckOptions, "today"> {
  /** The kind of an environment; what is not known is judged as production. */
  readonly packOf: (environment: string) => PackName;
  /** What a plan can't tell, by environment. @default - nothing is known, and the rules that need it say so */
  readonly surroundings?: (environment: string) => Surroundings;
  /** What this organisation allows. */
  readonly allowances: Allowances;
  /** @default - `policies/waivers.ts` */
  readonly waivers?: CheckOptions["waivers"];
}

/**
 * Judges what is planned. Where a value is known only after the apply, production takes the worst.
 *
 * @param plans every plan of the environments in question; a stack without changes may be left out
 */
export function checkPlans(plans: readonly PlanInput[], options: CheckPlansOptions): CheckResult {
  const { allowances, waivers = ownWaivers, packOf, surroundings = () => ({}), today } = options;
  const names = [...new Set(plans.map(({ environment }) => environment))];
  const environments = names.map((name) => {
    const members = plans.filter(({ environment }) => environment === name);
    return new PlannedEnvironment(name, packOf(name), members, surroundings(name));
  });
  return judgeRules(
    environments,
    planRules,
    (rule, environment) => rule.check(environment, settingsWith(allowances)),
    {
      today,
      waivers,
    },
  );
}
