import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Bucket } from "../bucket/bucket";
import { RunFailed } from "../run-failed";
import type { PlanJson } from "../terraform/plan-json";
import { type Manifest, manifest, type StoredFile } from "./manifest";

/** A plan as it was stored. */
export interface StoredPlan {
  /** Terraform's own file. */
  plan: Buffer;
  json: PlanJson;
}

/**
 * The plans of commits, in an environment's state bucket: what is in them is in the state as well, so they are kept as
 * it is, encrypted and for few eyes, and not as artifacts of a workflow.
 *
 * `plans/<commit>/<stack>/<sha256>.tfplan` and `.json.gz` first, `plans/<commit>/<stack>/manifest.json` last: a run that is
 * killed leaves no manifest, and one that is repeated replaces it. The bucket's lifecycle expires `plans/`.
 */
export class CommitPlans {
  constructor(private readonly bucket: Bucket) {}

  /** Stores what planning a stack found, in place of what an earlier run found for the same commit. */
  async store(
    found: Omit<Manifest, "version" | "files">,
    plan?: { file: Buffer; json: string },
  ): Promise<Manifest> {
    const folder = folderOf(found.commit, found.stack);
    const files = plan && {
      plan: await this.put(folder, "tfplan", plan.file),
      json: await this.put(folder, "json.gz", gzipSync(plan.json)),
    };
    const stored: Manifest = { version: 1, ...found, ...(files ? { files } : {}) };
    const text = `${JSON.stringify(stored, null, 2)}\n`;
    await this.bucket.write(`${folder}manifest.json`, text, { contentType: "application/json" });
    return stored;
  }

  /** What was found for a commit, by name of the stack; empty when it was never planned, or that is long ago. */
  async manifests(commit: string): Promise<Map<string, Manifest>> {
    const stacks = await this.bucket.folders(`plans/${commit}/`);
    const found = await Promise.all(stacks.map((stack) => this.manifestOf(commit, stack)));
    return new Map(found.flatMap((one) => (one ? [[one.stack, one]] : [])));
  }

  /**
   * Reads a plan back.
   *
   * @throws RunFailed when it is gone, or is not what was stored
   */
  async read({ files, stack, commit }: Manifest): Promise<StoredPlan> {
    if (!files) throw new Error(`The plan of ${stack} for ${commit} changes nothing.`);
    const [plan, json] = await Promise.all([this.get(files.plan), this.get(files.json)]);
    return { plan, json: JSON.parse(gunzipSync(json).toString("utf8")) as PlanJson };
  }

  private async manifestOf(commit: string, stack: string): Promise<Manifest | undefined> {
    const found = await this.bucket.read(`${folderOf(commit, stack)}manifest.json`);
    return found && manifest.parse(JSON.parse(found.content.toString("utf8")));
  }

  /** Named by its content: what a manifest names is never replaced by something else. */
  private async put(folder: string, ending: string, content: Buffer): Promise<StoredFile> {
    const sha256 = hash(content);
    const object = `${folder}${sha256}.${ending}`;
    await this.bucket.write(object, content);
    return { object, sha256, bytes: content.length };
  }

  private async get({ object, sha256 }: StoredFile): Promise<Buffer> {
    const found = await this.bucket.read(object);
    const where = `gs://${this.bucket.name}/${object}`;
    if (!found) throw new RunFailed(`${where} is gone: plan the commit again.`);
    if (hash(found.content) !== sha256) throw new RunFailed(`${where} is not what was stored there.`);
    return found.content;
  }
}

function folderOf(commit: string, stack: string): string {
  return `plans/${commit}/${stack}/`;
}

function hash(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
