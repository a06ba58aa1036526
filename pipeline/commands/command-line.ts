import type { Command } from "commander";
import { type ApplyCommandOptions, applyCommand } from "./apply";
import { type CheckOptions, checkCommand } from "./check";
import { command, examples, isJson, type OutputOptions, type Runner, targeted } from "./command-options";
import { doctorCommand } from "./doctor";
import { type PlanOptions, planCommand } from "./plan";
import { addSandboxCommands } from "./sandbox-command-line";
import type { TargetOptions } from "./session";
import { stateUnlockCommand, type UnlockOptions } from "./state-unlock";
import { synthCommand } from "./synth";
import { upCommand } from "./up";

/** Every command, its options and examples. */
export function addCommands(program: Command, run: Runner): void {
  program
    .description("Typed infrastructure for App Engine, Firebase Hosting, API Gateway and MongoDB Atlas.")
    .addHelpText(
      "after",
      examples(
        ["groundwork up", "every environment, in the sandbox: no account needed"],
        ["groundwork plan prod", "what an apply of prod would change"],
        ["groundwork doctor", "what is missing on this machine"],
      ),
    )
    .showHelpAfterError("(--help tells more)")
    .showSuggestionAfterError();

  command(program, "doctor", "What is missing on this machine, and how to get it.")
    .addHelpText(
      "after",
      examples(["groundwork doctor", "a table; exit code 1 when something required is missing"]),
    )
    .action((options: OutputOptions) => run(isJson(options), doctorCommand));

  command(program, "synth", "Writes the Terraform configuration of every stack to cdktf.out.")
    .addHelpText(
      "after",
      examples(["groundwork synth", "the stacks and the waves in which they are applied"]),
    )
    .action((options: OutputOptions) => run(isJson(options), synthCommand));

  command(program, "check", "Judges what is synthesized by the rules in policies/.")
    .argument("[names...]", "environments or stacks; all without")
    .option("--strict", "warnings fail too")
    .addHelpText(
      "after",
      examples(
        ["groundwork check", "all environments; exit code 1 when a rule is broken"],
        ["groundwork check prod --strict", "one of them; warnings count"],
        ["groundwork check --json", "every finding, for a program"],
      ),
    )
    .action((names: string[], options: OutputOptions & CheckOptions) =>
      run(isJson(options), (context) => checkCommand(context, names, options)),
    );

  targeted(command(program, "plan", "Says what an apply would change, and keeps the plans for it."))
    .argument("[names...]", "environments or stacks; all without")
    .option("--detailed-exitcode", "exit code 0: no changes; 2: changes; 1: failed")
    .addHelpText(
      "after",
      examples(
        ["groundwork plan", "all stacks of all environments"],
        ["groundwork plan dev staging-data", "an environment and a stack of another"],
        ["groundwork plan prod --target cloud", "against the real cloud, with your credentials"],
        ["groundwork plan --json --detailed-exitcode", "for a program"],
      ),
    )
    .action((names: string[], options: OutputOptions & PlanOptions) =>
      run(isJson(options), (context) => planCommand(context, names, options)),
    );

  targeted(command(program, "apply", "Applies exactly the plans that were kept."))
    .argument("[names...]", "environments or stacks; all of the plans without")
    .option("--plan <folder>", "folder of the plans; the newest without")
    .addHelpText(
      "after",
      examples(
        ["groundwork apply", "the newest plans"],
        ["groundwork apply dev", "of those, the ones of dev"],
        ["groundwork apply --plan .groundwork/plans/20261121T120000-a1b2c3", "certain ones"],
      ),
    )
    .action((names: string[], options: OutputOptions & ApplyCommandOptions) =>
      run(isJson(options), (context) => applyCommand(context, names, options)),
    );

  targeted(command(program, "up", "Synthesizes, plans everything at once, and applies in waves."))
    .argument("[names...]", "environments or stacks; all without")
    .addHelpText(
      "after",
      examples(
        ["groundwork up", "all environments, in the sandbox"],
        ["groundwork up dev", "one of them"],
        ["groundwork up dev --target cloud", "in the real cloud, with your credentials"],
      ),
    )
    .action((names: string[], options: OutputOptions & TargetOptions) =>
      run(isJson(options), (context) => upCommand(context, names, options)),
    );

  addStateCommands(program, run);
  addSandboxCommands(program, run);
}

function addStateCommands(program: Command, run: Runner): void {
  const state = program.command("state").description("The stacks' Terraform states.");
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
