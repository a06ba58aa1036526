import { UserError } from "@groundwork/user-error";
import { actorOf } from "../history/actor";
import { RunFailed } from "../run-failed";
import { lockHolderOf, StateLocked } from "../state/lock";
import { rollBack } from "../state/rollback";
import { stateGenerations } from "../state/versions";
import { confirmed } from "./confirm";
import { lockAdvice } from "./lock-advice";
import { oneStack } from "./one-stack";
import type { CommandContext } from "./session";
import { type FormerOptions, withFormerStacks } from "./with-former-stacks";

export interface RollbackOptions extends FormerOptions {
  /** Generation to go back to. @default - the one before the one in use */
  to?: string;
  /** Why, for the history. */
  reason?: string;
  /** Don't ask. */
  yes?: boolean;
}

/** `groundwork state rollback STACK`: an older version of its state is the one in use again. */
export async function stateRollbackCommand(
  context: CommandContext,
  name: string,
  options: RollbackOptions,
): Promise<number> {
  const { console, env } = context;
  return withFormerStacks(context, options, [name], async (session) => {
    const { stack, address, bucket, history } = oneStack(session, name);
    const versions = await stateGenerations(bucket, address);
    const wanted = versions.find(({ version, live }) =>
      options.to === undefined ? !live : version.generation === options.to,
    );
    if (!wanted) {
      throw new UserError("There is no such version.", [
        {
          field: "--to",
          found: options.to ?? "nothing, and no version before the one in use",
          expected: `a generation that "groundwork state list ${stack.name}" tells`,
        },
      ]);
    }
    const { serial, generation } = wanted.version;
    const what = `${stack.name} goes back to serial ${serial} (generation ${generation}, ${wanted.writtenAt})`;
    const lock = await lockHolderOf(bucket, address);
    if (lock) throw new RunFailed(lockAdvice(stack.name, lock, new Date()));
    if (!options.yes && !(await confirmed(`${what}. Nothing in the cloud changes. Do it?`))) {
      throw new RunFailed(`Nothing was changed; --yes does it without asking: ${what}.`);
    }
    const by = actorOf(env);
    try {
      const { before, after, backup } = await rollBack(bucket, address, generation, {
        who: by.who,
        now: new Date(),
      });
      const { reason } = options;
      const event = {
        kind: "state" as const,
        stack: stack.name,
        action: "rolled back" as const,
        by,
        before,
        after,
      };
      const { number } = await history.append({
        ...event,
        ...(reason === undefined ? {} : { reason }),
        ...(backup === undefined ? {} : { backup }),
      });
      console.printJson({ stack: stack.name, before, after, backup, record: number });
      console.print(
        `${what}, now as serial ${after.serial}.${backup ? ` The state from before is in gs://${bucket.name}/${backup}.` : ""}`,
      );
      if (session.code.includes(stack)) {
        console.print(`See what it doesn't know: groundwork plan ${stack.name}`);
      }
      return 0;
    } catch (error) {
      if (!(error instanceof StateLocked) || !error.holder) throw error;
      throw new RunFailed(lockAdvice(stack.name, error.holder, new Date()));
    }
  });
}
