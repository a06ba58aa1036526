import { type GuardPlansOptions, guardPlans, recordOf } from "../guards/guard-plans";
import { renderRefusal } from "../guards/render-refusal";
import type { CommitWork } from "./apply-commit";
import type { CommandContext } from "./session";

type GuardOptions = Omit<GuardPlansOptions, "root" | "environment" | "now"> & { commit: string };

/** The guard of an apply: lets plans through, or tells what stands in the way. */
export function guardOf(
  { root, console }: Pick<CommandContext, "root" | "console">,
  { commit, ...options }: GuardOptions,
): CommitWork["guard"] {
  return (environment, plans) => {
    const { verdict } = guardPlans(plans, { ...options, root, environment, now: new Date() });
    if (verdict.allowed) return recordOf(verdict);
    console.printJson({ environment, commit, ref: options.ref, refused: verdict });
    console.print(renderRefusal(environment, verdict));
    return undefined;
  };
}
