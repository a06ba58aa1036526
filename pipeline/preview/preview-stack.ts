import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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

/**
 * A configuration that destroys whatever the state of a pull request holds: every provider that a preview can use, and
 * nothing else. What its stack was once made of needn't be known.
 */
export async function synthesizePreviewEnd(
  root: string,
  pr: number,
  interruption: Interruption,
): Promise<Stack> {
  const { mark } = new PreviewNames(pr);
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
  const folder = join(root, ".groundwork", "previews", `${mark}-end`);
  const { stack } = await synthesizeInto(root, folder, everything, interruption);
  const emptied = join(folder, "emptied");
  writeWhole(
    join(emptied, "cdk.tf.json"),
    emptiedConfiguration(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")),
  );
  const lock = join(stack.folder, ".terraform.lock.hcl");
  if (existsSync(lock)) copyFileSync(lock, join(emptied, ".terraform.lock.hcl"));
  return { ...stack, folder: emptied };
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
  await runApp(root, ["preview-synth.mjs", file, folder], {}, interruption);
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
