import { type GuardPlansOptions, guardPlans, recordOf } from "../guards/guard-plans";
import { renderRefusal } from "../guards/render-refusal";
import { refusedSummary } from "../summary/apply-summary";
import type { CommitWork } from "./apply-commit";
import type { CommandContext } from "./session";

type GuardOptions = Omit<GuardPlansOptions, "root" | "environment"> & { commit: string };

/**
 * The guard of an apply: lets plans through, or tells what stands in the way. What it let through is judged again before
 * each stack, for an apply may last longer than its window.
 */
export function guardOf(
  { root, console }: Pick<CommandContext, "root" | "console">,
  { commit, now = () => new Date(), ...options }: GuardOptions & { now?: () => Date },
): CommitWork["guard"] {
  return (environment, plans, known) => {
    const judgeAt = guardPlans(plans, { ...options, root, environment, known });
    const verdict = judgeAt(now());
    if (verdict.allowed) {
      const notNow = () => {
        const again = judgeAt(now());
        return again.allowed ? undefined : renderRefusal(environment, again).trim();
      };
      return { ...recordOf(verdict), notNow };
    }
    console.printJson({ environment, commit, ref: options.ref, refused: verdict });
    const text = renderRefusal(environment, verdict);
    console.print(text);
    console.annotate(environment, text.trim());
    console.summarize(refusedSummary(environment, commit, verdict));
    return undefined;
  };
}
