import { relative } from "node:path";
import { savePlans } from "../commit-plans/save-plans";
import type { Console } from "../console/console";
import { countChanges } from "../plan/changes";
import { type PlannedStack, planStacks } from "../plan/plan-stacks";
import { renderPlan } from "../plan/render-plan";
import { SavedPlans } from "../plan/saved-plans";
import { maskSecrets } from "../plan/secrets";
import { lockInfoOf } from "../terraform/lock-info";
import { commitToPlan } from "./commit-option";
import { lockAdvice } from "./lock-advice";
import { type CommandContext, type Session, type TargetOptions, withSession } from "./session";

export interface PlanOptions extends TargetOptions {
  /** As Terraform: 0 no changes, 2 changes, 1 failed. */
  detailedExitcode?: boolean;
  /** Put the plans into the state buckets, under the commit that is checked out. */
  save?: boolean;
  /** The commit, where there is no repository to ask; implies save. */
  sha?: string;
}

/** `groundwork plan`: what an apply would change; the plans are kept for exactly that apply. */
export async function planCommand(
  context: CommandContext,
  names: readonly string[],
  options: PlanOptions,
): Promise<number> {
  const { root, console, interruption } = context;
  const commit = options.save || options.sha ? await commitToPlan(root, options.sha) : undefined;
  return withSession(context, options, names, async (session) => {
    const saved = SavedPlans.create(root, new Date());
    const planned = await planSession(context, session, saved);
    if (interruption.stop.aborted) saved.remove();
    else saved.writeRun(runOf(session, planned));
    if (commit !== undefined && !interruption.stop.aborted) {
      await savePlans(planned, saved, { ...session, commit, now: new Date() });
    }
    console.printJson(planJson(session, planned, saved));
    console.print(`\n${renderPlan(planned, { colours: console.colours })}`);
    adviseOnLocks(console, planned);
    if (!interruption.stop.aborted && planned.some(({ result }) => result === "changes")) {
      const target = session.target === "cloud" ? " --target cloud" : "";
      console.print(`\nApply exactly this: groundwork apply --plan ${relative(root, saved.folder)}${target}`);
      if (commit !== undefined) console.print(`Kept for the apply from main, under commit ${commit}.`);
    }
    if (planned.some(({ result }) => result === "failed")) return 1;
    return options.detailedExitcode && planned.some(({ result }) => result === "changes") ? 2 : 0;
  });
}

/** Plans all stacks of a session, with progress. */
export async function planSession(
  { console, interruption }: CommandContext,
  { stacks, terraform, atOnce, secrets, digestKey }: Session,
  saved: SavedPlans,
): Promise<PlannedStack[]> {
  console.note(console.progress.colours.bold("Planning"));
  console.progress.align(stacks.map(({ name }) => name));
  const { progress } = console;
  const { stop } = interruption;
  return planStacks(stacks, { terraform, saved, progress, secrets, digestKey, atOnce, stop });
}

/** Tells who holds the locks that planning met, and what to do when the holder is gone. */
export function adviseOnLocks(
  console: Console,
  ended: readonly Pick<PlannedStack, "stack" | "diagnostics">[],
): void {
  for (const { stack, diagnostics } of ended) {
    const lock = lockInfoOf(diagnostics);
    if (lock) console.print(`\n${lockAdvice(stack.name, lock, new Date())}`);
  }
}

function runOf({ target, binary }: Session, planned: readonly PlannedStack[]) {
  return {
    version: 1 as const,
    plannedAt: new Date().toISOString(),
    target,
    terraform: { product: binary.product, version: binary.version },
    stacks: planned.map(({ stack, result, digest }) => ({
      name: stack.name,
      environment: stack.environment,
      result: result === "not planned" ? ("failed" as const) : result,
      dependsOn: [...stack.dependsOn],
      ...(digest === undefined ? {} : { digest }),
    })),
  };
}

function planJson({ target }: Session, planned: readonly PlannedStack[], saved: SavedPlans) {
  return {
    target,
    plans: saved.folder,
    stacks: planned.map(({ stack, result, changes, diagnostics, secrets }) => {
      const told = {
        name: stack.name,
        environment: stack.environment,
        stack: stack.stack,
        result,
        counts: countChanges(changes?.resources ?? []),
        changes: changes?.resources ?? [],
        outputs: changes?.outputs ?? [],
        drifted: changes?.drifted ?? [],
        diagnostics,
      };
      return JSON.parse(maskSecrets(JSON.stringify(told), secrets)) as typeof told;
    }),
  };
}
