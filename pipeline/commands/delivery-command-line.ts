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
import { type CommentOptions, commentCommand } from "./comment";
import { type DeployOptions, deployCommand } from "./deploy";
import { type DriftOptions, driftCommand } from "./drift";
import { type HistoryOptions, historyCommand } from "./history";
import { type LockOptions, lockCommand } from "./lock";
import { type MatrixCommandOptions, matrixCommand } from "./matrix";

/** What workflows call around plan and apply, and what tells how it went. */
export function addDeliveryCommands(program: Command, run: Runner): void {
  command(program, "matrix", "The jobs in which a workflow goes through the stacks.")
    .argument("[names...]", "environments or stacks; all without")
    .option("--changed-since <ref>", "only what differs from this git ref, or from a synthesized folder")
    .option("--synthesized <folder>", "what other code synthesized; the code here is not run")
    .option("--together <number>", "so many stacks of an environment share a job (default: 8)")
    .option("--most <number>", "most jobs (default: 256, as GitHub has it)")
    .option("--github-output", "for the workflow's next jobs: outputs matrix and any")
    .addHelpText(
      "after",
      examples(
        ["groundwork matrix --changed-since origin/main", "what a pull request changes"],
        ["groundwork matrix dev --json", "everything of an environment, as strategy.matrix takes it"],
        ["groundwork matrix --together 1", "a job for each stack"],
      ),
    )
    .action((names: string[], options: OutputOptions & MatrixCommandOptions) =>
      run(isJson(options), (context) => matrixCommand(context, names, options)),
    );

  command(program, "comment", "Writes the plan's comment on a pull request: one, changed in place.")
    .requiredOption("--pr <number>", "the pull request")
    .option("--report <folder>", 'what "groundwork plan --out" wrote, or a folder of such folders')
    .option("--matrix <json>", "the jobs that had to plan: what none of them reported is told as not planned")
    .option("--sha <commit>", "the commit that was planned (default: what is checked out)")
    .option("--link <address>", "where the whole report is")
    .option("--stale", "only mark a comment of an older commit as stale, while a new plan is made")
    .addHelpText(
      "after",
      examples(
        ["groundwork comment --pr 12 --report report", "needs GITHUB_REPOSITORY and GITHUB_TOKEN"],
        ["groundwork comment --pr 12 --stale", "after a push, before the new plan"],
      ),
    )
    .action((options: OutputOptions & CommentOptions) =>
      run(isJson(options), (context) => commentCommand(context, options)),
    );

  targeted(
    command(program, "deploy", "Applies a commit to the environments that its ref leads to, in order."),
  )
    .requiredOption("--ref <ref>", "what was pushed: a branch, or refs/tags/<tag>")
    .option("--sha <commit>", "its commit (default: what is checked out)")
    .option("--reviewed <commit>", "the commit whose plans were reviewed, when it was squashed")
    .option(
      "--since <ref>",
      "what the branch was before: where nothing differs from it, nothing has to be done",
    )
    .option("--only <environment>", "one of them, after its reviewers' yes")
    .option("--fresh", "plan again and go on with an equal digest, whatever was saved")
    .option("--dry-run", "only tell where it leads")
    .option("--evidence <file>", "who said what about the change (default: GitHub is asked)")
    .addHelpText(
      "after",
      examples(
        ["groundwork deploy --ref main --dry-run", "where it leads, by environments/delivery.ts"],
        ["groundwork deploy --ref main --target cloud", "as far as it goes without reviewers"],
        ["groundwork deploy --ref main --only prod --target cloud", "the job that the reviewers let through"],
      ),
    )
    .action((options: OutputOptions & DeployOptions) =>
      run(isJson(options), (context) => deployCommand(context, options)),
    );

  targeted(command(program, "drift", "What was changed behind Terraform's back; changes nothing."))
    .argument("[names...]", "environments or stacks; all without")
    .option("--detailed-exitcode", "exit code 0: no drift; 2: drift; 1: failed")
    .option(
      "--since <ref>",
      "a commit that still has the environment or stack, when the code no longer has it",
    )
    .option("--issues", "one issue per drifted stack on GitHub: opened, updated and closed by itself")
    .addHelpText(
      "after",
      examples(
        ["groundwork drift prod --target cloud", "drift, and what waits for an apply"],
        ["groundwork drift prod --target cloud --issues", "every night"],
        ["groundwork drift old --since v41 --target cloud", "of an environment that the code let go of"],
      ),
    )
    .action((names: string[], options: OutputOptions & DriftOptions) =>
      run(isJson(options), (context) => driftCommand(context, names, options)),
    );

  formerToo(
    targeted(command(program, "history", "Who applied what, when, with whose approval, and how it ended.")),
  )
    .argument("[names...]", "environments or stacks; all without")
    .option("--last <number>", "how many records of each environment to look at (default: 200)")
    .option("--all", "from the first one on, and whether none is missing or was edited")
    .addHelpText(
      "after",
      examples(
        ["groundwork history prod", "what was applied to prod"],
        ["groundwork history prod-data --json", "all that is known of one stack's applies"],
        [
          "groundwork history old --bucket shop-old-tfstate",
          "who destroyed an environment that left the code",
        ],
        ["groundwork history prod --all", "for an audit; exit code 1 when a record is missing or was edited"],
      ),
    )
    .action((names: string[], options: OutputOptions & HistoryOptions) =>
      run(isJson(options), (context) => historyCommand(context, names, options)),
    );

  command(program, "lock", "Writes the checksums of every provider, for the platforms in use.")
    .option("--platform <name...>", "such as linux_amd64 (default: what the lock file has, and this machine)")
    .option("--mirror <folder-or-address>", "where providers come from instead of the registry")
    .option("--check", "only say whether the lock file fits the code; needs no network")
    .addHelpText(
      "after",
      examples(
        ["groundwork lock", "after a provider's version was changed"],
        ["groundwork lock --platform linux_amd64 darwin_arm64", "for CI and for laptops"],
        ["groundwork lock --check", "in CI: exit code 1 when a provider is missing in it"],
      ),
    )
    .action((options: OutputOptions & LockOptions) =>
      run(isJson(options), (context) => lockCommand(context, options)),
    );
}
