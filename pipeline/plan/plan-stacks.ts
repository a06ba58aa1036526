import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../console/progress";
import { type Digest, digestOf } from "../digest/digest";
import type { DigestKey } from "../digest/digest-key";
import type { Stack } from "../synthesis/stack-list";
import type { Diagnostic, Message } from "../terraform/messages";
import type { PlanJson } from "../terraform/plan-json";
import { firstError } from "../terraform/render-diagnostics";
import type { Terraform } from "../terraform/terraform";
import { countChanges, type PlanChanges, planChanges } from "./changes";
import { countsText } from "./counts-text";
import type { SavedPlans } from "./saved-plans";
import { maskDiagnostics, secretsOf } from "./secrets";

/** How planning one stack ended. */
export interface PlannedStack {
  stack: Stack;
  result: "changes" | "no changes" | "failed" | "not planned";
  /** What its plan changes; set when there are changes. */
  changes?: PlanChanges;
  /** As Terraform tells it, sensitive values included; set when there are changes. */
  plan?: PlanJson;
  /** Set when there are changes. */
  digest?: Digest;
  diagnostics: readonly Diagnostic[];
  /** Values that must not appear in anything that is written about this stack. */
  secrets: ReadonlySet<string>;
}

export interface PlanningOptions {
  terraform: Terraform;
  saved: SavedPlans;
  progress: Progress;
  /** Values that must never be written, whatever the plans hold. */
  secrets: ReadonlySet<string>;
  /** For the digests. */
  digestKey: DigestKey;
  /** How many stacks are planned at once. */
  atOnce: number;
  /** Once aborted, nothing new starts. */
  stop: AbortSignal;
}

/**
 * Plans every stack, several at once, the largest first: a large one that begins last would be waited for alone. A failure
 * of one hides nothing of the others.
 */
export async function planStacks(
  stacks: readonly Stack[],
  options: PlanningOptions,
): Promise<PlannedStack[]> {
  const planned = new Map<Stack, PlannedStack>();
  const queue = largestFirst(stacks);
  const work = async () => {
    for (let stack = queue.shift(); stack && !options.stop.aborted; stack = queue.shift()) {
      planned.set(stack, await planStack(stack, options));
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.atOnce, stacks.length) }, work));
  return stacks.map(
    (stack) =>
      planned.get(stack) ?? { stack, result: "not planned", diagnostics: [], secrets: options.secrets },
  );
}

/** What a plan takes grows with what is configured. */
function largestFirst(stacks: readonly Stack[]): Stack[] {
  const sizes = new Map(stacks.map((stack) => [stack, sizeOf(join(stack.folder, "cdk.tf.json"))]));
  return [...stacks].sort((one, other) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0));
}

/** Bytes; a file that isn't there is for Terraform to complain about. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

type PlanStackOptions = Omit<PlanningOptions, "atOnce">;

/** Plans one stack and saves what was planned. */
export async function planStack(stack: Stack, options: PlanStackOptions): Promise<PlannedStack> {
  const { progress } = options;
  progress.start(stack.name, "planning");
  const planned = await planAndSave(stack, options);
  const { result, changes, diagnostics } = planned;
  if (result === "not planned") progress.finish(stack.name, "skipped", "stopped");
  else if (result === "failed") progress.finish(stack.name, "failed", firstError(diagnostics));
  else if (result === "no changes") progress.finish(stack.name, "done", result);
  else {
    const counts = countsText(countChanges(changes?.resources ?? []));
    progress.finish(stack.name, "done", counts || "outputs change");
  }
  return planned;
}

async function planAndSave(stack: Stack, options: PlanStackOptions): Promise<PlannedStack> {
  const { terraform, saved, progress, secrets, digestKey, stop } = options;
  const failed = (diagnostics: readonly Diagnostic[]): PlannedStack =>
    stop.aborted
      ? { stack, result: "not planned", diagnostics: [], secrets }
      : { stack, result: "failed", diagnostics: maskDiagnostics(diagnostics, secrets), secrets };

  const planFile = saved.planFile(stack.name);
  const onMessage = ({ type, hook }: Message) => {
    if (type !== "refresh_start" || !hook?.resource) return;
    progress.update(stack.name, `reading ${hook.resource.addr}`);
  };
  const ended = await terraform.plan(stack, planFile, { onMessage });
  if (existsSync(planFile)) chmodSync(planFile, 0o600);
  if (ended.result === "failed") return failed(ended.diagnostics);
  if (ended.result === "no changes") {
    return { stack, result: "no changes", diagnostics: maskDiagnostics(ended.diagnostics, secrets), secrets };
  }
  const shown = await terraform.showPlan(stack, planFile);
  if (shown.result === "failed") return failed(shown.diagnostics);
  saved.writeJson(stack.name, shown.text);
  const all = new Set([...secrets, ...secretsOf(shown.plan)]);
  return {
    stack,
    result: "changes",
    changes: planChanges(shown.plan),
    plan: shown.plan,
    digest: digestOf(shown.plan, digestKey),
    diagnostics: maskDiagnostics(ended.diagnostics, all),
    secrets: all,
  };
}
