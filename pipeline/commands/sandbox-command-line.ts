import type { Command } from "commander";
import { command, examples, isJson, type OutputOptions, type Runner } from "./command-options";
import {
  sandboxResetCommand,
  sandboxStartCommand,
  sandboxStatusCommand,
  sandboxStopCommand,
} from "./sandbox";
import { type ObjectOptions, sandboxDeleteCommand, sandboxEditCommand } from "./sandbox-edit";
import { sandboxExecCommand } from "./sandbox-exec";
import {
  type FaultOptions,
  sandboxFaultAddCommand,
  sandboxFaultClearCommand,
  sandboxFaultListCommand,
} from "./sandbox-fault";

/** `groundwork sandbox …`. */
export function addSandboxCommands(program: Command, run: Runner): void {
  const sandbox = program.command("sandbox").description("The local cloud.");

  command(sandbox, "start", "Starts it to stay. Other commands start it when they need it, and end it again.")
    .addHelpText("after", examples(["groundwork sandbox start", "faster commands while you work"]))
    .action((options: OutputOptions) => run(isJson(options), sandboxStartCommand));

  command(sandbox, "stop", "Stops it; what it holds is kept.")
    .option("--force", "also when a command uses it")
    .addHelpText(
      "after",
      examples(["groundwork sandbox stop", "the objects and states are there at the next start"]),
    )
    .action((options: OutputOptions & { force?: boolean }) =>
      run(isJson(options), (context) => sandboxStopCommand(context, options)),
    );

  command(sandbox, "status", "Whether it runs, and what it holds.")
    .option("--env", "the variables that make Terraform use it, for a shell; start it to stay first")
    .addHelpText(
      "after",
      examples(
        ["groundwork sandbox status", "states, locks, and objects by type"],
        ['eval "$(groundwork sandbox status --env)"', "plain terraform in this shell uses the sandbox"],
      ),
    )
    .action((options: OutputOptions & { env?: boolean }) =>
      run(isJson(options), (context) => sandboxStatusCommand(context, options)),
    );

  command(sandbox, "reset", "Empties it: no objects, no states.")
    .addHelpText("after", examples(["groundwork sandbox reset", 'the next "up" begins with nothing']))
    .action((options: OutputOptions) => run(isJson(options), sandboxResetCommand));

  sandbox
    .command("exec")
    .description("Runs a program that runs Terraform, on the sandbox.")
    .argument("<program...>", "the program and its arguments, behind --")
    .addHelpText(
      "after",
      examples(
        ["groundwork sandbox exec -- cdktf diff dev-data", "CDKTF's own command"],
        ["groundwork sandbox exec -- cdktf deploy dev-data --auto-approve", "the same for an apply"],
        ["groundwork sandbox exec -- bash", "a shell in which terraform uses the sandbox"],
      ),
    )
    .action((program: string[]) => run(false, (context) => sandboxExecCommand(context, program)));

  addDriftCommands(sandbox, run);
  addFaultCommands(sandbox, run);
}

function addDriftCommands(sandbox: Command, run: Runner): void {
  command(sandbox, "edit", "Changes an object as somebody in the console would, behind Terraform's back.")
    .argument("<address>", "as `terraform state list` prints it")
    .argument("<attribute=value...>", "new values; what reads as JSON is JSON, all else is text")
    .option("--stack <name>", "the stack that knows the address; all are searched without")
    .addHelpText(
      "after",
      examples(
        [
          "groundwork sandbox edit mongodbatlas_advanced_cluster.c backup_enabled=false --stack dev-data",
          "the next plan of dev-data shows the drift",
        ],
        [
          "groundwork sandbox edit 'google_compute_network.n[0]' mtu=1500",
          "an address with an index, quoted for the shell",
        ],
      ),
    )
    .action((address: string, assignments: string[], options: OutputOptions & ObjectOptions) =>
      run(isJson(options), (context) => sandboxEditCommand(context, address, assignments, options)),
    );

  command(sandbox, "delete", "Deletes an object behind Terraform's back.")
    .argument("<address>", "as `terraform state list` prints it")
    .option("--stack <name>", "the stack that knows the address; all are searched without")
    .addHelpText(
      "after",
      examples(["groundwork sandbox delete google_storage_bucket.b", "the next plan creates it again"]),
    )
    .action((address: string, options: OutputOptions & ObjectOptions) =>
      run(isJson(options), (context) => sandboxDeleteCommand(context, address, options)),
    );
}

function addFaultCommands(sandbox: Command, run: Runner): void {
  const fault = sandbox.command("fault").description("Trouble on demand: errors, latency, lost answers.");
  command(fault, "add", "Makes matching calls of the simulated cloud fail or wait, until it is cleared.")
    .argument("[kind]", "error, latency, slow-answer, timeout, answer-lost or late")
    .option("--type <type>", "resource type; * stands for any characters (default: all)")
    .option(
      "--on <operations>",
      "of validate,plan,create,read,update,delete,import (default: all that can be)",
    )
    .option("--rate <share>", "share of the calls that are struck, 0 to 1 (default: 1)")
    .option("--times <number>", "strikes so many times, then no more")
    .option("--seed <number>", "decides, with --rate, which calls are struck (default: 1)")
    .option("--status <number>", "HTTP status of an error (default: 503)")
    .option("--milliseconds <number>", "of latency, slow-answer and timeout")
    .option("--reads <number>", "of late: how many reads don't find a new object")
    .option("--file <file>", "rules as JSON instead, one or a list")
    .addHelpText(
      "after",
      examples(
        ["groundwork sandbox fault add error --status 429 --rate 0.2", "every fifth call is refused"],
        [
          "groundwork sandbox fault add answer-lost --on create --times 1",
          "created, but Terraform isn't told",
        ],
        ["groundwork sandbox fault add late --type '*_iam_member' --reads 2", "eventual consistency"],
      ),
    )
    .action((kind: string | undefined, options: OutputOptions & FaultOptions) =>
      run(isJson(options), (context) => sandboxFaultAddCommand(context, kind, options)),
    );

  command(fault, "list", "The faults, and how often each has struck.")
    .addHelpText("after", examples(["groundwork sandbox fault list", "a table"]))
    .action((options: OutputOptions) => run(isJson(options), sandboxFaultListCommand));

  command(fault, "clear", "Ends a fault, or all.")
    .argument("[id]", "as list prints it; all without")
    .addHelpText("after", examples(["groundwork sandbox fault clear", "no more trouble"]))
    .action((id: string | undefined, options: OutputOptions) =>
      run(isJson(options), (context) => sandboxFaultClearCommand(context, id)),
    );
}
