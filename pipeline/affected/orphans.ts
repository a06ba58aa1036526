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
