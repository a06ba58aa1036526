import type { PlanInput } from "@groundwork/policies/reading/planned";
import { UserError } from "@groundwork/user-error";
import { loadEnvironments } from "../../environments/load";
import { loadDelivery } from "../../environments/load-delivery";
import { applyStacks, type StackToApply } from "../apply/apply-stacks";
import { type DecidedStack, decideCommit } from "../apply/decide-commit";
import { differenceLines } from "../apply/plan-differences";
import {
  type Prepared,
  type PrepareOptions,
  planAgain,
  prepareReviewed,
  refusalDiagnostic,
} from "../apply/prepare-reviewed";
import { RecordingObserver } from "../apply/record-apply";
import { fullRef } from "../branch-map/decide";
import type { KnownFacts } from "../check/check-planned";
import { CommitPlans } from "../commit-plans/commit-plans";
import type { Manifest } from "../commit-plans/manifest";
import { canonical } from "../digest/canonical";
import { formerDelivery } from "../former/former-delivery";
import { GitRepository } from "../git/repository";
import type { FactsToJudge } from "../guards/guard-plans";
import { readEvidence } from "../guards/read-evidence";
import { actorOf } from "../history/actor";
import { History } from "../history/history";
import type { RecordedApproval } from "../history/record";
import { runsOf } from "../history/runs";
import { SavedPlans } from "../plan/saved-plans";
import { currentVersion, stateAddress } from "../state/state-object";
import { appliedSummary, differentSummary } from "../summary/apply-summary";
import type { Stack } from "../synthesis/stack-list";
import { trafficToJudge } from "../traffic/live-traffic";
import { commitToApply } from "./commit-option";
import { findReviewed, refuseMissing } from "./find-reviewed";
import { guardOf } from "./guard-of";
import { reportApplied } from "./report-applied";
import { reportRefusals, reportStopped } from "./report-refused";
import { type CommandContext, type Session, type TargetOptions, withSession } from "./session";
import { silenceAllowed } from "./silence";
import { formerStacksSince } from "./with-former-stacks";

export interface ApplyCommitOptions extends TargetOptions {
  /** The commit to apply. */
  sha: string;
  /** The commit whose plans were reviewed. @default - the same, what it merged, or its pull request's head */
  reviewed?: string;
  /** The branch or tag that it comes from. @default - `GITHUB_REF`, main when it is part of that, or what is checked out */
  ref?: string;
  /** What people said, as a file. @default - GitHub is asked, where its variables are set */
  evidence?: string;
  /** A commit that still had an environment which the code no longer has: where its plans are. */
  since?: string;
  /** Plan again, and go on with an equal digest: the reviewed file itself is never applied. */
  fresh?: boolean;
}

/** `groundwork apply ENV --sha SHA`: what was reviewed for that commit, and nothing else, in waves. */
export async function applyCommitCommand(
  context: CommandContext,
  names: readonly string[],
  options: ApplyCommitOptions,
): Promise<number> {
  const { root, env } = context;
  const commit = await commitToApply(root, options.sha);
  const formerStacks = await formerEnvironmentsIn(context, options.since);
  const repository = new GitRepository(root);
  const given = { stacks: formerStacks, repository };
  const delivery = await formerDelivery(loadDelivery(), options.since, given);
  const isOnMain = await repository.isOn(commit, delivery.mainBranch);
  const checkedOut = isOnMain ? delivery.mainBranch : await repository.branch();
  const { evidence: file, reviewed, fresh = false } = options;
  const evidence = await readEvidence({
    ...silenceAllowed(context, options),
    env,
    commit,
    approvers: delivery.approvers,
    ...(file === undefined ? {} : { file }),
  });
  const ref = fullRef(options.ref ?? (env.GITHUB_REF || checkedOut || commit));
  const guard = guardOf(context, { delivery, commit, ref, isOnMain, ...(evidence ? { evidence } : {}) });
  return withSession(context, { ...options, formerStacks }, names, async (session) => {
    const saved = SavedPlans.create(root, new Date());
    try {
      return await applyCommit(context, session, { commit, saved, reviewed, fresh, guard });
    } finally {
      saved.remove();
    }
  });
}

/** Stacks of environments that only another commit has. */
async function formerEnvironmentsIn(context: CommandContext, since: string | undefined): Promise<Stack[]> {
  const stacks = await formerStacksSince(context, since);
  const present = new Set(loadEnvironments(context.root).map(({ environment }) => environment.name));
  return stacks.filter(({ environment }) => !present.has(environment));
}

