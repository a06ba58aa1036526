import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { acquireSandbox } from "@groundwork/sandbox/process/client";
import { UserError } from "@groundwork/user-error";
import { synthesisFolder, synthesize } from "../synthesis/synthesize";
import { type CommandContext, terraformBinary } from "./session";

/** `groundwork sandbox exec -- COMMAND`: any program that runs Terraform, on the sandbox. */
export async function sandboxExecCommand(
  context: CommandContext,
  command: readonly string[],
): Promise<number> {
  const { root, interruption, env } = context;
  const [program, ...args] = command;
  if (program === undefined) {
    throw new UserError("There is nothing to run.", [
      {
        field: "COMMAND",
        found: "none",
        expected: "a program, such as: groundwork sandbox exec -- cdktf diff dev-data",
      },
    ]);
  }
  const binary = await terraformBinary(context);
  // The sandbox serves the types that it finds in the stacks, so they must be there before it is asked.
  if (!existsSync(join(root, synthesisFolder, "groundwork.json"))) await synthesize(root, interruption);
  // From here on, signals are for the program.
  interruption.ignore();
  const lease = await acquireSandbox({ root, folders: [process.cwd(), ...chosenFolders(args)] });
  try {
    const path = [join(root, "node_modules", ".bin"), dirname(binary.path), env.PATH ?? ""].join(delimiter);
    return await runInForeground(program, args, {
      ...env,
      ...lease.env,
      PATH: path,
      // CDKTF runs this executable, and otherwise locks providers by asking the registry.
      TERRAFORM_BINARY_NAME: binary.path,
      CDKTF_SKIP_PROVIDER_LOCK: "true",
    });
  } finally {
    await lease.release();
  }
}

/** Where Terraform is told to work instead of in the present folder: `-chdir=DIR`. */
export function chosenFolders(args: readonly string[]): string[] {
  return args.flatMap((arg) => /^--?chdir=(.+)$/.exec(arg)?.[1] ?? []).map((folder) => resolve(folder));
}

/** The program has the terminal; signals that reach only this process are passed on. */
function runInForeground(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((end, reject) => {
    const child = spawn(program, args, { env, stdio: "inherit" });
    // In a terminal Ctrl-C reaches the whole group, the child too; a second one would make Terraform drop everything.
    const passOn = (signal: NodeJS.Signals) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, passOn);
    const forget = () => {
      for (const signal of signals) process.off(signal, passOn);
    };
    child.once("error", (error) => {
      forget();
      const missing = "code" in error && error.code === "ENOENT";
      reject(
        missing
          ? new UserError("There is no such program.", [
              { field: "COMMAND", found: program, expected: "a program on the PATH or in node_modules/.bin" },
            ])
          : error,
      );
    });
    child.once("close", (code, signal) => {
      forget();
      end(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
