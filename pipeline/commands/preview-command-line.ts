import type { Command } from "commander";
import { command, examples, isJson, type OutputOptions, type Runner } from "./command-options";
import { type PreviewDownOptions, previewDownCommand } from "./preview-down";
import { previewListCommand } from "./preview-list";
import { type PreviewSweepOptions, previewSweepCommand } from "./preview-sweep";
import { type PreviewUpOptions, previewUpCommand } from "./preview-up";

const targetOption = [
  "--target <name>",
  "sandbox or cloud (default: sandbox, or GROUNDWORK_TARGET)",
] as const;
const pullRequestOption = ["--pr <number>", "the pull request"] as const;
const momentOption = ["--at <time>", "when it was asked for; the newest wins (default: now)"] as const;

/** `groundwork preview …`. */
export function addPreviewCommands(program: Command, run: Runner): void {
  const preview = program
    .command("preview")
    .description("An environment for each pull request, gone in the end.");

  command(preview, "up", "Brings a pull request's preview up, or to its newest commit.")
    .requiredOption(...pullRequestOption)
    .requiredOption("--sha <commit>", "the commit to preview")
    .option("--title <text>", "of the pull request")
    .option("--owner <login>", "who opened it")
    .option("--labels <list>", "of the pull request, with commas; those with preview: mean something")
    .option("--service <name=path>", "a service and its zip or folder; again for more", collect)
    .option("--site <name=folder>", "a site and its built folder; again for more", collect)
    .option("--fixtures <folder>", "what the database is seeded from")
    .option("--changed-since <ref>", "only services whose folder differs from this git ref")
    .option(...momentOption)
    .option(...targetOption)
    .addHelpText(
      "after",
      examples(
        ["groundwork preview up --pr 12 --sha abc1234", "everything in examples/, in the sandbox"],
        [
          "groundwork preview up --pr 12 --sha abc1234 --labels preview:own-gateway",
          "with a gateway of its own",
        ],
        [
          "groundwork preview up --pr 12 --sha abc1234 --service orders=orders.zip",
          "one service, built before",
        ],
      ),
    )
    .action((options: OutputOptions & PreviewUpOptions) =>
      run(isJson(options), (context) => previewUpCommand(context, options)),
    );

  command(preview, "down", "Removes everything of a pull request's preview. Can be run again at any time.")
    .requiredOption(...pullRequestOption)
    .option(...momentOption)
    .option(...targetOption)
    .addHelpText(
      "after",
      examples(["groundwork preview down --pr 12", "stack, database, channels, artifacts and state"]),
    )
    .action((options: OutputOptions & PreviewDownOptions) =>
      run(isJson(options), (context) => previewDownCommand(context, options)),
    );

  command(preview, "list", "Every preview: age, end, addresses, cost, state.")
    .option(...targetOption)
    .addHelpText("after", examples(["groundwork preview list --json", "for a program"]))
    .action((options: OutputOptions & { target?: string }) =>
      run(isJson(options), (context) => previewListCommand(context, options)),
    );

  command(preview, "sweep", "Removes what is left of closed and expired previews, wherever it is.")
    .option("--plan", "only tell what would go")
    .option("--limit <number>", "how many previews go at most (default: 50)")
    .option("--at <time>", "decides as of then, to see what a later sweep would do (default: now)")
    .option(...targetOption)
    .addHelpText(
      "after",
      examples(
        ["groundwork preview sweep --plan", "needs GITHUB_REPOSITORY and GITHUB_TOKEN"],
        ["groundwork preview sweep --plan --at 2026-12-24T00:00:00Z", "what will have expired by then"],
        ["groundwork preview sweep --target cloud", "on a schedule, and after each change of main"],
      ),
    )
    .action((options: OutputOptions & PreviewSweepOptions) =>
      run(isJson(options), (context) => previewSweepCommand(context, options)),
    );
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
