import type { Command } from "commander";
import {
  command,
  examples,
  formerToo,
  isJson,
  type OutputOptions,
  type Runner,
  targeted,
} from "./command-options";
import { stateListCommand } from "./state-list";
import { type RollbackOptions, stateRollbackCommand } from "./state-rollback";
import { stateUnlockCommand, type UnlockOptions } from "./state-unlock";
import type { FormerOptions } from "./with-former-stacks";

/** `groundwork state …`. */
export function addStateCommands(program: Command, run: Runner): void {
  const state = program.command("state").description("The stacks' Terraform states.");

  formerToo(
    targeted(
      command(state, "list", "The states and who holds them; of one stack, every version of its state."),
    ),
  )
    .argument("[names...]", "environments or stacks; all without")
    .addHelpText(
      "after",
      examples(
        ["groundwork state list prod", "serial, objects, age, locks"],
        ["groundwork state list prod-data", "the versions that it can be rolled back to"],
        ["groundwork state list old --since v41", "of an environment that a commit still has"],
        ["groundwork state list old --bucket shop-old-tfstate", "of one that only its bucket still knows"],
      ),
    )
    .action((names: string[], options: OutputOptions & FormerOptions) =>
      run(isJson(options), (context) => stateListCommand(context, names, options)),
    );

  formerToo(targeted(command(state, "rollback", "Makes an older version of a state the one in use again.")))
    .argument("<stack>", "such as dev-data")
    .option("--to <generation>", "the version, as list tells it (default: the one before)")
    .option("--reason <text>", "for the history")
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      examples(
        ["groundwork state rollback dev-data", "the version before, after a question; the other one is kept"],
        ["groundwork state rollback dev-data --to 1732190400000000 --yes", "a certain one"],
        [
          "groundwork state rollback old-data --bucket shop-old-tfstate",
          "of an environment that left the code",
        ],
      ),
    )
    .action((name: string, options: OutputOptions & RollbackOptions) =>
      run(isJson(options), (context) => stateRollbackCommand(context, name, options)),
    );

  formerToo(targeted(command(state, "unlock", "Takes a state's lock away from a command that is gone.")))
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
