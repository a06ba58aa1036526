import type { Command } from "commander";
import type { CommandContext } from "./session";

/** Runs a command with everything it needs. */
export type Runner = (json: boolean, command: (context: CommandContext) => Promise<number>) => Promise<void>;

/** Options of every command that answers. */
export interface OutputOptions {
  json?: boolean;
}

/** A subcommand that can answer in JSON. */
export function command(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option("--json", "one JSON document on standard output");
}

/** Options of commands that run Terraform. */
export function targeted(to: Command): Command {
  return to
    .option("--target <name>", "sandbox or cloud (default: sandbox, or GROUNDWORK_TARGET)")
    .option("--parallel <number>", "how many stacks at once (default: the processor's cores and one)");
}

/** Options of commands that also know what the code no longer has. */
export function formerToo(to: Command): Command {
  return to
    .option(
      "--since <ref>",
      "a commit that still has the environment or stack, when the code no longer has it",
    )
    .option("--bucket <name>", "the state bucket of an environment that the code no longer has");
}

export function isJson({ json }: OutputOptions): boolean {
  return json === true;
}

/** A part of the help: what to type, and what that does. */
export function examples(...lines: [command: string, meaning: string][]): string {
  const width = Math.max(...lines.map(([line]) => line.length));
  return `\nExamples:\n${lines.map(([line, meaning]) => `  ${line.padEnd(width)}  ${meaning}`).join("\n")}`;
}
