import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Orphan } from "../affected/orphans";
import type { Bucket } from "../bucket/bucket";
import type { StateVersion } from "../history/record";
import type { PlannedStack } from "../plan/plan-stacks";
import type { SavedPlans } from "../plan/saved-plans";
import { readPlanFile } from "../plan-file/plan-file";
import { currentVersion, stateAddress } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";
import type { TargetName } from "../target/target";
import type { TerraformBinary } from "../terraform/terraform";
import { CommitPlans } from "./commit-plans";
import type { Manifest } from "./manifest";

export interface SaveOptions {
  /** Full hash. */
  commit: string;
  target: TargetName;
  binary: TerraformBinary;
  bucket: (name: string) => Bucket;
  now: Date;
}

/** Puts what planning found into the stacks' state buckets, under the commit that was planned. */
export async function savePlans(
  planned: readonly PlannedStack[],
  saved: SavedPlans,
  options: SaveOptions,
): Promise<Manifest[]> {
  const done = planned.filter(({ result }) => result !== "not planned");
  return Promise.all(done.map((one) => savePlan(one, saved, options)));
}

async function savePlan(
  { stack, result, digest }: PlannedStack,
  saved: SavedPlans,
  { commit, target, binary, bucket, now }: SaveOptions,
): Promise<Manifest> {
  const address = stateAddress(stack.state ?? "");
  const json = result === "changes" ? saved.readJson(stack.name) : undefined;
  const found: Omit<Manifest, "version" | "files"> = {
    commit,
    environment: stack.environment,
    stack: stack.name,
    dependsOn: [...stack.dependsOn],
    ...(stack.folder === saved.orphanFolder(stack.name) ? { orphan: orphanOf(stack) } : {}),
    target,
    plannedAt: now.toISOString(),
    result: result === "not planned" ? "failed" : result,
    ...(digest === undefined ? {} : { digest }),
    configuration: configurationHash(stack),
    state: plannedFrom(saved.planFile(stack.name), await currentVersion(bucket(address.bucket), address)),
    terraform: { product: binary.product, version: binary.version },
    providers: { ...stack.providers },
  };
  const plan = json === undefined ? undefined : { file: readFileSync(saved.planFile(stack.name)), json };
  return new CommitPlans(bucket(address.bucket)).store(found, plan);
}

/** What nobody decided about stops an apply of the commit: it would be forgotten otherwise. */
export async function saveUndecided(
  orphans: readonly Orphan[],
  { commit, target, binary, bucket, now }: SaveOptions,
): Promise<Manifest[]> {
  const undecided = orphans.filter(({ decision }) => decision === "undecided");
  return Promise.all(
    undecided.map(async ({ stack }) => {
      const address = stateAddress(stack.state ?? "");
      return new CommitPlans(bucket(address.bucket)).store({
        commit,
        environment: stack.environment,
        stack: stack.name,
        dependsOn: [],
        orphan: orphanOf(stack),
        target,
        plannedAt: now.toISOString(),
        result: "failed",
        configuration: configurationHash(stack),
        state: await currentVersion(bucket(address.bucket), address),
        terraform: { product: binary.product, version: binary.version },
        providers: { ...stack.providers },
      });
    }),
  );
}

function orphanOf({ stack, project, state = "" }: Stack): NonNullable<Manifest["orphan"]> {
  return { stack, project, state };
}

/** SHA-256 of what was synthesized for a stack. */
export function configurationHash({ folder }: Pick<Stack, "folder">): string {
  return textHash(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
}

export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Generation that no object has: the state moved between the plan and now, so it counts as moved for ever. */
const movedAlready = "-1";

/** The version of the state that a plan was made from; the file knows it without its generation. */
function plannedFrom(planFile: string, current: StateVersion): StateVersion {
  if (!existsSync(planFile)) return current;
  const { state } = readPlanFile(readFileSync(planFile));
  const same = state.lineage === current.lineage && state.serial === current.serial;
  return { ...state, generation: same ? current.generation : movedAlready };
}
