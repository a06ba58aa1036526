import type { CheckResult } from "./finding";
import { type CheckOptions, judgeRules } from "./judge-rules";
import type { PackName } from "./packs";
import { textAt } from "./reading/json";
import { type StackInput, SynthesizedEnvironment } from "./reading/synthesized";
import { settingsWith } from "./settings";
import type { Allowances } from "./settings-type";
import { synthRules } from "./synth/rules";
import { waivers as ownWaivers } from "./waivers";

export interface CheckStacksOptions extends Pick<CheckOptions, "today"> {
  /** The kind of an environment; what is not known is judged as production. */
  readonly packOf: (environment: string) => PackName;
  /** What this organisation allows. */
  readonly allowances: Allowances;
  /** @default - `policies/waivers.ts` */
  readonly waivers?: CheckOptions["waivers"];
}

/**
 * Judges what is synthesized, before anything is planned.
 *
 * @param stacks every stack of every environment: some rules hold between stacks, and one looks for names of others
 */
export function checkStacks(stacks: readonly StackInput[], options: CheckStacksOptions): CheckResult {
  const { allowances, waivers = ownWaivers, packOf, today } = options;
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  const belongings = Object.fromEntries(names.map((name) => [name, belongingsOf(name, stacks)]));
  const environments = names.map((name) => {
    const { [name]: mine = [], ...others } = belongings;
    const strangers = Object.fromEntries(
      Object.entries(others).map(([other, theirs]) => [other, theirs.filter((one) => !mine.includes(one))]),
    );
    const members = stacks.filter(({ environment }) => environment === name);
    return new SynthesizedEnvironment(name, packOf(name), members, strangers);
  });
  return judgeRules(
    environments,
    synthRules,
    (rule, environment) => rule.check(environment, settingsWith(allowances)),
    {
      today,
      waivers,
    },
  );
}

/** The project and the state bucket of an environment, which no other may name. */
function belongingsOf(environment: string, stacks: readonly StackInput[]): string[] {
  const own = stacks.filter((stack) => stack.environment === environment);
  const buckets = own.map(({ configuration }) => textAt(configuration, "terraform.backend.gcs.bucket"));
  return [...new Set([...own.map(({ project }) => project), ...buckets].filter((one) => one !== undefined))];
}
