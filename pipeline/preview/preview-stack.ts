import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PreviewNames } from "../../environments/preview-names";
import { previewLabels } from "../../environments/preview-rules";
import { emptiedConfiguration } from "../affected/orphans";
import type { Interruption } from "../interruption";
import { readStackList, type Stack } from "../synthesis/stack-list";
import { runApp, synthesisFolder } from "../synthesis/synthesize";
import type { PreviewRequest } from "./contract";

/** A pull request's stack, synthesized. */
export interface PreviewStack {
  stack: Stack;
  /** Folder with `firebase.json` and `config.json` of each site: `<folder>/<site>/`. */
  hosting: string;
}

/** Synthesizes a pull request's stack into `cdktf.out/previews/pr-12`, in a process of its own. */
export function synthesizePreviewStack(
  root: string,
  request: PreviewRequest,
  interruption: Interruption,
): Promise<PreviewStack> {
  return synthesizeInto(
    root,
    join(root, synthesisFolder, "previews", new PreviewNames(request.pr).mark),
    request,
    interruption,
  );
}

/** What destroys a preview, whichever it is. */
interface PreviewEnd {
  stack: Stack;
  configuration: { terraform?: { backend?: { gcs?: { prefix?: string } } } };
  lockFile?: string;
}

/** By repository: alike for all previews but for where their states are, so whoever removes many synthesizes once. */
const ends = new Map<string, Promise<PreviewEnd>>();

/**
 * A configuration that destroys whatever the state of a pull request holds: every provider that a preview can use, and
 * nothing else. What its stack was once made of needn't be known.
 */
export async function synthesizePreviewEnd(
  root: string,
  pr: number,
  interruption: Interruption,
): Promise<Stack> {
  const end = ends.get(root) ?? synthesizeEnd(root, pr, interruption);
  ends.set(root, end);
  end.catch(() => ends.delete(root));
  const { stack, configuration, lockFile } = await end;
  const { mark, stack: name, statePrefix } = new PreviewNames(pr);
  const folder = join(root, ".groundwork", "previews", `${mark}-end`);
  const gcs = { ...configuration.terraform?.backend?.gcs, prefix: statePrefix };
  const own = { ...configuration, terraform: { ...configuration.terraform, backend: { gcs } } };
  writeWhole(join(folder, "cdk.tf.json"), `${JSON.stringify(own, null, 2)}\n`);
  if (lockFile !== undefined) writeWhole(join(folder, ".terraform.lock.hcl"), lockFile);
  const state = stack.state?.replace(/^(gs:\/\/[^/]+\/).*$/, `$1${statePrefix}`);
  return { ...stack, name, stack: mark, folder, ...(state === undefined ? {} : { state }) };
}

async function synthesizeEnd(root: string, pr: number, interruption: Interruption): Promise<PreviewEnd> {
  const everything: PreviewRequest = {
    pr,
    sha: "0000000",
    title: "",
    owner: "nobody",
    labels: Object.values(previewLabels),
    pushedAt: "2000-01-01T00:00:00Z",
    expiresAt: "2000-01-08T00:00:00Z",
    changedServices: [],
  };
  // Of this process alone: another one may remove the same preview, or what it began with.
  const folder = join(root, ".groundwork", "previews", `end.${process.pid}`);
  try {
    const { stack } = await synthesizeInto(root, folder, everything, interruption);
    const lock = join(stack.folder, ".terraform.lock.hcl");
    return {
      stack,
      configuration: JSON.parse(
        emptiedConfiguration(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")),
      ),
      ...(existsSync(lock) ? { lockFile: readFileSync(lock, "utf8") } : {}),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function synthesizeInto(
  root: string,
  folder: string,
  request: PreviewRequest,
  interruption: Interruption,
): Promise<PreviewStack> {
  const { mark } = new PreviewNames(request.pr);
  const file = join(root, ".groundwork", "previews", `${mark}.${process.pid}.json`);
  writeWhole(file, JSON.stringify(requestOnly(request)));
  try {
    await runApp(root, ["preview-synth.mjs", file, folder], {}, interruption);
  } finally {
    rmSync(file, { force: true });
  }
  const [stack] = readStackList(folder);
  if (!stack) throw new Error(`${folder} has no stack`);
  return { stack, hosting: join(folder, "hosting") };
}

/** A record is a request with more: synthesis takes nothing that it doesn't know. */
export function requestOnly(request: PreviewRequest): PreviewRequest {
  const { pr, sha, title, owner, labels, pushedAt, expiresAt, changedServices } = request;
  return { pr, sha, title, owner, labels, pushedAt, expiresAt, changedServices };
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
