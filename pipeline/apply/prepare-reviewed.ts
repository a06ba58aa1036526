import { writeFileSync } from "node:fs";
import type { Bucket } from "../bucket/bucket";
import { CommitPlans, type StoredPlan } from "../commit-plans/commit-plans";
import type { Manifest } from "../commit-plans/manifest";
import { configurationHash, textHash } from "../commit-plans/save-plans";
import type { Progress } from "../console/progress";
import { type Digest, digestOf } from "../digest/digest";
import type { DigestKey } from "../digest/digest-key";
import { planChanges, stepsOf } from "../plan/changes";
import { planStack } from "../plan/plan-stacks";
import type { SavedPlans } from "../plan/saved-plans";
import { SecretMask } from "../plan/secret-mask";
import { secretsOf } from "../plan/secrets";
import { readPlanFile } from "../plan-file/plan-file";
import { masked } from "../report/mask-stack";
import type { Stack } from "../synthesis/stack-list";
import type { Diagnostic } from "../terraform/messages";
import type { PlanJson } from "../terraform/plan-json";
import type { Terraform } from "../terraform/terraform";
import type { StackToApply } from "./apply-stacks";
import { planDifferences } from "./plan-differences";
import { isRestOf } from "./rest-of-plan";
import type { Decision, Refusal } from "./reviewed-stack";

export interface PrepareOptions {
  terraform: Terraform;
  bucket: Bucket;
  /** Where plans are put for Terraform. */
  saved: SavedPlans;
  digestKey: DigestKey;
  progress: Progress;
  secrets: ReadonlySet<string>;
  stop: AbortSignal;
}

/** One stack of a commit, with what was decided about it. */
export interface ReviewedStack {
  stack: Stack;
  manifest: Manifest;
  decision: Decision;
  /** A run that didn't finish: what is left of the reviewed plan may be applied. */
  unfinished: boolean;
}

/** A stack that was looked at closely. */
export type Prepared =
  | {
      is: "ready";
      toApply: StackToApply;
      plan: PlanJson;
      /** Of what is left of a reviewed plan, that plan's own. */
      digests: { reviewed: Digest; actual: Digest };
      /** Why the reviewed file was not used. @default - it was */
      again?: string;
    }
  /** It can't be planned now. */
  | { is: "failed"; toApply: StackToApply }
  /** There is nothing (left) to do. */
  | { is: "done"; toApply: StackToApply; why: string }
  | { is: "refused"; refusal: Refusal };

/**
 * Gets a plan ready that does what was reviewed: the reviewed file itself, or one made now that does the same, or, behind
 * a run that didn't finish, what is left of it.
 */
export async function prepareReviewed(one: ReviewedStack, options: PrepareOptions): Promise<Prepared> {
  const { stack, manifest, decision } = one;
  const nothing: StackToApply = { stack, steps: 0, secrets: options.secrets };
  if (decision.do === "nothing") return { is: "done", toApply: nothing, why: decision.why };
  if (decision.do === "refuse") return refused(stack, decision.why);
  const reviewed = manifest.files ? await new CommitPlans(options.bucket).read(manifest) : undefined;
  if (decision.do === "use" && reviewed) {
    const used = await useReviewed(stack, reviewed, options);
    if (used) return used;
  }
  const why = decision.do === "plan again" ? decision.why : "the reviewed file is not of this code";
  return planAgain(one, reviewed?.json, why, options);
}

/** The reviewed file, when it is of the code at hand and does what was shown to the reviewers. */
async function useReviewed(
  stack: Stack,
  { plan, json }: StoredPlan,
  { terraform, saved, digestKey: key, secrets }: PrepareOptions,
): Promise<Prepared | undefined> {
  if (textHash(readPlanFile(plan).configuration) !== configurationHash(stack)) return undefined;
  const planFile = saved.planFile(stack.name);
  writeFileSync(planFile, plan, { mode: 0o600 });
  const shown = await terraform.showPlan(stack, planFile);
  if (shown.result === "failed") return undefined;
  const digests = { reviewed: digestOf(json, key), actual: digestOf(shown.plan, key) };
  if (digests.actual !== digests.reviewed) return undefined;
  return { is: "ready", toApply: toApply(stack, planFile, shown.plan, secrets), plan: shown.plan, digests };
}

/** Plans a stack now and holds that against what was reviewed. */
export async function planAgain(
  { stack, unfinished }: Pick<ReviewedStack, "stack" | "unfinished">,
  reviewed: PlanJson | undefined,
  why: string,
  options: PrepareOptions,
): Promise<Prepared> {
  const { saved, digestKey: key, secrets } = options;
  const planned = await planStack(stack, options);
  if (planned.result === "not planned") return refused(stack, "stopped");
  if (planned.result === "failed") {
    return { is: "failed", toApply: { stack, steps: 0, secrets, planFailed: planned.diagnostics } };
  }
  if (planned.result === "no changes") {
    return { is: "done", toApply: { stack, steps: 0, secrets }, why: "nothing left to do" };
  }
  const now = planned.plan ?? { format_version: "1.2" };
  const before = reviewed ?? { format_version: now.format_version };
  const reviewedDigest = digestOf(before, key);
  const isReviewed = digestOf(now, key) === reviewedDigest || (unfinished && isRestOf(before, now));
  if (isReviewed) {
    const ready = toApply(stack, saved.planFile(stack.name), now, secrets);
    // What is left of what was reviewed is reviewed.
    return {
      is: "ready",
      toApply: ready,
      plan: now,
      digests: { reviewed: reviewedDigest, actual: reviewedDigest },
      again: why,
    };
  }
  // Before anything is cut: a piece of a secret is no longer recognised.
  const mask = new SecretMask([...secrets, ...secretsOf(before), ...secretsOf(now)]);
  const differences = planDifferences(masked(before, mask), masked(now, mask));
  return { is: "refused", refusal: { stack: stack.name, why, differences } };
}

/** A refusal as Terraform would tell it, for a stack that moved while others were applied. */
export function refusalDiagnostic({ why }: Refusal, lines: readonly string[]): Diagnostic {
  return {
    severity: "error",
    summary: "Not what was reviewed",
    detail: [`${why}, and a plan of now is another one:`, ...lines].join("\n"),
  };
}

function toApply(stack: Stack, planFile: string, plan: PlanJson, secrets: ReadonlySet<string>): StackToApply {
  return {
    stack,
    planFile,
    steps: stepsOf(planChanges(plan).resources),
    secrets: new Set([...secrets, ...secretsOf(plan)]),
  };
}

function refused(stack: Stack, why: string): Prepared {
  return { is: "refused", refusal: { stack: stack.name, why, differences: [] } };
}
