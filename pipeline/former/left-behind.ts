import { decideOrphans, type Orphan, refuseDestroyingBelow } from "../affected/orphans";
import { History } from "../history/history";
import { lastAppliedCommit, runsOf } from "../history/runs";
import { RunFailed } from "../run-failed";
import { stateAddress } from "../state/state-object";
import { stateInUse } from "../state/versions";
import type { OrphanDecision, Stack } from "../synthesis/stack-list";
import { type FormerPlaces, formerStacksOf } from "./former-stacks";

export interface LeftBehindOptions extends FormerPlaces {
  /** What the code says of stacks that it no longer has. */
  decisions: readonly OrphanDecision[];
  /** The stacks that a commit made. */
  stacksAt: (commit: string) => Promise<readonly Stack[]>;
  /** A commit that still has what left the code. @default - the history tells what each was last applied from */
  since?: string;
}

/**
 * What an environment's bucket still has objects of while the code has no stack for them, whenever it was taken out: no
 * comparison of two commits can overlook it. What is to be destroyed comes with the code that it was last applied from.
 *
 * @throws RunFailed when nobody knows that code any more
 * @throws UserError when one of them is to be destroyed on which others stand that stay
 */
export async function leftBehind(environment: string, options: LeftBehindOptions): Promise<Orphan[]> {
  const { code, bucket, decisions } = options;
  const former = await formerStacksOf(environment, options);
  const holding = await Promise.all(
    former.map(async (stack) => {
      const address = stateAddress(stack.state ?? "");
      const { live } = await stateInUse(bucket(address.bucket), address);
      // What can't be read is taken for something.
      return live && live.resources !== 0 ? [stack] : [];
    }),
  );
  const orphans = await Promise.all(
    decideOrphans(holding.flat(), decisions).map(async (orphan) =>
      orphan.decision === "destroy" ? { ...orphan, stack: await asApplied(orphan.stack, options) } : orphan,
    ),
  );
  refuseDestroyingBelow(orphans, code);
  return orphans;
}

async function asApplied(
  { name, environment, state = "" }: Stack,
  { bucket, stacksAt, since }: LeftBehindOptions,
): Promise<Stack> {
  if (since !== undefined) {
    const stack = (await stacksAt(since)).find((one) => one.name === name);
    if (stack) return stack;
  }
  const history = new History(environment, bucket(stateAddress(state).bucket));
  const { records } = await history.read();
  const commit = lastAppliedCommit(runsOf(records), name)?.replace(/\+edited$/, "");
  const isCommit = commit !== undefined && commit !== "none";
  const found = isCommit ? (await stacksAt(commit)).find((stack) => stack.name === name) : undefined;
  if (found) return found;
  const why = isCommit ? `${commit} has no such stack` : "no history tells";
  throw new RunFailed(
    `${name} is to be destroyed, and nobody knows the code that it was applied from: ${why}. ` +
      "Name a commit that still has it: --since COMMIT.",
  );
}
