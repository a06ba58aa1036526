import { actorOf } from "../history/actor";
import { RunFailed } from "../run-failed";
import { lockHolderOf } from "../state/lock";
import { backUp } from "../state/rollback";
import { currentVersion, noState } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import type { Failure } from "../terraform/terraform";
import { confirmed } from "./confirm";
import { lockHolder } from "./lock-advice";
import { oneStack } from "./one-stack";
import type { CommandContext } from "./session";
import { type FormerOptions, withFormerStacks } from "./with-former-stacks";

export interface UnlockOptions extends FormerOptions {
  /** Don't ask. */
  yes?: boolean;
}

/**
 * `groundwork state unlock STACK`: takes a lock away from a command that is gone. The state is copied aside first: a
 * holder that is not gone after all may write it.
 */
export async function stateUnlockCommand(
  context: CommandContext,
  name: string,
  options: UnlockOptions,
): Promise<number> {
  const { console, env } = context;
  return withFormerStacks(context, options, [name], async (session) => {
    const { stack, address, bucket, history } = oneStack(session, name);
    const lock = await lockHolderOf(bucket, address);
    if (!lock) {
      console.printJson({ stack: stack.name, locked: false });
      console.print(`${stack.name} is not locked.`);
      return 0;
    }
    const holder = lockHolder(lock, new Date());
    if (
      !options.yes &&
      !(await confirmed(`${stack.name} is locked ${holder}. Is that command really gone?`))
    ) {
      throw new RunFailed(
        `${stack.name} is locked ${holder}. Nothing was changed; --yes takes the lock away without asking.`,
      );
    }
    const version = await currentVersion(bucket, address);
    const backup =
      version.generation === noState.generation
        ? undefined
        : await backUp(bucket, address, version, new Date());
    const ended = await session.terraform.forceUnlock(stack, lock.id);
    if (ended.result === "failed") throw failed(context, stack, ended);
    await history.append({
      kind: "state",
      stack: stack.name,
      action: "unlocked",
      by: actorOf(env),
      reason: `was locked ${holder}`,
      ...(backup === undefined ? {} : { backup }),
      before: version,
      after: version,
    });
    console.printJson({ stack: stack.name, locked: false, unlocked: lock, backup });
    console.print(`${stack.name} was locked ${holder}, and is no longer.`);
    return 0;
  });
}

function failed({ console }: CommandContext, stack: Stack, { diagnostics }: Failure): RunFailed {
  return new RunFailed(
    [`${stack.name} stays locked.`, ...renderDiagnostics(diagnostics, console.colours)].join("\n"),
  );
}
