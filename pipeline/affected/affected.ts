import type { OrphanDecision, Stack } from "../synthesis/stack-list";
import type { Base } from "./base";
import { compareSyntheses } from "./compare";
import { decideOrphans, type Orphan, refuseDestroyingBelow } from "./orphans";
import { readSynthesis } from "./read-synthesis";

/** What differs from the base. */
export interface Affected {
  /** What was compared with: `origin/main (1a2b3c4d5e)`. */
  since: string;
  /** Stacks that are new or not the same as in the base, in the order of the code. */
  stacks: Stack[];
  /** The same as in the base, in every byte. */
  unaffected: Stack[];
  /** Names of all stacks of the code, in its order. */
  order: string[];
  /** No longer in the code. */
  orphans: Orphan[];
}

/**
 * Compares what is synthesized with a base.
 *
 * @param head every stack of the code
 * @param decisions what the code says about stacks that it no longer has
 * @throws UserError when one of them is to be destroyed on which others stand that stay
 */
export function affectedSince(
  base: Base,
  head: readonly Stack[],
  decisions: readonly OrphanDecision[],
): Affected {
  const comparison = compareSyntheses(readSynthesis(base.stacks), readSynthesis(head));
  const among = (stacks: readonly Stack[], names: readonly string[]) => {
    const wanted = new Set(names);
    return stacks.filter(({ name }) => wanted.has(name));
  };
  const orphans = decideOrphans(among(base.stacks, comparison.removed), decisions);
  refuseDestroyingBelow(orphans, head);
  return {
    since: base.name,
    stacks: among(head, [...comparison.changed, ...comparison.added]),
    unaffected: among(head, comparison.same),
    order: head.map(({ name }) => name),
    orphans,
  };
}

/** The part of it that a command's arguments name. */
export function selectAffected(affected: Affected, selected: readonly Stack[]): Affected {
  const names = new Set(selected.map(({ name }) => name));
  const chosen = (stacks: readonly Stack[]) => stacks.filter(({ name }) => names.has(name));
  return {
    ...affected,
    stacks: chosen(affected.stacks),
    unaffected: chosen(affected.unaffected),
    orphans: affected.orphans.filter(({ stack }) => names.has(stack.name)),
  };
}
