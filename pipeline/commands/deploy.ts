import { UserError } from "@groundwork/user-error";
import type { Delivery } from "../../environments/delivery-schema";
import { loadDelivery } from "../../environments/load-delivery";
import { type Decision, decide, fullRef, type Step } from "../branch-map/decide";
import type { Console } from "../console/console";
import { GitRepository } from "../git/repository";
import { readEvidence } from "../guards/read-evidence";
import { SavedPlans } from "../plan/saved-plans";
import { applyCommit } from "./apply-commit";
import { commitToApply } from "./commit-option";
import { guardOf } from "./guard-of";
import { stacksToVisit } from "./matrix";
import { type CommandContext, type TargetOptions, withSession } from "./session";

export interface DeployOptions extends TargetOptions {
  /** What was pushed: `main`, `refs/tags/v1.2.0`. */
  ref: string;
  /** Its commit. @default - what is checked out */
  sha?: string;
  /** The commit whose plans were reviewed. @default - the same, or what it merged */
  reviewed?: string;
  /**
   * What the branch was before: an environment in which nothing differs from it needs no plan and no review.
   * @default - each environment must have been planned for the commit
   */
  since?: string;
  /** Only this environment, as the job of a workflow does; its reviewers said yes. */
  only?: string;
  /** Plan again, and go on with an equal digest: the reviewed file itself is never applied. */
  fresh?: boolean;
  /** Only tell what would be done. */
  dryRun?: boolean;
  /** What people said, as a file. @default - GitHub is asked, where its variables are set */
  evidence?: string;
}

/** `groundwork deploy --ref REF`: applies a commit to the environments that its ref leads to, in order. */
export async function deployCommand(context: CommandContext, options: DeployOptions): Promise<number> {
  const { root, console, interruption } = context;
  const delivery = loadDelivery();
  const commit = await commitToApply(root, options.sha ?? "HEAD");
  const decision = decide(
    { ref: fullRef(options.ref), isOnMain: await new GitRepository(root).isOn(commit, delivery.mainBranch) },
    delivery,
  );
  const steps = stepsOf(decision, options.only);
  if (options.dryRun || steps.length === 0) return tell(console, decision, steps, commit);

  tellOf(console, decision, steps);
  for (const [index, step] of steps.entries()) {
    if (interruption.stop.aborted) return 1;
    if (step.mode === "approval" && options.only === undefined) {
      console.note(
        `\n${step.environment} waits for its reviewers: groundwork deploy --ref ${options.ref} --only ${step.environment}`,
      );
      return 0;
    }
    const code = await deployTo(context, { step, commit, delivery, options });
    if (code !== 0) {
      const behind = steps.slice(index + 1).map(({ environment }) => environment);
      if (behind.length > 0) console.note(`Not reached: ${behind.join(", ")}.`);
      return code;
    }
  }
  return 0;
}

interface Deployment {
  step: Step;
  commit: string;
  delivery: Delivery;
  options: DeployOptions;
}

/** Guards, then applies, one environment. */
async function deployTo(
  context: CommandContext,
  { step: { environment }, commit, delivery, options }: Deployment,
): Promise<number> {
  const { root, console, env } = context;
  const ref = fullRef(options.ref);
  console.note(console.progress.colours.bold(`\n${environment}`));
  const { since } = options;
  if (since !== undefined) {
    const differing = await stacksToVisit(context, [environment], { changedSince: since });
    if (differing.length === 0) {
      console.printJson({ environment, commit, ref, since, stacks: [] });
      console.print(`Nothing of ${environment} differs from ${since}.`);
      return 0;
    }
  }
  const [onMain, evidence] = await Promise.all([
    new GitRepository(root).isOn(commit, delivery.mainBranch),
    readEvidence({
      env,
      commit,
      approvers: delivery.approvers,
      ...(options.evidence === undefined ? {} : { file: options.evidence }),
    }),
  ]);
  const guard = guardOf(context, {
    delivery,
    commit,
    ref,
    isOnMain: onMain,
    ...(evidence ? { evidence } : {}),
  });
  return withSession(context, options, [environment], async (session) => {
    const saved = SavedPlans.create(root, new Date());
    try {
      return await applyCommit(context, session, {
        commit,
        saved,
        reviewed: options.reviewed,
        fresh: options.fresh ?? false,
        guard,
      });
    } finally {
      saved.remove();
    }
  });
}

/** @throws UserError when the ref doesn't lead to the environment that was asked for */
function stepsOf(decision: Decision, only: string | undefined): readonly Step[] {
  if (only === undefined) return decision.steps;
  const found = decision.steps.filter(({ environment }) => environment === only);
  if (found.length > 0) return found;
  const leads = decision.steps.map(({ environment }) => environment).join(", ");
  throw new UserError(`${decision.ref} does not lead to ${only}.`, [
    { field: "--only", found: only, expected: leads || decision.reasons.join(" ") },
  ]);
}

/** A ref that leads nowhere is no mistake; one that is kept from production is. */
function tell(console: Console, decision: Decision, steps: readonly Step[], commit: string): number {
  console.printJson({ ...decision, steps, commit });
  tellOf(console, decision, steps);
  return decision.steps.length === 0 && decision.reasons.some((reason) => reason.includes("takes only"))
    ? 1
    : 0;
}

function tellOf(console: Console, { ref, reasons }: Decision, steps: readonly Step[]): void {
  const parts = steps.map(({ environment, mode }) =>
    mode === "approval" ? `${environment} (after its reviewers' yes)` : environment,
  );
  if (parts.length > 0) console.note(`${ref} → ${parts.join(" → ")}`);
  for (const reason of reasons) console.note(reason);
}
