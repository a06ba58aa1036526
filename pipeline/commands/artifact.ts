import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { loadEnvironments } from "../../environments/load";
import { sourceFiles } from "../artifact/source-files";
import { filesIn, zip } from "../artifact/zip";
import { GenerationMismatch } from "../bucket/bucket";
import { countText } from "../console/words";
import { cloudTarget } from "../target/cloud";
import { sandboxTarget } from "../target/sandbox";
import { targetName } from "../target/target";
import { bucketsOf, type CommandContext, type TargetOptions } from "./session";

export interface BuildOptions {
  /** File to write. */
  out: string;
}

/** `groundwork artifact build FOLDER --out FILE`: a zip that depends on nothing but the files in it. */
export async function artifactBuildCommand(
  { root, console }: CommandContext,
  folder: string,
  { out }: BuildOptions,
): Promise<number> {
  const files = sourceFiles(resolve(root, folder));
  const archive = zip(files);
  const file = resolve(root, out);
  writeFileSync(file, archive);
  const sha256 = digestOf(archive);
  console.printJson({ file, sha256, filesCount: files.length, bytes: archive.length });
  console.print(`${relative(root, file)}: ${countText(files.length, "file")}, sha256 ${sha256}`);
  return 0;
}

/**
 * `groundwork artifact put ENV SERVICE FILE`: uploads a zip under its own digest, once, and prints what the environment's
 * release says to run it. Nothing that is there is ever replaced.
 */
export async function artifactPutCommand(
  { root, console, env }: CommandContext,
  [environment = "", service = "", file = ""]: readonly string[],
  options: Pick<TargetOptions, "target">,
): Promise<number> {
  const { bucketName, archive, filesCount } = checked(root, environment, service, file);
  const sha256 = digestOf(archive);
  const name = `${service}/${sha256}.zip`;
  const target = targetName(options.target, env) === "cloud" ? cloudTarget() : await sandboxTarget(root);
  let isNew = true;
  try {
    const bucket = bucketsOf(target, env)(bucketName);
    await bucket.write(name, archive, { ifGeneration: "0", contentType: "application/zip" });
  } catch (error) {
    if (!(error instanceof GenerationMismatch)) throw error;
    isNew = false;
  } finally {
    await target.release();
  }
  const artifact = `gs://${bucketName}/${name}`;
  const entry = { artifact, sha256, createdAt: `${new Date().toISOString().slice(0, 19)}Z`, filesCount };
  console.printJson({ isNew, entry });
  console.print(`${isNew ? "Uploaded" : "It is there already"}: ${artifact}\n`);
  console.print(
    `Release it by a commit: first of services.${service}.versions in environments/releases/${environment}.json\n`,
  );
  console.print(JSON.stringify(entry, null, 2));
  return 0;
}

function checked(root: string, environment: string, service: string, file: string) {
  const all = loadEnvironments(root);
  const loaded = all.find((one) => one.environment.name === environment);
  const services = Object.keys(loaded?.environment.services ?? {});
  const path = resolve(root, file);
  const archive = existsSync(path) ? readFileSync(path) : undefined;
  const filesCount = archive && filesIn(archive);
  const problems = [
    ...(loaded
      ? services.includes(service)
        ? []
        : [{ field: "SERVICE", found: service, expected: `one of ${services.join(", ")}` }]
      : [
          {
            field: "ENV",
            found: environment,
            expected: `one of ${all.map((one) => one.environment.name).join(", ")}`,
          },
        ]),
    ...(archive && filesCount !== undefined && filesCount >= 1 && filesCount <= 10_000
      ? []
      : [
          {
            field: "FILE",
            found: archive ? `${filesCount ?? "no"} files` : file,
            expected: "a zip of 1 to 10000 files",
          },
        ]),
  ];
  if (!loaded || !archive || filesCount === undefined || problems.length > 0) {
    throw new UserError("The artifact can't be put there.", problems);
  }
  return { bucketName: loaded.names.artifactBucket, archive, filesCount };
}

function digestOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
