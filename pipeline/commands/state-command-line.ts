import type { Command } from "commander";
import { command, examples, isJson, type OutputOptions, type Runner, targeted } from "./command-options";
import type { TargetOptions } from "./session";
import { stateListCommand } from "./state-list";
import { type RollbackOptions, stateRollbackCommand } from "./state-rollback";
import { stateUnlockCommand, type UnlockOptions } from "./state-unlock";

/** `groundwork state …`. */
export function addStateCommands(program: Command, run: Runner): void {
  const state = program.command("state").description("The stacks' Terraform states.");

  targeted(command(state, "list", "The states and who holds them; of one stack, every version of its state."))
    .argument("[names...]", "environments or stacks; all without")
    .addHelpText(
      "after",
      examples(
        ["groundwork state list prod", "serial, objects, age, locks"],
        ["groundwork state list prod-data", "the versions that it can be rolled back to"],
      ),
    )
    .action((names: string[], options: OutputOptions & TargetOptions) =>
      run(isJson(options), (context) => stateListCommand(context, names, options)),
    );

  targeted(command(state, "rollback", "Makes an older version of a state the one in use again."))
    .argument("<stack>", "such as dev-data")
    .option("--to <generation>", "the version, as list tells it (default: the one before)")
    .option("--reason <text>", "for the history")
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      examples(
        ["groundwork state rollback dev-data", "the version before, after a question; the other one is kept"],
        ["groundwork state rollback dev-data --to 1732190400000000 --yes", "a certain one"],
      ),
    )
    .action((name: string, options: OutputOptions & RollbackOptions) =>
      run(isJson(options), (context) => stateRollbackCommand(context, name, options)),
    );

  targeted(command(state, "unlock", "Takes a state's lock away from a command that is gone."))
    .argument("<stack>", "such as dev-data")
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      examples(["groundwork state unlock dev-data", "tells who holds the lock, and asks"]),
    )
    .action((name: string, options: OutputOptions & UnlockOptions) =>
      run(isJson(options), (context) => stateUnlockCommand(context, name, options)),
    );
}
