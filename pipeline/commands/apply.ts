import { resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { applyStacks, type StackToApply } from "../apply/apply-stacks";
import { unreviewedObserver } from "../apply/record-apply";
import { GitRepository } from "../git/repository";
import { actorOf } from "../history/actor";
import { planChanges, stepsOf } from "../plan/changes";
import { SavedPlans } from "../plan/saved-plans";
import { secretsOf } from "../plan/secrets";
import { targetName } from "../target/target";
import type { Diagnostic } from "../terraform/messages";
import { readPlanJson } from "../terraform/plan-json";
import { reportApplied } from "./report-applied";
import { type CommandContext, type TargetOptions, withSession } from "./session";

export interface ApplyCommandOptions extends TargetOptions {
  /** Folder of saved plans. @default - the newest one */
  plan?: string;
}

const notPlanned: Diagnostic = {
  severity: "error",
  summary: "It could not be planned",
  detail: "What went wrong was told when the plans were made: plan again.",
};

/** `groundwork apply`: exactly the saved plans, nothing else. A second run goes on behind what is applied. */
export async function applyCommand(
  context: CommandContext,
  names: readonly string[],
  options: ApplyCommandOptions,
): Promise<number> {
  const { root, console, interruption, env } = context;
  const saved =
    options.plan === undefined ? SavedPlans.newest(root) : SavedPlans.open(resolve(root, options.plan));
  const run = saved.readRun();
  const target = targetName(options.target, env);
  if (run.target !== target) {
    throw new UserError("These plans are for another target.", [
      { field: "--target", found: target, expected: `${run.target}, for which they were made` },
    ]);
  }
  console.note(`Plans of ${run.plannedAt}, in ${saved.folder}`);
  const all = { ...options, formerStacks: saved.orphans() };
  return withSession(context, all, names, async ({ stacks, terraform, atOnce, secrets, binary, bucket }) => {
    const toApply = stacks.flatMap((stack): StackToApply[] => {
      const planned = run.stacks.find(({ name }) => name === stack.name);
      if (!planned) return [];
      const upToDate = planned.result === "no changes" || saved.isApplied(stack.name);
      if (upToDate) return [{ stack, steps: 0, secrets }];
      const text = saved.readJson(stack.name);
      if (planned.result === "failed" || text === undefined) {
        return [{ stack, steps: 0, secrets, planFailed: [notPlanned] }];
      }
      const plan = readPlanJson(text);
      const all = new Set([...secrets, ...secretsOf(plan)]);
      return [
        {
          stack,
          planFile: saved.planFile(stack.name),
          steps: stepsOf(planChanges(plan).resources),
          secrets: all,
        },
      ];
    });
    const { progress } = console;
    const recorder = unreviewedObserver(stacks, {
      commit: await new GitRepository(root).described(),
      by: actorOf(env),
      binary,
      bucket,
      digests: new Map(run.stacks.map(({ name, digest = "" }) => [name, digest])),
    });
    progress.align(toApply.map(({ stack }) => stack.name));
    console.note(progress.colours.bold("Applying"));
    const applied = await applyStacks(toApply, {
      terraform,
      progress,
      atOnce,
      stop: interruption.stop,
      observer: {
        begins: (item) => recorder.begins?.(item) ?? Promise.resolve(),
        ended: async (applied, result) => {
          if (result === "applied") saved.markApplied(applied.stack.name);
          await recorder.ended?.(applied, result);
        },
      },
    });
    return reportApplied(console, { target, applied, stopped: interruption.stop.aborted });
  });
}
