import type { Command } from "commander";
import { artifactBuildCommand, artifactPutCommand, type BuildOptions } from "./artifact";
import { command, examples, isJson, type OutputOptions, type Runner } from "./command-options";
import type { TargetOptions } from "./session";

/** What a service's version runs: a zip, named by its content. */
export function addArtifactCommands(program: Command, run: Runner): void {
  const artifact = program.command("artifact").description("What versions of services run.");

  command(artifact, "build", "Packs a service's folder into a zip that depends on its files alone.")
    .argument("<folder>", "with the service's package.json")
    .requiredOption("--out <file>", "the zip to write")
    .addHelpText(
      "after",
      examples(["groundwork artifact build examples/service --out service.zip", "the same bytes everywhere"]),
    )
    .action((folder: string, options: OutputOptions & BuildOptions) =>
      run(isJson(options), (context) => artifactBuildCommand(context, folder, options)),
    );

  command(artifact, "put", "Puts a zip into an environment's artifact bucket, under its digest.")
    .argument("<env>", "an environment")
    .argument("<service>", "one of its services")
    .argument("<file>", "the zip")
    .option("--target <name>", "sandbox or cloud (default: sandbox, or GROUNDWORK_TARGET)")
    .addHelpText(
      "after",
      examples([
        "groundwork artifact put dev default service.zip --target cloud",
        "prints the entry for environments/releases/dev.json",
      ]),
    )
    .action((env: string, service: string, file: string, options: OutputOptions & TargetOptions) =>
      run(isJson(options), (context) => artifactPutCommand(context, [env, service, file], options)),
    );
}
