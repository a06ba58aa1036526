import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { PreviewNames } from "../../environments/preview-names";
import { previewSources } from "../../environments/preview-sources";
import { sourceFiles } from "../artifact/source-files";
import { filesIn, zip } from "../artifact/zip";
import { GenerationMismatch } from "../bucket/bucket";
import type { ChangedService, PreviewPlace } from "./contract";

/** What a service's version is made of. */
export interface ServiceSource {
  name: string;
  /** A zip. */
  content: Buffer;
}

/**
 * What to preview where nobody says: every service that has a folder in this repository.
 *
 * @param changed whether something in a folder differs from what the pull request is to be merged into
 * @default changed - everything counts as changed
 */
export function sourcesIn(root: string, changed: (folder: string) => boolean = () => true): ServiceSource[] {
  return Object.entries(previewSources.services)
    .filter(([, folder]) => existsSync(join(root, folder)) && changed(folder))
    .map(([name, folder]) => ({ name, content: zip(sourceFiles(join(root, folder))) }));
}

/**
 * `orders=build/orders.zip`, or a folder that is packed.
 *
 * @param known the environment's services
 * @throws UserError for anything else, and for what isn't there
 */
export function sourceOption(root: string, option: string, known: readonly string[]): ServiceSource {
  const [, name = "", given = ""] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(option) ?? [];
  const path = resolve(root, given);
  const refuse = (expected: string): never => {
    throw new UserError("That can't be previewed.", [{ field: "--service", found: option, expected }]);
  };
  if (name === "" || !existsSync(path)) refuse("a service and its zip or folder: orders=build/orders.zip");
  if (!known.includes(name)) refuse(`one of ${known.join(", ")}`);
  const content = statSync(path).isDirectory() ? zip(sourceFiles(path)) : readFileSync(path);
  if (filesIn(content) === undefined) refuse("a zip, or a folder with package.json");
  return { name, content };
}

/**
 * What the version of a service will be made of.
 *
 * @throws UserError when a zip is none
 */
export function artifactOf(
  { loaded }: PreviewPlace,
  pr: number,
  sha: string,
  { name, content }: ServiceSource,
): ChangedService {
  const artifact = `gs://${loaded.names.artifactBucket}/${new PreviewNames(pr).artifact(sha, name)}`;
  return { name, artifact, filesCount: filesIn(content) ?? 1 };
}

/**
 * Puts what the versions run into the artifact bucket, below the pull request's prefix and the commit. What lies there
 * already stays: a version's content never changes.
 */
export async function uploadArtifacts(
  { bucket, loaded }: PreviewPlace,
  pr: number,
  sha: string,
  sources: readonly ServiceSource[],
): Promise<void> {
  const artifacts = bucket(loaded.names.artifactBucket);
  const names = new PreviewNames(pr);
  await Promise.all(
    sources.map(async ({ name, content }) => {
      try {
        const options = { ifGeneration: "0", contentType: "application/zip" };
        await artifacts.write(names.artifact(sha, name), content, options);
      } catch (error) {
        if (!(error instanceof GenerationMismatch)) throw error;
      }
    }),
  );
}

/**
 * Removes a pull request's artifacts.
 *
 * @param keep the commit whose artifacts stay @default - none stay
 * @returns how many went
 */
export async function removeArtifacts(
  { bucket, loaded }: PreviewPlace,
  pr: number,
  keep?: string,
): Promise<number> {
  const artifacts = bucket(loaded.names.artifactBucket);
  const names = new PreviewNames(pr);
  const kept = keep === undefined ? undefined : names.artifact(keep, "").replace(/[^/]*$/, "");
  const doomed: string[] = [];
  for await (const { name } of artifacts.list(names.artifactPrefix)) {
    if (kept === undefined || !name.startsWith(kept)) doomed.push(name);
  }
  const removed = await Promise.all(doomed.map((name) => artifacts.remove(name)));
  return removed.filter(Boolean).length;
}
