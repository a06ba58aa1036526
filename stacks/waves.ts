import type { StackKind } from "../environments/names";

/**
 * What must be applied before what, inside an environment. Plans need no order: stacks meet in names that are computed,
 * so all of them can be planned at once, before anything exists.
 */
export const appliedAfter: Readonly<Record<StackKind, readonly StackKind[]>> = {
  foundation: [],
  network: ["foundation"],
  data: ["network"],
  platform: ["network"],
  release: ["data", "platform"],
  observability: ["release"],
};

/** Number of the wave in which a stack is applied, from 0: one after the last of what it waits for. */
export function waveOf(kind: StackKind): number {
  return Math.max(-1, ...appliedAfter[kind].map(waveOf)) + 1;
}