/** Who let a change through, for its record. */
export interface LetThrough {
  approvals: RecordedApproval[];
  override?: string;
  /** Asked before each further stack, for windows close: why it may not be started any more. @default - it may */
  notNow?: () => string | undefined;
}

/** What an apply of a commit needs beside an open session. */
export interface CommitWork {
  /** Full hash. */
  commit: string;
  saved: SavedPlans;
  /** The commit whose plans were reviewed. @default - the same, what it merged, or its pull request's head */
  reviewed?: string | undefined;
  /** Never apply the reviewed file itself, only a plan made now that does the same. @default false */
  fresh?: boolean;
  /**
   * Names of the stacks that must have been planned for this very commit: a tag may bring what several pull requests
   * changed, and none of them knew of the others. @default - what was planned for what became the commit will do
   */
  plannedItself?: readonly string[];
  /**
   * Judges exactly the plans that would be applied, before anything is touched: who let them through, or nothing when
   * they may not be applied, which it has told.
   */
  guard: (environment: string, plans: readonly PlanInput[], known: FactsToJudge) => LetThrough | undefined;
}

/**
 * Applies a commit in an open session: finds what was reviewed, gets plans ready that do just that, asks the guard,
 * and applies them in waves, each written down before and after.
 *
 * @returns the exit code
 */
export async function applyCommit(
  context: CommandContext,
  session: Session,
  work: CommitWork,
): Promise<number> {
  const { root, console, interruption, env } = context;
  const { stacks, code, terraform, atOnce, secrets, digestKey, binary, target } = session;
  const { commit, saved, guard, fresh = false } = work;
  const { stop } = interruption;
  const { environment, bucket } = placeOf(stacks, session);
  const plans = new CommitPlans(bucket);
  const { reviewed, manifests } = await findReviewed(context, plans, work);
  if (reviewed !== commit) console.note(`Reviewed as commit ${reviewed}.`);
  refuseMissing(work, environment, manifests);
  const history = new History(environment, bucket);
  const { records, flaws } = await history.read(recordsRead);
  for (const { number, what } of flaws) console.note(`Record ${number} of the history is ${what}.`);

  const repository = new GitRepository(root);
  const { orphanDecisions: orphans } = session;
  const runs = runsOf(records);
  const present = stacks.filter((stack) => code.includes(stack));
  const facts = {
    ...{ commit, manifests, environment, stacks: present, orphans },
    ...{ runs, repository, bucket, binary, fresh },
  };
  const decided = await decideCommit(facts, saved);
  const { progress } = console;
  progress.align(decided.map(({ stack }) => stack.name));
  const toPrepare: PrepareOptions = { terraform, bucket, saved, digestKey, progress, secrets, stop };
  const prepared = await prepareAll(decided, toPrepare, atOnce);
  if (stop.aborted) return reportStopped(console, target);
  const refusals = prepared.flatMap((one) => (one.is === "refused" ? [one.refusal] : []));
  if (refusals.length > 0) {
    console.summarize(differentSummary(environment, commit, refusals));
    return reportRefusals(console, target, refusals, commit);
  }

  const toJudge = prepared.flatMap((one): PlanInput[] => {
    if (one.is !== "ready") return [];
    const { name } = one.toApply.stack;
    return [{ name, environment, plan: one.plan, isGone: manifests.get(name)?.orphan !== undefined }];
  });
  for (const one of prepared) {
    if (one.is !== "ready" || one.again === undefined) continue;
    console.note(`${one.toApply.stack.name}: ${one.again}; planned again, and it does what was reviewed.`);
  }

  const plannedAt = [...manifests.values()].map((one) => one.plannedAt).sort();
  const letThrough = guard(environment, toJudge, {
    ...(await knownFacts(prepared, decided, toJudge, session)),
    code,
    ...(plannedAt.length > 0 ? { plannedAt: plannedAt[plannedAt.length - 1] } : {}),
  });
  if (!letThrough) return 1;

  const { notNow, ...said } = letThrough;
  const recorder = new RecordingObserver(history, {
    commit,
    reviewed,
    by: actorOf(env),
    ...said,
    binary,
    plans: new Map(decided.map(({ stack, manifest, resumes }) => [stack.name, planOf(manifest, resumes)])),
    version: (name) => {
      const stack = decided.find((one) => one.stack.name === name)?.stack;
      return currentVersion(bucket, stateAddress(stack?.state ?? ""));
    },
  });
  await recordFinished(decided, prepared, recorder);
  console.note(progress.colours.bold("Applying"));
  const applied = await applyStacks(
    prepared.flatMap((one) => (one.is === "refused" ? [] : [one.toApply])),
    {
      terraform,
      progress,
      atOnce,
      stop,
      observer: recorder,
      ...(notNow ? { notNow } : {}),
      planAgain: (stack) => planMovedAgain(stack, decided, plans, toPrepare),
    },
  );
  const digests = new Map(decided.map(({ stack, manifest }) => [stack.name, manifest.digest ?? ""]));
  const told = { environment, commit, reviewed, by: actorOf(env).who, ...said, applied, digests };
  console.summarize(appliedSummary({ ...told, records: recorder.records }));
  return reportApplied(console, { target, applied, stopped: stop.aborted });
}

