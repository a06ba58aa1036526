import type { Command } from "commander";
import { type ApplyCommandOptions, applyCommand } from "./apply";
import { type ApplyCommitOptions, applyCommitCommand } from "./apply-commit";
import { addArtifactCommands } from "./artifact-command-line";
import { addBootstrapCommand } from "./bootstrap-command-line";
import { type CheckOptions, checkCommand } from "./check";
import { command, examples, isJson, type OutputOptions, type Runner, targeted } from "./command-options";
import { addDeliveryCommands } from "./delivery-command-line";
import { doctorCommand } from "./doctor";
import { moveCommand, moveRequests } from "./move";
import { type ParityOptions, parityCommand } from "./parity";
import { type PlanOptions, planCommand } from "./plan";
import { addPreviewCommands } from "./preview-command-line";
import { addSandboxCommands } from "./sandbox-command-line";
import type { TargetOptions } from "./session";
import { addStateCommands } from "./state-command-line";
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

  addBootstrapCommand(program, run);

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

  command(
    program,
    "parity",
    "How the environments differ from each other, and that they differ in nothing else.",
  )
    .option("--effects", "also what each difference alone adds, removes and changes; takes longer")
    .addHelpText(
      "after",
      examples(
        ["groundwork parity", "declared differences, and the proof; exit code 1 when there are others"],
        ["groundwork parity --effects", "how many resources each of them touches"],
      ),
    )
    .action((options: OutputOptions & ParityOptions) =>
      run(isJson(options), (context) => parityCommand(context, options)),
    );

  targeted(command(program, "plan", "Says what an apply would change, and keeps the plans for it."))
    .argument("[names...]", "environments or stacks; all without")
    .option("--changed-since <ref>", "only what differs from this git ref, or from a synthesized folder")
    .option("--synthesized <folder>", "what other code synthesized; the code here is not run")
    .option("--from-base", "brings the base up in the sandbox first, where it is empty; with --changed-since")
    .option("--out <folder>", "writes the report there: report.txt, .md, .json, .html")
    .option("--detailed-exitcode", "exit code 0: no changes; 2: changes; 1: failed")
    .option("--save", "put the plans into the state buckets, for the apply of this commit from main")
    .option("--sha <commit>", "the commit to save them under (default: what is checked out)")
    .option(
      "--since <ref>",
      "with --save: a commit that still has what left the code, where no history tells",
    )
    .addHelpText(
      "after",
      examples(
        ["groundwork plan", "all stacks of all environments"],
        ["groundwork plan dev staging-data", "an environment and a stack of another"],
        ["groundwork plan --changed-since origin/main", "what a pull request changes, and nothing else"],
        [
          "groundwork plan --changed-since origin/main --from-base",
          "the same for a fork: without any account",
        ],
        ["groundwork plan --out report", "with a page to read in the browser: report/report.html"],
        ["groundwork plan prod --target cloud", "against the real cloud, with your credentials"],
        ["groundwork plan --json --detailed-exitcode", "for a program"],
        ["groundwork plan prod --save --target cloud", "for the review of the commit that is checked out"],
      ),
    )
    .action((names: string[], options: OutputOptions & PlanOptions) =>
      run(isJson(options), (context) => planCommand(context, names, options)),
    );

  targeted(command(program, "apply", "Applies exactly the plans that were kept."))
    .argument("[names...]", "environments or stacks; all of the plans without")
    .option("--plan <folder>", "folder of the plans; the newest without")
    .option("--sha <commit>", "what was reviewed for this commit, from the environment's bucket")
    .option("--reviewed <commit>", "with --sha: the commit whose plans were reviewed, when it was squashed")
    .option("--ref <ref>", "with --sha: its branch or tag (default: GITHUB_REF, or what is checked out)")
    .option("--fresh", "with --sha: plan again and go on with an equal digest, whatever was saved")
    .option("--since <ref>", "with --sha: a commit that has the environment, when the code no longer has it")
    .option("--evidence <file>", "with --sha: who said what about the change (default: GitHub is asked)")
    .addHelpText(
      "after",
      examples(
        ["groundwork apply", "the newest plans"],
        ["groundwork apply dev", "of those, the ones of dev"],
        ["groundwork apply --plan .groundwork/plans/20261121T120000-a1b2c3", "certain ones"],
        ["groundwork apply prod --sha 3f9a1c2 --target cloud", "what was reviewed for a commit of main"],
      ),
    )
    .action((names: string[], options: OutputOptions & ApplyCommandOptions & Partial<ApplyCommitOptions>) =>
      run(isJson(options), (context) => {
        const { sha } = options;
        return sha === undefined
          ? applyCommand(context, names, options)
          : applyCommitCommand(context, names, { ...options, sha });
      }),
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

  command(program, "move", "Keeps the object of a resource that has another name in the code now.")
    .argument("[words...]", "STACK (every stack that has TO without), address of before, address of now")
    .option("--offered", "all the moves that the newest plan offers")
    .usage("[options] [[STACK] FROM TO]")
    .addHelpText(
      "after",
      examples(
        [
          "groundwork move google_storage_bucket.old google_storage_bucket.new",
          "in every stack that has new",
        ],
        ["groundwork move --offered", "everything that the newest plan takes for renamed"],
        ["groundwork move dev-data google_storage_bucket.old google_storage_bucket.new", "in one"],
      ),
    )
    .action((words: string[], options: OutputOptions & { offered?: boolean }) =>
      run(isJson(options), (context) => moveCommand(context, moveRequests(context.root, words, options))),
    );

  addDeliveryCommands(program, run);
  addArtifactCommands(program, run);
  addPreviewCommands(program, run);
  addStateCommands(program, run);
  addSandboxCommands(program, run);
}
