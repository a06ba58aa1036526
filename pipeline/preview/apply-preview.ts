import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { PreviewNames } from "../../environments/preview-names";
import { applyStacks } from "../apply/apply-stacks";
import { stepsOf } from "../plan/changes";
import { type PlannedStack, planStack } from "../plan/plan-stacks";
import { SavedPlans } from "../plan/saved-plans";
import { RunFailed } from "../run-failed";
import type { Stack } from "../synthesis/stack-list";
import type { Diagnostic } from "../terraform/messages";
import type { Json } from "../terraform/plan-json";
import { configurationProblems, isolationProblems } from "./isolation";
import type { Workshop } from "./workshop";

/** Milliseconds that a Terraform which outlived its command gets to end by itself. */
const patience = 8_000;

/**
 * Plans a preview's stack, holds the plan to the preview's own names and project, and applies exactly that plan.
 *
 * @param unless asked between plan and apply; true: nothing is applied
 * @returns false when `unless` said so
 * @throws RunFailed when the plan leaves the preview, or Terraform says no
 */
export async function applyPreview(
  workshop: Workshop,
  names: PreviewNames,
  stack: Stack,
  unless: () => Promise<boolean> = async () => false,
): Promise<boolean> {
  const { context, place, secrets, digestKey } = workshop;
  const { root, console, interruption } = context;
  const { progress } = console;
  const { stop } = interruption;
  refuseElsewhere(workshop, names, stack);
  const saved = SavedPlans.create(root, new Date());
  try {
    return await workshop.withTerraform(stack.folder, async (terraform) => {
      const planned = await planStack(stack, { terraform, saved, progress, secrets, digestKey, stop });
      if (planned.result === "not planned") throw new RunFailed("Stopped.");
      if (planned.result === "failed") throw new RunFailed(reasonOf(planned.diagnostics));
      if (planned.result === "no changes") return true;
      refuseStrangers(workshop, names, planned);
      if (await unless()) return false;
      const { project } = place.loaded.environment;
      progress.update(stack.name, `applying in ${project}`);
      const [applied] = await applyStacks(
        [
          {
            stack,
            planFile: saved.planFile(stack.name),
            steps: stepsOf(planned.changes?.resources ?? []),
            secrets: planned.secrets,
          },
        ],
        { terraform, progress, atOnce: 1, stop },
      );
      if (applied?.result !== "applied") throw new RunFailed(reasonOf(applied?.diagnostics ?? []));
      return true;
    });
  } finally {
    saved.remove();
  }
}

/** Before Terraform takes a lock or reads anything. */
function refuseElsewhere({ place, others }: Workshop, { statePrefix }: PreviewNames, stack: Stack): void {
  const own = { bucket: place.loaded.environment.stateBucket, prefix: statePrefix };
  const configuration = JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")) as Json;
  refuse(stack, configurationProblems(configuration, own, others));
}

function refuseStrangers(
  { context, place, delivery, others }: Workshop,
  names: PreviewNames,
  { stack, plan }: PlannedStack,
): void {
  if (!plan) return;
  const problems = isolationProblems(stack, plan, {
    others,
    root: context.root,
    delivery,
    project: place.loaded.environment.project,
    now: new Date(),
    own: {
      configurationBucket: place.loaded.names.configurationBucket,
      database: names.database,
    },
  });
  refuse(stack, problems);
}

function refuse(stack: Stack, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new RunFailed(
    [`${stack.name} may change only what is its own. Nothing was applied.`, ...problems].join("\n  "),
  );
}

function reasonOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const lines = errors.flatMap(({ summary, detail }) => [summary, ...(detail === "" ? [] : [detail])]);
  return lines.length > 0 ? lines.join("\n") : "Terraform was stopped.";
}

/**
 * Removes Terraform's lock of a preview that nobody works on. Only for whoever holds the preview's lease and got it from
 * somebody who died: a Terraform that outlived its command gets a while to end and give the lock back itself.
 *
 * @returns whether there was one to remove
 */
export async function removeAbandonedLock({ place }: Workshop, names: PreviewNames): Promise<boolean> {
  const states = place.bucket(place.loaded.environment.stateBucket);
  const end = performance.now() + patience;
  for (;;) {
    const lock = await states.info(names.stateLock);
    if (!lock) return false;
    if (performance.now() > end) return states.remove(names.stateLock, { ifGeneration: lock.generation });
    await wait(250);
  }
}
