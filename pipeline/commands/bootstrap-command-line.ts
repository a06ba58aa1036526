import type { Command } from "commander";
import { type BootstrapCommandOptions, bootstrapCommand } from "./bootstrap";
import { command, examples, isJson, type OutputOptions, type Runner, targeted } from "./command-options";

/** `groundwork bootstrap ENV`. */
export function addBootstrapCommand(program: Command, run: Runner): void {
  targeted(command(program, "bootstrap", "An environment's first apply: state bucket, keys, accounts of CI."))
    .argument("<env>", "an environment, such as dev")
    .option("--checklist", "only tell what has to be done by hand, and what is entered of it")
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      examples(
        ["groundwork bootstrap dev", "in the sandbox; a second time, there is nothing to do"],
        ["groundwork bootstrap prod --checklist", "what can't be code, with the present values"],
        ["groundwork bootstrap prod --target cloud", "in the real cloud, with your credentials"],
      ),
    )
    .action((name: string, options: OutputOptions & BootstrapCommandOptions) =>
      run(isJson(options), (context) => bootstrapCommand(context, name, options)),
    );
}
