import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bucket } from "../bucket/bucket";
import { CommitPlans } from "../commit-plans/commit-plans";
import type { Manifest } from "../commit-plans/manifest";
import { configurationHash } from "../commit-plans/save-plans";
import type { GitRepository } from "../git/repository";
import { type AppliedRun, lastAppliedCommit, progressOf } from "../history/runs";
import type { SavedPlans } from "../plan/saved-plans";
import { readPlanFile } from "../plan-file/plan-file";
import { RunFailed } from "../run-failed";
import { currentVersion, stateAddress } from "../state/state-object";
import type { OrphanDecision, Stack } from "../synthesis/stack-list";
import type { TerraformBinary } from "../terraform/terraform";
import type { ReviewedStack } from "./prepare-reviewed";
import { decide } from "./reviewed-stack";

/** What a commit is held against. */
export interface CommitFacts {
  commit: string;
  /** What was planned for the review, by stack. */
  manifests: ReadonlyMap<string, Manifest>;
  /** `dev`. */
  environment: string;
  /** Stacks that the command's arguments name, as they are in the code now. */
  stacks: readonly Stack[];
  /** What the code says of stacks that it no longer has. */
  orphans: readonly OrphanDecision[];
  runs: readonly AppliedRun[];
  repository: GitRepository;
  bucket: Bucket;
  binary: TerraformBinary;
  /** The reviewed files themselves are never applied. */
  fresh: boolean;
}

/** One stack of a commit, with what was decided about it. */
export interface DecidedStack extends ReviewedStack {
  /** Number of the record with which the run that didn't finish began. */
  resumes?: number;
}

/** Decides about every stack that was planned for the review; the others are not touched. */
export async function decideCommit(facts: CommitFacts, saved: SavedPlans): Promise<DecidedStack[]> {
  const { manifests, environment, stacks } = facts;
  const known = stacks.flatMap((stack) => {
    const manifest = manifests.get(stack.name);
    return manifest && !manifest.orphan ? [{ stack, manifest }] : [];
  });
  const gone = [...manifests.values()].filter(
    (one) => one.orphan && one.environment === environment && !stacks.some(({ name }) => name === one.stack),
  );
  const doomed = await Promise.all(gone.map((manifest) => orphanOf(manifest, facts, saved)));
  return Promise.all([...known, ...doomed].map((one) => decideStack(one, facts)));
}

async function decideStack(
  { stack, manifest }: Pick<ReviewedStack, "stack" | "manifest">,
  facts: CommitFacts,
): Promise<DecidedStack> {
  const { commit, runs, repository, bucket, binary, orphans, fresh } = facts;
  const last = lastAppliedCommit(runs, stack.name);
  const isOlder = last !== undefined && (await repository.isBefore(commit, last)) === true;
  const progress = progressOf(runs, stack.name, commit);
  const unfinished = progress.is === "unfinished";
  const decided = decide({
    manifest,
    progress,
    configuration: configurationHash(stack),
    state: await currentVersion(bucket, stateAddress(stack.state ?? "")),
    terraform: binary,
    ...(isOlder ? { newer: last } : {}),
    fresh,
  });
  if (manifest.orphan && manifest.result === "no changes") {
    return { stack, manifest, decision: { do: "nothing", why: "nothing to destroy" }, unfinished: false };
  }
  const isDoomed = orphans.some((one) => one.stack === stack.name && one.decision === "destroy");
  const decision =
    manifest.orphan && !isDoomed && decided.do !== "nothing"
      ? {
          do: "refuse" as const,
          why: "the code no longer has it, and doesn't say that it is to be destroyed",
        }
      : decided;
  return { stack, manifest, decision, unfinished, ...(unfinished ? { resumes: progress.run.number } : {}) };
}

/** A stack that the code no longer has: its configuration, with nothing left in it, comes from the reviewed plan. */
async function orphanOf(
  manifest: Manifest,
  { bucket }: CommitFacts,
  saved: SavedPlans,
): Promise<Pick<ReviewedStack, "stack" | "manifest">> {
  const { stack: name, environment, dependsOn, providers, orphan } = manifest;
  const folder = saved.orphanFolder(name);
  mkdirSync(folder, { recursive: true });
  if (manifest.files) {
    const { plan } = await new CommitPlans(bucket).read(manifest);
    const { configuration, lockFile } = readPlanFile(plan);
    writeFileSync(join(folder, "cdk.tf.json"), emptyOf(configuration, name));
    if (lockFile !== "") writeFileSync(join(folder, ".terraform.lock.hcl"), lockFile);
  } else {
    writeFileSync(join(folder, "cdk.tf.json"), "{}\n");
  }
  const { stack = name, project = "", state = "" } = orphan ?? {};
  return { manifest, stack: { name, environment, stack, dependsOn, project, providers, folder, state } };
}

/** Nobody saw this code in the review of the code: it may name a state and providers, and nothing else. */
function emptyOf(configuration: string, name: string): string {
  const parts = Object.keys(JSON.parse(configuration) as object);
  const others = parts.filter((part) => part !== "terraform" && part !== "provider");
  if (others.length > 0)
    throw new RunFailed(`The plan that destroys ${name} has ${others.join(", ")} in it.`);
  return configuration;
}
