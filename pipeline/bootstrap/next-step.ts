import type { StateVersion } from "../history/record";
import type { LocalState } from "./work-folder";

/** Where a bootstrap stands. */
export interface Standing {
  /** A bootstrap was begun on this machine and didn't end. */
  begun: boolean;
  /** The state that it left here. */
  local: Pick<LocalState, "lineage" | "serial"> | undefined;
  /** The state in the bucket. */
  stored: Pick<StateVersion, "lineage" | "serial"> | undefined;
}

/**
 * What is left to do.
 *
 * - `apply`: make what is missing, then move the state
 * - `clear`: the state is in the bucket; only what lies here has to go
 * - `nothing`: somebody did it all
 * - `conflict`: two different states know the foundation
 */
export type NextStep = "apply" | "clear" | "nothing" | "conflict";

/** Decides from what is there, so that a bootstrap can be killed anywhere and run again. */
export function nextStep({ begun, local, stored }: Standing): NextStep {
  if (stored === undefined) return "apply";
  if (!begun) return "nothing";
  if (local === undefined || isMoved(local, stored)) return "clear";
  return local.lineage === stored.lineage ? "apply" : "conflict";
}

/** Whether the bucket holds all that the state here holds. */
export function isMoved(
  local: Pick<LocalState, "lineage" | "serial">,
  stored: Pick<StateVersion, "lineage" | "serial">,
): boolean {
  return local.lineage === stored.lineage && stored.serial >= local.serial;
}
