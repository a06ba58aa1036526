// The command that is tortured, `node command.cjs OPTIONS`: plans and saves a commit, or applies it, on the sandbox, in a
// process of its own that can be killed. Its exit code is the command's; what it said goes to standard output.
import { acquireSandbox } from "@groundwork/sandbox/process/client";
import { lockHolderOf } from "../state/lock";
import { stateAddress } from "../state/state-object";
import { SmallPlatform } from "../testing/small-platform";
import { codeOf, commitOf } from "./commits";

export interface TorturedOptions {
  root: string;
  daemon: string;
  seed: number;
  trial: number;
  action: "plan" | "apply";
  /** Take away locks that are still there: whoever held them is known to be dead. */
  unlock: boolean;
}

async function main({ root, daemon, seed, trial, action, unlock }: TorturedOptions): Promise<number> {
  let env: Readonly<Record<string, string>> = {};
  const platform = new SmallPlatform(root, () => env);
  const stacks = platform.write(codeOf(seed, trial));
  const lease = await acquireSandbox({ root, daemon, folders: stacks.map(({ folder }) => folder) });
  env = lease.env;
  try {
    if (unlock) {
      const { session } = await platform.open(stacks);
      for (const stack of stacks) {
        const lock = await lockHolderOf(platform.bucket, stateAddress(stack.state ?? ""));
        if (lock) await session.terraform.forceUnlock(stack, lock.id);
      }
    }
    const commit = commitOf(seed, trial);
    if (action === "plan") {
      const results = await platform.plan(stacks, commit);
      console.log(JSON.stringify(results));
      return results.includes("failed") ? 1 : 0;
    }
    const { code, answer } = await platform.apply(stacks, commit);
    console.log(JSON.stringify(answer));
    return code;
  } finally {
    await lease.release();
  }
}

main(JSON.parse(process.argv[2] ?? "{}")).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 70;
  },
);
