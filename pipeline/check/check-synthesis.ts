import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkStacks } from "@groundwork/policies/check-stacks";
import type { CheckResult } from "@groundwork/policies/finding";
import type { PackName } from "@groundwork/policies/packs";
import type { Json } from "@groundwork/policies/reading/json";
import type { Delivery } from "../../environments/delivery-schema";
import { loadAllowances } from "../../environments/load-allowances";
import type { Stack } from "../synthesis/stack-list";

/** Which pack judges an environment: its stage decides. What nobody knows anything of is judged as production. */
export function packOf({ packs }: Pick<Delivery, "packs">): (environment: string) => PackName {
  return (environment) => packs[environment] ?? "prod";
}

/**
 * Judges every synthesized stack.
 *
 * @param stacks all of them, as synthesis listed them
 * @param now waivers expire
 */
export function checkSynthesis(stacks: readonly Stack[], delivery: Delivery, now: Date): CheckResult {
  const inputs = stacks.map(({ name, environment, stack, project, folder }) => ({
    name,
    environment,
    kind: stack,
    project,
    configuration: JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Json,
  }));
  return checkStacks(inputs, {
    packOf: packOf(delivery),
    today: now.toISOString().slice(0, 10),
    allowances: loadAllowances(),
  });
}
