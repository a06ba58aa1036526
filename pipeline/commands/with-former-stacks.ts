import { UserError } from "@groundwork/user-error";
import { synthesizeBase } from "../affected/base";
import { formerStacksNamed, stacksInBucket } from "../former/former-stacks";
import { namesIn, selectStacks, unknownNames } from "../synthesis/selection";
import type { Stack } from "../synthesis/stack-list";
import { type CommandContext, type Session, type TargetOptions, withSession } from "./session";

/** Where stacks are looked for that the code no longer has. */
export interface FormerOptions extends TargetOptions {
  /** A commit that still has them: all that it says of them is known then. */
  since?: string;
  /** Bucket with the states of an environment that left the code; nothing of the code is meant then. */
  bucket?: string;
}

/**
 * A session whose stacks may also be such that the code no longer has: those of the commit that `since` names, those
 * whose states lie in `bucket`, and by their names those whose states lie beside those of their siblings.
 *
 * @throws UserError when a name is none of these
 */
export async function withFormerStacks<T>(
  context: CommandContext,
  { since, bucket: stateBucket, ...options }: FormerOptions,
  given: readonly string[],
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { root, console } = context;
  const names = namesIn(given);
  if (stateBucket !== undefined) {
    if (since !== undefined) throw bothNamed(since, stateBucket);
    return withSession(context, { ...options, select: () => [] }, given, async (session) => {
      console.note(`Bucket ${stateBucket}, whatever the code has.`);
      const stacks = await stacksInBucket(stateBucket, names, { root, bucket: session.bucket });
      return work({ ...session, stacks: selectStacks(stacks, names) });
    });
  }
  const formerStacks = await formerStacksSince(context, since);
  let known: readonly Stack[] = [];
  const select = (stacks: readonly Stack[]) => {
    known = stacks;
    const unknown = unknownNames(stacks, names);
    if (names.length > 0 && unknown.length === names.length) return [];
    return selectStacks(
      stacks,
      names.filter((name) => !unknown.includes(name)),
    );
  };
  return withSession(context, { ...options, formerStacks, select }, given, async (session) => {
    const { code, bucket } = session;
    const found = await formerStacksNamed(unknownNames(known, names), { root, code, bucket });
    return work({ ...session, stacks: selectStacks([...known, ...found], names, { elsewhere }) });
  });
}

const elsewhere =
  "; of what the code no longer has: with --since COMMIT, one that still has it, or --bucket, where its states lie";

/** Every stack of a commit that is named for those that the code no longer has. */
export async function formerStacksSince(
  { root, interruption }: CommandContext,
  since: string | undefined,
): Promise<readonly Stack[]> {
  if (since === undefined) return [];
  const { stacks } = await synthesizeBase(root, since, interruption, "--since");
  return stacks;
}

function bothNamed(since: string, bucket: string): UserError {
  const found = `${bucket}, beside --since ${since}`;
  return new UserError("Only one of them can say where the stacks are.", [
    { field: "--bucket", found, expected: "one of the two" },
  ]);
}
