import type { AppliedStack } from "../apply/apply-stacks";
import type { Console } from "../console/console";
import { tableText } from "../console/table";
import { countText } from "../console/words";
import type { TargetName } from "../target/target";
import { isStalePlan } from "../terraform/causes";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import { annotateStack } from "./annotate-stack";
import { adviseOnLocks } from "./plan";

export interface Applied {
  target: TargetName;
  applied: readonly AppliedStack[];
  /** The user stopped the run. */
  stopped: boolean;
}

/** Tells how an apply ended: what failed and why, a table, the totals. @returns the exit code */
export function reportApplied(console: Console, { target, applied, stopped }: Applied): number {
  const failed = applied.filter(({ result }) => result === "failed");
  console.printJson({
    target,
    stacks: applied.map(asJson),
    totals: totalsOf(applied),
  });
  if (applied.some(({ result }) => result !== "up to date")) {
    console.print(`\n${appliedTable(applied, console)}\n`);
  }
  for (const { stack, diagnostics } of failed) {
    if (diagnostics.length === 0) continue;
    annotateStack(console, stack.name, diagnostics);
    const lines = renderDiagnostics(diagnostics, console.colours).map((line) => `  ${line}`);
    const stale = isStalePlan(diagnostics)
      ? [`  The state has moved since the plan was made: plan again.`]
      : [];
    console.print(`${[console.colours.bold(stack.name), ...lines, ...stale].join("\n")}\n`);
  }
  adviseOnLocks(console, failed);
  console.print(totalText(applied, stopped));
  return failed.length > 0 || applied.some(({ result }) => result === "blocked") ? 1 : 0;
}

function appliedTable(applied: readonly AppliedStack[], { colours }: Console): string {
  const told = applied.filter(({ result }) => result !== "up to date");
  const rows = told.map(({ stack, result, added, changed, destroyed, seconds, blockedBy }) => {
    if (result === "applied") {
      return [stack.name, ...[added, changed, destroyed].map(String), seconds.toFixed(1), ""];
    }
    const words = {
      failed: colours.red("failed"),
      blocked: `not started: ${blockedBy} comes first`,
      "not started": "not started",
      "up to date": "up to date",
    };
    return [stack.name, "", "", "", "", words[result]];
  });
  const numbers = ["added", "changed", "destroyed", "seconds"].map((title) => ({
    title,
    align: "right" as const,
  }));
  return tableText([{ title: "stack" }, ...numbers, { title: "" }], rows, colours);
}

function totalText(applied: readonly AppliedStack[], stopped: boolean): string {
  const { stacks, added, changed, destroyed } = totalsOf(applied);
  const upToDate = applied.filter(({ result }) => result === "up to date").length;
  const open = applied.length - stacks - upToDate;
  const parts = [
    stacks > 0 &&
      `${countText(stacks, "stack")} applied: ${added} added, ${changed} changed, ${destroyed} destroyed`,
    upToDate > 0 && `${countText(upToDate, "stack")} up to date`,
    open > 0 && `${countText(open, "stack")} not applied`,
  ].filter((part) => part !== false);
  const goOn = stopped || open > 0 ? " Run it again to go on." : "";
  return `${stopped ? "Stopped. " : ""}${parts.join("; ")}.${goOn}`;
}

function totalsOf(applied: readonly AppliedStack[]) {
  const done = applied.filter(({ result }) => result === "applied");
  const sum = (pick: (one: AppliedStack) => number) => done.reduce((total, one) => total + pick(one), 0);
  return {
    stacks: done.length,
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    destroyed: sum(({ destroyed }) => destroyed),
  };
}

function asJson({ stack, ...rest }: AppliedStack) {
  return { name: stack.name, environment: stack.environment, stack: stack.stack, ...rest };
}
