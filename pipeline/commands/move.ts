import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { movesFile } from "../../environments/moves";
import { countText } from "../console/words";
import { addMove, type MoveRequest } from "../moves/add-move";
import { synthesize } from "../synthesis/synthesize";
import type { CommandContext } from "./session";

/** `groundwork move`: a resource with another name in the code keeps its object in the cloud. */
export async function moveCommand(
  { root, console, interruption }: CommandContext,
  request: MoveRequest,
): Promise<number> {
  const stacks = (await synthesize(root, interruption)).map(({ name, folder }) => ({
    name,
    configuration: readFileSync(join(folder, "cdk.tf.json"), "utf8"),
  }));
  const file = join(root, movesFile);
  const added = addMove(request, stacks, existsSync(file) ? readFileSync(file, "utf8") : undefined);
  if (added.isNew) {
    writeFileSync(`${file}.${process.pid}.tmp`, added.text);
    renameSync(`${file}.${process.pid}.tmp`, file);
  }
  const { from, to } = request;
  console.printJson({ file: movesFile, from, to, stacks: added.stacks, isNew: added.isNew });
  console.print(
    added.isNew
      ? `Written to ${movesFile}, for ${countText(added.stacks.length, "stack")}: ${added.stacks.join(", ")}.
Commit it with the renaming; "groundwork plan ${added.stacks.join(" ")}" then moves instead of destroying.`
      : `${movesFile} has it already.`,
  );
  return 0;
}

/**
 * What `groundwork move [STACK] FROM TO` was called with.
 *
 * @param words two or three
 */
export function moveRequest(words: readonly [string, string, string | undefined]): MoveRequest {
  const [first, second, third] = words;
  return third === undefined ? { from: first, to: second } : { stack: first, from: second, to: third };
}
