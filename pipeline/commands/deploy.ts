import { UserError } from "@groundwork/user-error";
import type { Delivery } from "../../environments/delivery-schema";
import { loadDelivery } from "../../environments/load-delivery";
import { type Decision, decide, fullRef, type Step } from "../branch-map/decide";
import type { Console } from "../console/console";
import { GitRepository } from "../git/repository";
import { readEvidence } from "../guards/read-evidence";
import { SavedPlans } from "../plan/saved-plans";
import type { Stack } from "../synthesis/stack-list";
import { applyCommit } from "./apply-commit";
import { commitToApply, isFullHash } from "./commit-option";
import { guardOf } from "./guard-of";
import { stacksToVisit } from "./matrix";
import { type CommandContext, type TargetOptions, withSession } from "./session";
import { silenceAllowed } from "./silence";

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

/**
 * `groundwork deploy --ref REF`: applies a commit to the environments that its ref leads to, in order. Its JSON is one
 * document, with what each environment's apply answers in `environments`.
 */
export async function deployCommand(context: CommandContext, options: DeployOptions): Promise<number> {
  const { root, console } = context;
  const delivery = loadDelivery();
  const commit = await commitToApply(root, options.sha ?? "HEAD");
  const decision = decide(
    { ref: fullRef(options.ref), isOnMain: await new GitRepository(root).isOn(commit, delivery.mainBranch) },
    delivery,
  );
  const steps = stepsOf(decision, options.only);
  if (options.dryRun || steps.length === 0) return tell(console, decision, steps, commit);

  tellOf(console, decision, steps);
  const environments: unknown[] = [];
  console.alsoInJson({ ...decision, steps, commit, environments });
  const since = await knownBefore(context, options.since);
  const deployment = { commit, delivery, options, since };
  const { code, waiting = [], notReached = [] } = await deployAll(context, steps, deployment, environments);
  console.printJson({ waiting, notReached });
  return code;
}

/** How far it got. */
interface Reached {
  code: number;
  /** Environments whose reviewers are to say yes first. */
  waiting?: string[];
  /** Environments behind one that failed, or that a stop left out. */
  notReached?: string[];
}

async function deployAll(
  context: CommandContext,
  steps: readonly Step[],
  deployment: Omit<Deployment, "environment">,
  documents: unknown[],
): Promise<Reached> {
  const { console, interruption } = context;
  const { options } = deployment;
  const from = (index: number) => steps.slice(index).map(({ environment }) => environment);
  for (const [index, { environment, mode }] of steps.entries()) {
    if (interruption.stop.aborted) return { code: 1, notReached: from(index) };
    if (mode === "approval" && options.only === undefined) {
      console.note(
        `\n${environment} waits for its reviewers: groundwork deploy --ref ${options.ref} --only ${environment}`,
      );
      return { code: 0, waiting: from(index) };
    }
    const parts: object[] = [];
    const code = await console.collectJson(parts, () => deployTo(context, { ...deployment, environment }));
    documents.push(Object.assign({ environment }, ...parts));
    if (code !== 0) {
      const behind = from(index + 1);
      if (behind.length > 0) console.note(`Not reached: ${behind.join(", ")}.`);
      return { code, notReached: behind };
    }
  }
  return { code: 0 };
}

/**
 * What the branch was before, where it can be compared with. After a force push nobody has that commit any more; what
 * differs from it can't be told then, and everything has to have been planned.
 */
async function knownBefore(
  { root, console }: CommandContext,
  since: string | undefined,
): Promise<string | undefined> {
  if (since === undefined || !isFullHash(since) || /^0+$/.test(since)) return since;
  if ((await new GitRepository(root).commit(since)) !== undefined) return since;
  console.note(`${since} is not in this clone: every environment must have been planned for the commit.`);
  return undefined;
}

interface Deployment {
  environment: string;
  commit: string;
  delivery: Delivery;
  options: DeployOptions;
  since: string | undefined;
}

/** Guards, then applies, one environment. */
async function deployTo(
  context: CommandContext,
  { environment, commit, delivery, options, since }: Deployment,
): Promise<number> {
  const { root, console, env } = context;
  const ref = fullRef(options.ref);
  console.note(console.progress.colours.bold(`\n${environment}`));
  const isTag = ref.startsWith("refs/tags/");
  let toPlan: readonly Stack[] | undefined;
  if (since !== undefined || isTag) {
    const compared = since === undefined ? {} : { changedSince: since, leaveKept: true };
    const differing = await stacksToVisit(context, [environment], compared);
    toPlan = isTag && options.reviewed === undefined ? differing : undefined;
    if (differing.length === 0) {
      console.printJson({ since, stacks: [] });
      console.print(`Nothing of ${environment} differs from ${since}.`);
      console.summarize(`## ${environment}: nothing differs from ${since}`);
      return 0;
    }
  }
  const [onMain, evidence] = await Promise.all([
    new GitRepository(root).isOn(commit, delivery.mainBranch),
    readEvidence({
      ...silenceAllowed(context, options),
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
        ...(toPlan ? { plannedItself: toPlan.map(({ name }) => name) } : {}),
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
