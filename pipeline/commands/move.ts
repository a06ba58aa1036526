import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@groundwork/user-error";
import { movesFile } from "../../environments/moves";
import { countText } from "../console/words";
import { type AddedMove, addMove, type MoveRequest } from "../moves/add-move";
import { SavedPlans } from "../plan/saved-plans";
import { offeredMoves, renamesIn } from "../report/renames";
import { synthesize } from "../synthesis/synthesize";
import { readPlanJson } from "../terraform/plan-json";
import type { CommandContext } from "./session";

/** `groundwork move`: resources with another name in the code keep their objects in the cloud. */
export async function moveCommand(
  { root, console, interruption }: CommandContext,
  requests: readonly MoveRequest[],
): Promise<number> {
  const stacks = (await synthesize(root, interruption)).map(({ name, folder }) => ({
    name,
    configuration: readFileSync(join(folder, "cdk.tf.json"), "utf8"),
  }));
  const file = join(root, movesFile);
  let text = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const added: (MoveRequest & AddedMove)[] = [];
  for (const request of requests) {
    const one = addMove(request, stacks, text);
    text = one.text;
    added.push({ ...request, ...one });
  }
  const fresh = added.filter(({ isNew }) => isNew);
  if (fresh.length > 0 && text !== undefined) {
    writeFileSync(`${file}.${process.pid}.tmp`, text);
    renameSync(`${file}.${process.pid}.tmp`, file);
  }
  const names = stacks
    .map(({ name }) => name)
    .filter((name) => fresh.some((one) => one.stacks.includes(name)));
  console.printJson({
    file: movesFile,
    moves: added.map(({ from, to, stacks: own, isNew }) => ({ from, to, stacks: own, isNew })),
  });
  console.print(
    fresh.length > 0
      ? `${countText(fresh.length, "move")} written to ${movesFile}, for ${names.join(", ")}.
Commit it with the renaming; "groundwork plan ${names.join(" ")}" then moves instead of destroying.`
      : `${movesFile} has it already.`,
  );
  return 0;
}

/**
 * What `groundwork move [STACK] FROM TO` and `groundwork move --offered` ask for.
 *
 * @throws UserError when it is neither
 */
export function moveRequests(
  root: string,
  words: readonly string[],
  { offered }: { offered?: boolean },
): MoveRequest[] {
  const [first = "", second = "", third] = words;
  if (offered && words.length === 0) return offeredByNewestPlan(root);
  if (!offered && (words.length === 2 || words.length === 3)) {
    return [third === undefined ? { from: first, to: second } : { stack: first, from: second, to: third }];
  }
  const found = words.length === 0 ? "nothing" : words.join(" ");
  throw new UserError("What is to be moved?", [
    { field: "groundwork move", found, expected: "[STACK] FROM TO, or --offered alone" },
  ]);
}

function offeredByNewestPlan(root: string): MoveRequest[] {
  const saved = SavedPlans.newest(root);
  const pairs = saved.readRun().stacks.map(({ name }) => {
    const text = saved.readJson(name);
    return [name, text === undefined ? [] : renamesIn(readPlanJson(text))] as const;
  });
  const moves = offeredMoves(new Map(pairs));
  if (moves.length > 0) return moves.map(({ type: _type, ...move }) => move);
  throw new UserError("The newest plan offers no moves.", [
    { field: "--offered", found: saved.folder, expected: "a plan that destroys and creates the same object" },
  ]);
}
