import type { Progress } from "../console/progress";
import { countText } from "../console/words";
import { maskDiagnostics } from "../plan/secrets";
import type { Stack } from "../synthesis/stack-list";
import { isStalePlan } from "../terraform/causes";
import type { Diagnostic, Message } from "../terraform/messages";
import { firstError } from "../terraform/render-diagnostics";
import type { ApplyResult, Terraform } from "../terraform/terraform";
import { runInOrder } from "./run-in-order";

/** How applying one stack ended. */
export interface AppliedStack {
  stack: Stack;
  result: "applied" | "up to date" | "failed" | "blocked" | "not started";
  added: number;
  changed: number;
  destroyed: number;
  seconds: number;
  diagnostics: readonly Diagnostic[];
  /** The stack whose failure kept this one from starting. */
  blockedBy?: string;
}

/** One stack to apply. */
export interface StackToApply {
  stack: Stack;
  /** Absolute path of its plan; without one there is nothing to do. */
  planFile?: string;
  /** Planning failed, for these reasons: it can't be applied, nor can what follows it. */
  planFailed?: readonly Diagnostic[];
  /** Number of steps that Terraform will tell of. */
  steps: number;
  /** Values that must not appear in what is told about this stack. */
  secrets: ReadonlySet<string>;
}

export interface ApplyOptions {
  terraform: Terraform;
  progress: Progress;
  atOnce: number;
  stop: AbortSignal;
  /** The state moved since the plan was made: makes a new plan, or refuses. @default - the stack fails */
  planAgain?: (stack: Stack) => Promise<StackToApply>;
  observer?: ApplyObserver;
  /** Asked right before each stack: why it may not be started any more. @default - it may */
  notNow?: (stack: Stack) => string | undefined;
  /** Milliseconds. @default - Date.now */
  now?: () => number;
}

/** Hears of every plan that is applied. A rejection fails the stack. */
export interface ApplyObserver {
  /** Before Terraform is started. */
  begins?(item: StackToApply): Promise<void>;
  /** After it ended. */
  ended?(applied: AppliedStack, result: "applied" | "failed" | "stopped"): Promise<void>;
}

/** Applies saved plans, each as soon as what it waits for is applied. */
export async function applyStacks(
  toApply: readonly StackToApply[],
  options: ApplyOptions,
): Promise<AppliedStack[]> {
  const results = new Map<string, AppliedStack>();
  const items = toApply.map((one) => ({ ...one, name: one.stack.name, dependsOn: one.stack.dependsOn }));
  await runInOrder(items, {
    atOnce: options.atOnce,
    stop: options.stop,
    run: async (item) => {
      const applied = await applyStack(item, options);
      results.set(item.name, applied);
      return applied.result === "applied" || applied.result === "up to date";
    },
    onBlocked: ({ stack }, by) => {
      results.set(stack.name, { ...untouched(stack, "blocked"), blockedBy: by });
      options.progress.finish(stack.name, "skipped", `not started: ${by} comes first`);
    },
  });
  return toApply.map(({ stack }) => results.get(stack.name) ?? untouched(stack, "not started"));
}

/** Where others keep moving a state, somebody must give up. */
const plansPerStack = 5;

async function applyStack(item: StackToApply, options: ApplyOptions, attempt = 1): Promise<AppliedStack> {
  const { stack, planFile, planFailed } = item;
  const { terraform, progress, planAgain, observer, stop, now = Date.now } = options;
  if (planFailed) return { ...untouched(stack, "failed"), diagnostics: planFailed };
  if (planFile === undefined) return untouched(stack, "up to date");

  const closed = options.notNow?.(stack);
  if (closed !== undefined) {
    const diagnostics: Diagnostic[] = [{ severity: "error", summary: "Not started", detail: closed }];
    return finished(stack, { result: "failed", diagnostics }, 0, progress);
  }
  const startedAt = now();
  progress.start(stack.name, "applying");
  const unheard = await heard(observer?.begins?.(item), "Not started: the history can't be written");
  if (unheard) return finished(stack, unheard, 0, progress);
  const raw = await terraform.apply(stack, planFile, stepCounter(item, progress));
  const ended = { ...raw, diagnostics: maskDiagnostics(raw.diagnostics, item.secrets) };
  const seconds = (now() - startedAt) / 1000;
  const applied = asApplied(stack, ended, seconds);
  const result = ended.result === "failed" && stop.aborted ? "stopped" : ended.result;
  const untold = await heard(
    observer?.ended?.(applied, result),
    "Its end is not in the history: run it again",
  );
  const stale = ended.result === "failed" && isStalePlan(ended.diagnostics);
  if (!untold && stale && planAgain && attempt < plansPerStack) {
    return applyStack(await planAgain(stack), options, attempt + 1);
  }
  return finished(stack, untold ?? ended, seconds, progress);
}

/** What kept somebody from hearing of it; undefined when they did. */
async function heard(told: Promise<void> | undefined, summary: string): Promise<ApplyResult | undefined> {
  try {
    await told;
    return undefined;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { result: "failed", diagnostics: [{ severity: "error", summary, detail }] };
  }
}

function finished(stack: Stack, ended: ApplyResult, seconds: number, progress: Progress): AppliedStack {
  const applied = asApplied(stack, ended, seconds);
  const { result, added, changed, destroyed, diagnostics } = applied;
  if (result === "failed") progress.finish(stack.name, "failed", firstError(diagnostics));
  else progress.finish(stack.name, "done", `${added} added, ${changed} changed, ${destroyed} destroyed`);
  return applied;
}

function asApplied(stack: Stack, ended: ApplyResult, seconds: number): AppliedStack {
  const { diagnostics } = ended;
  if (ended.result === "failed") return { ...untouched(stack, "failed"), seconds, diagnostics };
  const { add: added, change: changed, remove: destroyed } = ended.changes;
  return { stack, result: "applied", added, changed, destroyed, seconds, diagnostics };
}

function untouched(stack: Stack, result: AppliedStack["result"]): AppliedStack {
  return { stack, result, added: 0, changed: 0, destroyed: 0, seconds: 0, diagnostics: [] };
}

function stepCounter({ stack, steps }: StackToApply, progress: Progress): (message: Message) => void {
  let done = 0;
  return ({ type, hook }) => {
    if (type === "apply_complete") done++;
    if (type !== "apply_start" && type !== "apply_progress" && type !== "apply_complete") return;
    progress.update(stack.name, `${done} of ${countText(steps, "step")}  ${hook?.resource?.addr ?? ""}`);
  };
}
