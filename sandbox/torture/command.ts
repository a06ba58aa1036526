// The command that is tortured, `node command.cjs OPTIONS`: runs Terraform in several stacks at once on the sandbox, as
// `groundwork up` does, in a process of its own that can be killed. Says on standard output "started PID" for each
// Terraform, and in the end "taken back NUMBER"; its exit code is 0 when all of them succeeded.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { acquireSandbox, sandboxStatus } from "../process/client";

export interface CommandOptions {
  root: string;
  daemon: string;
  stacks: string[];
  /** What Terraform is asked to do. */
  action: "apply" | "destroy" | "plan";
  /** Take away locks that are still there: whoever held them is known to be dead. */
  unlock: boolean;
}

const ARGUMENTS = {
  apply: ["apply", "-auto-approve", "-input=false", "-no-color"],
  destroy: ["destroy", "-auto-approve", "-input=false", "-no-color"],
  plan: ["plan", "-detailed-exitcode", "-input=false", "-no-color"],
};

async function main({ root, daemon, stacks, action, unlock }: CommandOptions): Promise<void> {
  const lease = await acquireSandbox({ root, daemon, folders: stacks });
  const terraform = async (stack: string, args: readonly string[]): Promise<void> => {
    const child = spawn("terraform", args, { cwd: stack, env: { ...process.env, ...lease.env } });
    console.log(`started ${child.pid}`);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const [code] = await once(child, "close");
    if (code !== 0)
      throw new Error(`terraform ${args[0]} in ${basename(stack)} ended with ${code}:\n${output}`);
  };
  const { states = [] } = await sandboxStatus({ root });
  const outcomes = await Promise.allSettled(
    stacks.map(async (stack) => {
      if (!existsSync(join(stack, ".terraform", "terraform.tfstate")))
        await terraform(stack, ["init", "-input=false"]);
      const lock = states.find((state) => state.name.startsWith(`${basename(stack)}/`))?.lock;
      if (unlock && lock !== undefined) await terraform(stack, ["force-unlock", "-force", lock.id]);
      await terraform(stack, ARGUMENTS[action]);
    }),
  );
  console.log(`taken back ${(await sandboxStatus({ root })).takenBack?.length ?? 0}`);
  await lease.release();
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") continue;
    console.error(String(outcome.reason));
    process.exitCode = 1;
  }
}

main(JSON.parse(process.argv[2] ?? "{}")).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
