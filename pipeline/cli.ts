import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isUserError } from "@groundwork/user-error";
import { Command, CommanderError } from "commander";
import { addCommands } from "./commands/command-line";
import type { CommandContext } from "./commands/session";
import { Console } from "./console/console";
import { Interruption } from "./interruption";
import { machineTrouble } from "./machine-trouble";
import { RunFailed } from "./run-failed";

/** Exit codes: what went wrong, and whose it is to change. */
export const exitCodes = { fine: 0, runFailed: 1, userError: 2, bug: 70 } as const;

/**
 * The `groundwork` command.
 *
 * @param args as typed after `groundwork`
 * @param root the repository
 * @returns the exit code
 */
export async function main(args: readonly string[], root: string): Promise<number> {
  let code: number = exitCodes.fine;
  // A reader that went away (`| head`, a closed terminal) must not end the work half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const program = new Command("groundwork").version(versionOf(root), "--version", "which version this is");
  // Before the subcommands, which inherit it.
  program.exitOverride();
  addCommands(program, async (json, command) => {
    code = await runCommand(root, json, command);
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.userError;
    throw error;
  }
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return version;
}

async function runCommand(
  root: string,
  json: boolean,
  command: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { stdout, stderr, env } = process;
  const console = new Console({ stdout, stderr, json, env });
  const interruption = new Interruption((level) => {
    console.note(
      level === "asked"
        ? "Stopping: what has begun is finished, and locks are given back. Once more to kill it."
        : 'Killed. Locks may be left behind; "groundwork doctor" finds them.',
    );
  });
  interruption.listen();
  try {
    const code = await command({ root, console, interruption, env });
    return interruption.exitCode ?? code;
  } catch (error) {
    console.progress.clear();
    return interruption.exitCode ?? report(console, error);
  } finally {
    interruption.ignore();
  }
}

function report(console: Console, error: unknown): number {
  if (isUserError(error)) {
    console.printJson({
      error: { kind: "user", message: error.message.split("\n  ")[0], problems: error.problems },
    });
    console.note(error.message);
    console.annotate("Something to change", error.message);
    return exitCodes.userError;
  }
  const failure = error instanceof RunFailed ? error.message : machineTrouble(error);
  if (failure !== undefined) {
    console.printJson({ error: { kind: "run", message: failure } });
    console.note(failure);
    return exitCodes.runFailed;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.printJson({ error: { kind: "bug", message: stack } });
  console.note(`This is a bug in Groundwork:\n${stack}`);
  console.annotate("A bug in Groundwork", stack);
  return exitCodes.bug;
}
