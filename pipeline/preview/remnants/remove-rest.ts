import { RunFailed } from "../../run-failed";
import type { PreviewRemnant } from "../contract";
import { readSides } from "./read-sides";
import { removalOrder } from "./removal-order";
import type { Side } from "./side";

/** What lies in the state bucket tells that there is something, and goes last. */
const known = new Set<PreviewRemnant["side"]>(["state", "record", "lease"]);

/**
 * Removes what no state knows of, of one pull request: whoever made it was killed before Terraform could write it down.
 *
 * @returns whether there was anything
 * @throws RunFailed with every side that can't be read, and everything that can't be removed
 */
export async function removeRest(sides: readonly Side[], pr: number): Promise<boolean> {
  const { remnants, unread } = await readSides(sides, async () => []);
  const turn = ({ side }: PreviewRemnant) => removalOrder.indexOf(side);
  const own = remnants
    .filter((one) => one.pr === pr && !known.has(one.side))
    .sort((a, b) => turn(a) - turn(b));
  const problems = unread.map(({ side, reason }) => `${side}: ${reason}`);
  // One after the other: a role is in use as long as its user is there.
  for (const remnant of own) {
    const side = sides.find((one) => one.sides.includes(remnant.side));
    try {
      await side?.remove(remnant);
    } catch (error) {
      problems.push(
        `${remnant.side} ${remnant.name}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  if (problems.length > 0) throw new RunFailed(problems.join("\n"));
  return own.length > 0;
}
