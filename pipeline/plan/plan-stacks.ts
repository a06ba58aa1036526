import { chmodSync, existsSync } from "node:fs";
import type { Progress } from "../console/progress";
import type { Stack } from "../synthesis/stack-list";
import type { Diagnostic, Message } from "../terraform/messages";
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
  /** How many stacks are planned at once. */
  atOnce: number;
  /** Once aborted, nothing new starts. */
  stop: AbortSignal;
}

/** Plans every stack, several at once. A failure of one hides nothing of the others. */
export async function planStacks(
  stacks: readonly Stack[],
  options: PlanningOptions,
): Promise<PlannedStack[]> {
  const planned = new Map<Stack, PlannedStack>();
  const queue = [...stacks];
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

/** Plans one stack and saves what was planned. */
export async function planStack(
  stack: Stack,
  { terraform, saved, progress, secrets, stop }: Omit<PlanningOptions, "atOnce">,
): Promise<PlannedStack> {
  progress.start(stack.name, "planning");
  const planFile = saved.planFile(stack.name);
  const onMessage = ({ type, hook }: Message) => {
    if (type === "refresh_start" && hook?.resource)
      progress.update(stack.name, `reading ${hook.resource.addr}`);
  };
  const ended = await terraform.plan(stack, planFile, { onMessage });
  if (existsSync(planFile)) chmodSync(planFile, 0o600);
  const { result } = ended;
  const diagnostics = maskDiagnostics(ended.diagnostics, secrets);
  if (result === "failed" && stop.aborted) {
    progress.finish(stack.name, "skipped", "stopped");
    return { stack, result: "not planned", diagnostics: [], secrets };
  }
  if (result !== "changes") {
    if (result === "failed") progress.finish(stack.name, "failed", firstError(diagnostics));
    else progress.finish(stack.name, "done", result);
    return { stack, result, diagnostics, secrets };
  }
  const { text, plan } = await terraform.showPlan(stack, planFile);
  saved.writeJson(stack.name, text);
  const changes = planChanges(plan);
  progress.finish(stack.name, "done", countsText(countChanges(changes.resources)) || "outputs change");
  const all = new Set([...secrets, ...secretsOf(plan)]);
  return { stack, result, changes, diagnostics: maskDiagnostics(diagnostics, all), secrets: all };
}
