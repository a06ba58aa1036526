import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { UserError } from "@groundwork/user-error";
import { RunFailed } from "../run-failed";
import type { Stack } from "../synthesis/stack-list";
import { type LockInfo, lockInfoOf } from "../terraform/lock-info";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import type { Failure, Terraform } from "../terraform/terraform";
import { lockHolder } from "./lock-advice";
import { type CommandContext, type TargetOptions, withSession } from "./session";

export interface UnlockOptions extends TargetOptions {
  /** Don't ask. */
  yes?: boolean;
}

/** `groundwork state unlock STACK`: takes a lock away from a command that is gone. */
export async function stateUnlockCommand(
  context: CommandContext,
  name: string,
  options: UnlockOptions,
): Promise<number> {
  const { console } = context;
  return withSession(context, options, [name], async ({ stacks: [stack, ...others], terraform }) => {
    if (!stack || others.length > 0) {
      throw new UserError("One stack at a time.", [
        { field: "STACK", found: name, expected: `a stack, ${name}-data` },
      ]);
    }
    const lock = await currentLock(terraform, stack);
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
    const ended = await terraform.forceUnlock(stack, lock.id);
    if (ended.result === "failed") throw failed(context, stack, ended);
    console.printJson({ stack: stack.name, locked: false, unlocked: lock });
    console.print(`${stack.name} was locked ${holder}, and is no longer.`);
    return 0;
  });
}

/** Terraform tells of a lock only by failing to get it. */
async function currentLock(terraform: Terraform, stack: Stack): Promise<LockInfo | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-lock-"));
  try {
    const ended = await terraform.plan(stack, join(folder, "plan"), { lockTimeout: "0s" });
    return lockInfoOf(ended.diagnostics);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}

function failed({ console }: CommandContext, stack: Stack, { diagnostics }: Failure): RunFailed {
  return new RunFailed(
    [`${stack.name} stays locked.`, ...renderDiagnostics(diagnostics, console.colours)].join("\n"),
  );
}
