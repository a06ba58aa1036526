import { UserError } from "@groundwork/user-error";
import type { OrphanDecision, Stack } from "../synthesis/stack-list";

/** A stack that the base has and the code no longer has. What it made is still there, and nothing speaks of it. */
export interface Orphan {
  /** As the base has it. */
  stack: Stack;
  /** `undecided`: the code must say what becomes of it. */
  decision: "destroy" | "keep" | "undecided";
  reason?: string;
}

/**
 * What becomes of the stacks that are gone.
 *
 * @param removed in the base's order
 */
export function decideOrphans(removed: readonly Stack[], decisions: readonly OrphanDecision[]): Orphan[] {
  return removed.map((stack) => {
    const decided = decisions.find((one) => one.stack === stack.name);
    return decided
      ? { stack, decision: decided.decision, reason: decided.reason }
      : { stack, decision: "undecided" };
  });
}

/**
 * Refuses to destroy what something stands on that is to stay: the cloud would refuse it half-way.
 *
 * @param head every stack of the code
 * @throws UserError with every such decision
 */
export function refuseDestroyingBelow(orphans: readonly Orphan[], head: readonly Stack[]): void {
  const kept = orphans.filter(({ decision }) => decision === "keep").map(({ stack }) => stack);
  const problems = orphans
    .filter(({ decision }) => decision === "destroy")
    .flatMap(({ stack: { name } }) => {
      const standing = [...kept, ...head].filter(({ dependsOn }) => dependsOn.includes(name));
      if (standing.length === 0) return [];
      const names = standing.map((one) => one.name).join(", ");
      return [
        {
          field: `orphans.json ${name}`,
          found: `"destroy", and on it stands what is to stay: ${names}`,
          expected: `"keep", until ${standing.length === 1 ? "that is" : "those are"} destroyed`,
        },
      ];
    });
  if (problems.length > 0) throw new UserError("These stacks can't be destroyed.", problems);
}

/**
 * The orphans to destroy, in the order opposite to the one in which they were made: what stood on another stack goes
 * before it.
 *
 * @param folderOf where the configuration lies that destroys it
 */
export function stacksToDestroy(orphans: readonly Orphan[], folderOf: (name: string) => string): Stack[] {
  const doomed = orphans.filter(({ decision }) => decision === "destroy").map(({ stack }) => stack);
  return doomed.map((stack) => ({
    ...stack,
    folder: folderOf(stack.name),
    dependsOn: doomed.filter(({ dependsOn }) => dependsOn.includes(stack.name)).map(({ name }) => name),
  }));
}

/**
 * A configuration with the same state and providers and nothing in it: its plan destroys everything, and says so
 * object by object.
 *
 * @param configuration the base's `cdk.tf.json`
 */
export function emptiedConfiguration(configuration: string): string {
  const { terraform, provider } = JSON.parse(configuration) as { terraform?: unknown; provider?: unknown };
  return `${JSON.stringify({ terraform, provider }, null, 2)}\n`;
}