/** What the rules can't read in the plans. */
async function knownFacts(
  prepared: readonly Prepared[],
  decided: readonly DecidedStack[],
  plans: readonly PlanInput[],
  { stacks, googleApi }: Session,
): Promise<KnownFacts> {
  const ready = prepared.flatMap((one) => (one.is === "ready" ? [one] : []));
  const liveTraffic = await trafficToJudge(plans, stacks, (stack) =>
    googleApi("appengine.googleapis.com", stack),
  );
  return {
    digests: Object.fromEntries(ready.map(({ toApply, digests }) => [toApply.stack.name, digests])),
    lockFiles: Object.fromEntries(
      decided
        .filter(({ stack }) => ready.some(({ toApply }) => toApply.stack === stack))
        .map(({ stack, manifest }) => [
          stack.name,
          { reviewed: canonical(manifest.providers), actual: canonical({ ...stack.providers }) },
        ]),
    ),
    ...(liveTraffic ? { liveTraffic } : {}),
  };
}

/**
 * How far back it is looked for what was applied before; some weeks. An apply from before that counts as none, so its
 * stack is planned again, and that tells.
 */
const recordsRead = 400;

/** All of one environment, whose bucket holds their states, plans and history. */
function placeOf(stacks: readonly Stack[], { bucket }: Session) {
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const [environment, ...others] = environments;
  if (environment === undefined || others.length > 0) {
    throw new UserError("A commit is applied to one environment at a time.", [
      { field: "ENV", found: environments.join(", "), expected: "one of them, or stacks of one" },
    ]);
  }
  return { environment, bucket: bucket(stateAddress(stacks[0]?.state ?? "").bucket) };
}

async function prepareAll(
  decided: readonly DecidedStack[],
  options: PrepareOptions,
  atOnce: number,
): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  const queue = [...decided.entries()];
  const work = async () => {
    for (let next = queue.shift(); next && !options.stop.aborted; next = queue.shift()) {
      prepared[next[0]] = await prepareReviewed(next[1], options);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return prepared;
}

/** What a killed run had done to the end without being able to say so. */
async function recordFinished(
  decided: readonly DecidedStack[],
  prepared: readonly Prepared[],
  recorder: RecordingObserver,
): Promise<void> {
  for (const [index, { stack, decision, manifest }] of decided.entries()) {
    const one = prepared[index];
    if (one?.is !== "done" || decision.do !== "plan again" || manifest.result !== "changes") continue;
    await recorder.begins({ stack });
    await recorder.ended(
      { stack, result: "up to date", added: 0, changed: 0, destroyed: 0, seconds: 0, diagnostics: [] },
      "nothing left",
    );
  }
}

/** The state moved between the look at it and the apply. */
async function planMovedAgain(
  stack: Stack,
  decided: readonly DecidedStack[],
  plans: CommitPlans,
  options: PrepareOptions,
): Promise<StackToApply> {
  const one = decided.find((candidate) => candidate.stack === stack);
  const stored = one?.manifest.files ? await plans.read(one.manifest) : undefined;
  const why = "the state moved while others were applied";
  const unfinished = one?.unfinished ?? false;
  const prepared = await planAgain({ stack, unfinished }, stored?.json, why, options);
  if (prepared.is !== "refused") return prepared.toApply;
  const { refusal } = prepared;
  const lines = differenceLines(refusal.differences);
  return { stack, steps: 0, secrets: options.secrets, planFailed: [refusalDiagnostic(refusal, lines)] };
}

function planOf({ digest = "" }: Manifest, resumes: number | undefined) {
  return { digest, ...(resumes === undefined ? {} : { resumes }) };
}
