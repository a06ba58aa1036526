import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { z } from "zod";
import type { Stack } from "../synthesis/stack-list";

const savedStack = z.object({
  name: z.string(),
  environment: z.string(),
  /** What planning found. */
  result: z.enum(["changes", "no changes", "failed"]),
  /** Applied before these; the others of the run are not waited for. */
  dependsOn: z.array(z.string()),
  /** Of what changes. */
  digest: z.templateLiteral(["sha256:", z.string()]).optional(),
  /** Set for a stack that the code no longer has: what the code would say of it. */
  orphan: z
    .object({
      stack: z.string(),
      project: z.string(),
      providers: z.record(z.string(), z.string()),
      state: z.string(),
    })
    .optional(),
});

const savedRun = z.object({
  version: z.literal(1),
  /** ISO 8601. */
  plannedAt: z.string(),
  target: z.enum(["sandbox", "cloud"]),
  terraform: z.object({ product: z.enum(["Terraform", "OpenTofu"]), version: z.string() }),
  stacks: z.array(savedStack),
});
export type SavedRun = z.infer<typeof savedRun>;
export type SavedStack = z.infer<typeof savedStack>;

/** Runs older than the newest ten are removed. */
const runsKept = 10;
const indexName = "run.json";
const runName = /^\d{8}T\d{6}-[0-9a-f]{6}$/;

/**
 * Plans of one run in a folder: `<stack>.tfplan` for Terraform, `<stack>.json` for everybody else, `run.json` last.
 * They hold what Terraform's state holds, secrets included, so only their owner reads them.
 */
export class SavedPlans {
  private constructor(readonly folder: string) {}

  /** @param now name and age of the run */
  static create(root: string, now: Date): SavedPlans {
    const parent = plansFolder(root);
    const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, "");
    const folder = join(parent, `${stamp}-${randomBytes(3).toString("hex")}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeOldRuns(parent);
    return new SavedPlans(folder);
  }

  /** @throws UserError when there is no complete run of plans in the folder */
  static open(folder: string): SavedPlans {
    if (!existsSync(join(folder, indexName))) {
      throw new UserError("There are no saved plans.", [
        { field: "--plan", found: folder, expected: `a folder made by "groundwork plan"` },
      ]);
    }
    return new SavedPlans(resolve(folder));
  }

  /** @throws UserError when nothing was planned yet */
  static newest(root: string): SavedPlans {
    const complete = runsIn(plansFolder(root)).filter((run) => existsSync(join(run, indexName)));
    const newest = complete.at(-1);
    if (newest === undefined) throw new UserError(`Nothing is planned yet: run "groundwork plan" first.`);
    return new SavedPlans(newest);
  }

  planFile(stack: string): string {
    return join(this.folder, `${stack}.tfplan`);
  }

  /** Folder with the configuration that destroys a stack which the code no longer has. */
  orphanFolder(stack: string): string {
    return join(this.folder, "orphans", stack);
  }

  /** The stacks of these plans that the code no longer has, as an apply needs them. */
  orphans(): Stack[] {
    return this.readRun().stacks.flatMap(({ name, environment, dependsOn, orphan }) =>
      orphan ? [{ name, environment, dependsOn, ...orphan, folder: this.orphanFolder(name) }] : [],
    );
  }

  writeJson(stack: string, text: string): void {
    this.write(`${stack}.json`, text);
  }

  /** The plan as Terraform's JSON; undefined when it changes nothing. */
  readJson(stack: string): string | undefined {
    const file = join(this.folder, `${stack}.json`);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** Makes the run complete. */
  writeRun(run: SavedRun): void {
    this.write(indexName, `${JSON.stringify(run, null, 2)}\n`);
  }

  readRun(): SavedRun {
    return savedRun.parse(JSON.parse(readFileSync(join(this.folder, indexName), "utf8")));
  }

  /** Remembers that a stack's plan is applied, so that a second run goes on behind it. */
  markApplied(stack: string): void {
    this.write(`${stack}.applied`, "");
  }

  isApplied(stack: string): boolean {
    return existsSync(join(this.folder, `${stack}.applied`));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(name: string, text: string): void {
    const file = join(this.folder, name);
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, file);
  }
}

function plansFolder(root: string): string {
  return join(root, ".groundwork", "plans");
}

function runsIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  const names = readdirSync(parent).filter((name) => runName.test(name));
  return names.sort().map((name) => join(parent, name));
}

function removeOldRuns(parent: string): void {
  for (const run of runsIn(parent).slice(0, -runsKept)) rmSync(run, { recursive: true, force: true });
}
