import { UserError } from "@groundwork/user-error";
import { applyStacks, type StackToApply } from "../apply/apply-stacks";
import { unreviewedObserver } from "../apply/record-apply";
import type { Console } from "../console/console";
import { secondsText } from "../console/seconds";
import { countText } from "../console/words";
import { GitRepository } from "../git/repository";
import { actorOf } from "../history/actor";
import { stepsOf } from "../plan/changes";
import { type PlannedStack, planStack } from "../plan/plan-stacks";
import { SavedPlans } from "../plan/saved-plans";
import { buildReport } from "../report/build-report";
import { renderText } from "../report/render-text";
import { targetName } from "../target/target";
import { planSession } from "./plan";
import { reportApplied } from "./report-applied";
import { type CommandContext, type Session, type TargetOptions, withSession } from "./session";

/** `groundwork up`: synthesize, plan everything at once, apply in waves. */
export async function upCommand(
  context: CommandContext,
  names: readonly string[],
  options: TargetOptions,
): Promise<number> {
  if (targetName(options.target, context.env) === "cloud" && names.length === 0) {
    throw new UserError("On the cloud, say which environments.", [
      { field: "ENV", found: "none", expected: "one or more, such as dev" },
    ]);
  }
  const startedAt = Date.now();
  return withSession(context, options, names, async (session) => {
    const saved = SavedPlans.create(context.root, new Date());
    try {
      const planned = await planSession(context, session, saved);
      if (context.interruption.stop.aborted) return stopped(context.console, session);
      return await applyPlanned(context, session, saved, planned, startedAt);
    } finally {
      saved.remove();
    }
  });
}

function stopped(console: Console, { target }: Session): number {
  console.printJson({ target, stacks: [], totals: { stacks: 0, added: 0, changed: 0, destroyed: 0 } });
  console.print("\nStopped. Nothing was applied.");
  return 1;
}

async function applyPlanned(
  { root, console, interruption, env }: CommandContext,
  { target, terraform, atOnce, secrets, digestKey, binary, bucket }: Session,
  saved: SavedPlans,
  planned: readonly PlannedStack[],
  startedAt: number,
): Promise<number> {
  const { progress, colours } = console;
  const { stop } = interruption;
  if (planned.every(({ result }) => result === "no changes")) {
    const unchanged = planned.map((one) => toApply(one, saved));
    const applied = await applyStacks(unchanged, { terraform, progress, atOnce, stop });
    if (console.json) return reportApplied(console, { target, applied, stopped: stop.aborted });
    console.print(`\nNo changes. ${countText(planned.length, "stack")} up to date (${took(startedAt)}).`);
    return 0;
  }
  const readable = planned.filter(({ result }) => result !== "failed");
  if (worthReading(readable)) {
    const report = buildReport({ target, planned: readable });
    console.print(`\n${renderText(report, { colours, withoutCreations: true })}\n`);
  }

  console.note(progress.colours.bold("Applying"));
  const applied = await applyStacks(
    planned.map((one) => toApply(one, saved)),
    {
      terraform,
      progress,
      atOnce,
      stop,
      observer: unreviewedObserver(
        planned.map(({ stack }) => stack),
        {
          commit: await new GitRepository(root).described(),
          by: actorOf(env),
          binary,
          bucket,
          digests: new Map(planned.map(({ stack, digest = "" }) => [stack.name, digest])),
        },
      ),
      // Another command was faster: what is left to do is planned afresh, as a second `up` would.
      planAgain: async (stack) => {
        return toApply(
          await planStack(stack, { terraform, saved, progress, secrets, digestKey, stop }),
          saved,
        );
      },
    },
  );
  const code = reportApplied(console, { target, applied, stopped: stop.aborted });
  if (code === 0 && !stop.aborted) {
    const where = target === "sandbox" ? " All of it is in the sandbox; no cloud was touched." : "";
    console.note(`Done in ${took(startedAt)}.${where}`);
  }
  return code;
}

/** What an apply of these plans has to do for a stack. */
export function toApply(
  { stack, result, changes, diagnostics, secrets }: PlannedStack,
  saved: SavedPlans,
): StackToApply {
  if (result === "no changes") return { stack, steps: 0, secrets };
  if (result !== "changes") return { stack, steps: 0, secrets, planFailed: diagnostics };
  return { stack, planFile: saved.planFile(stack.name), steps: stepsOf(changes?.resources ?? []), secrets };
}

/** A first `up` only adds; everything else is shown before it happens. Failures are told at the end. */
function worthReading(planned: readonly PlannedStack[]): boolean {
  return planned.some(
    ({ changes, diagnostics }) =>
      diagnostics.length > 0 || changes?.resources.some(({ kind }) => kind !== "create"),
  );
}

function took(startedAt: number): string {
  return secondsText((Date.now() - startedAt) / 1000);
}
