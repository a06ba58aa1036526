import type { Move } from "../../environments/moves";
import type { Configuration } from "../synthesis/configuration";
import type { PlanJson } from "../terraform/plan-json";

/** A stack, as far as moves show in it. */
export interface StackWithMoves {
  name: string;
  /** Its `cdk.tf.json`. */
  configuration: string;
  /** Its plan; `no changes`: there is none, and so nothing to move; undefined: it was not planned. */
  planned?: PlanJson | "no changes";
}

/** An entry of the list of moves that does nothing. */
export interface IdleMove {
  /** Its place in the list, from 0. */
  index: number;
  move: Move;
  why: "leads to nothing in the code" | "is done wherever it leads";
}

/**
 * Which entries do nothing any more. An entry is taken for done only where every stack that it leads to was planned.
 *
 * @param stacks all of the code
 */
export function idleMoves(moves: readonly Move[], stacks: readonly StackWithMoves[]): IdleMove[] {
  if (moves.length === 0) return [];
  const moved = stacks.map((stack) => {
    const { moved = [] } = JSON.parse(stack.configuration) as Configuration;
    return { ...stack, keys: new Set(moved.map(keyOf)) };
  });
  return moves.flatMap((move, index): IdleMove[] => {
    const own = moved.filter(
      ({ name, keys }) => (move.stack === undefined || move.stack === name) && keys.has(keyOf(move)),
    );
    if (own.length === 0) return [{ index, move, why: "leads to nothing in the code" }];
    const isDone = own.every(({ planned }) => planned !== undefined && !movesAway(planned, move.from));
    return isDone ? [{ index, move, why: "is done wherever it leads" }] : [];
  });
}

/** For people: what to take out of the list. */
export function idleMoveText({ index, move, why }: IdleMove): string {
  return `environments/moves.json [${index}] ${why}, and can be taken out: ${move.from} → ${move.to}`;
}

function keyOf({ from, to }: { from: string; to: string }): string {
  return `${from} ${to}`;
}

/** Whether something still stands at the old address, or at an index of it. */
function movesAway(planned: PlanJson | "no changes", from: string): boolean {
  if (planned === "no changes") return false;
  return (planned.resource_changes ?? []).some(
    ({ address, previous_address: before }) =>
      before !== undefined && before !== address && (before === from || before.startsWith(`${from}[`)),
  );
}
