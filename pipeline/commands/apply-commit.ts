import type { PlanInput } from "@groundwork/policies/reading/planned";
import { UserError } from "@groundwork/user-error";
import { applyStacks, type StackToApply } from "../apply/apply-stacks";
import { differenceLines } from "../apply/plan-differences";
import {
  type Prepared,
  type PrepareOptions,
  planAgain,
  prepareReviewed,
  type ReviewedStack,
  refusalDiagnostic,
} from "../apply/prepare-reviewed";
import { RecordingObserver } from "../apply/record-apply";
import { decide, type Refusal } from "../apply/reviewed-stack";
import { CommitPlans } from "../commit-plans/commit-plans";
import type { Manifest } from "../commit-plans/manifest";
import { configurationHash } from "../commit-plans/save-plans";
import type { Console } from "../console/console";
import { GitRepository } from "../git/repository";
import { actorOf } from "../history/actor";
import { History } from "../history/history";
import type { RecordedApproval } from "../history/record";
import { type AppliedRun, lastAppliedCommit, progressOf, runsOf } from "../history/runs";
import { SavedPlans } from "../plan/saved-plans";
import { currentVersion, stateAddress } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";
import { commitToApply, resolved } from "./commit-option";
import { reportApplied } from "./report-applied";
import { type CommandContext, type Session, type TargetOptions, withSession } from "./session";

export interface ApplyCommitOptions extends TargetOptions {
  /** The commit to apply. */
  sha: string;
  /** The commit whose plans were reviewed. @default - the same, or what it merged */
  reviewed?: string;
}

/** `groundwork apply ENV --sha SHA`: what was reviewed for that commit, and nothing else, in waves. */
export async function applyCommitCommand(
  context: CommandContext,
  names: readonly string[],
  options: ApplyCommitOptions,
): Promise<number> {
  const commit = await commitToApply(context.root, options.sha);
  return withSession(context, options, names, async (session) => {
    const saved = SavedPlans.create(context.root, new Date());
    try {
      return await applyCommit(context, session, { commit, saved, reviewed: options.reviewed });
    } finally {
      saved.remove();
    }
  });
}

export interface Work {
  commit: string;
  saved: SavedPlans;
  reviewed: string | undefined;
  /**
   * Judges the reviewed plans before anything is touched: who let them through, or nothing when they may not be applied,
   * which it has told. @default - nobody judges
   */
  guard?: (plans: readonly PlanInput[]) => { approvals: RecordedApproval[]; override?: string } | undefined;
}

/** Applies a commit in an open session. @returns the exit code */
export async function applyCommit(context: CommandContext, session: Session, work: Work): Promise<number> {
  const { root, console, interruption, env } = context;
  const { stacks, terraform, atOnce, secrets, digestKey, binary, target } = session;
  const { commit, saved } = work;
  const { stop } = interruption;
  const bucket = session.bucket(bucketOf(stacks));
  const plans = new CommitPlans(bucket);
  const { reviewed, manifests } = await findReviewed(root, plans, work);
  if (reviewed !== commit) console.note(`Reviewed as commit ${reviewed}.`);
  const record = work.guard ? work.guard(await plansOf(plans, manifests)) : { approvals: [] };
  if (!record) return 1;
  const history = new History(stacks[0]?.environment ?? "", bucket);
  const { records, flaws } = await history.read();
  for (const { number, what } of flaws) console.note(`Record ${number} of the history is ${what}.`);

  const decided = await decideAll(root, session, { commit, manifests, runs: runsOf(records) });
  const { progress } = console;
  const options: PrepareOptions = { terraform, bucket, saved, digestKey, progress, secrets, stop };
  progress.align(decided.map(({ stack }) => stack.name));
  const prepared = await prepareAll(decided, options, atOnce);
  if (stop.aborted) return told(console, session, "Stopped. Nothing was applied.");
  const refusals = prepared.flatMap((one) => (one.is === "refused" ? [one.refusal] : []));
  if (refusals.length > 0) return reportRefusals(console, session, refusals, commit);

  const recorder = new RecordingObserver(history, {
    commit,
    reviewed,
    by: actorOf(env),
    ...record,
    binary,
    plans: new Map(decided.map(({ stack, manifest, resumes }) => [stack.name, planOf(manifest, resumes)])),
    version: (name) => versionOf(session, name),
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
      planAgain: (stack) => planMovedAgain(stack, decided, plans, options),
    },
  );
  return reportApplied(console, { target, applied, stopped: stop.aborted });
}

/** All of one environment, whose bucket holds their states, plans and history. */
function bucketOf(stacks: readonly Stack[]): string {
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  if (environments.length !== 1) {
    throw new UserError("A commit is applied to one environment at a time.", [
      { field: "ENV", found: environments.join(", "), expected: "one of them, or stacks of one" },
    ]);
  }
  return stateAddress(stacks[0]?.state ?? "").bucket;
}

/** Where the plans of this commit are: under itself, or under what it merged. */
async function findReviewed(
  root: string,
  plans: CommitPlans,
  { commit, reviewed }: Work,
): Promise<{ reviewed: string; manifests: Map<string, Manifest> }> {
  const candidates =
    reviewed === undefined
      ? [commit, ...(await new GitRepository(root).mergedBy(commit))]
      : [await resolved(root, "--reviewed", reviewed)];
  for (const candidate of candidates) {
    const manifests = await plans.manifests(candidate);
    if (manifests.size > 0) return { reviewed: candidate, manifests };
  }
  throw new UserError("Nothing was planned for this commit, or its plans have expired.", [
    {
      field: reviewed === undefined ? "--sha" : "--reviewed",
      found: candidates.join(", "),
      expected: 'a commit that was planned with "groundwork plan ENV --save"',
    },
  ]);
}

/** What was reviewed, for the guard. Stacks that don't change are part of it. */
function plansOf(plans: CommitPlans, manifests: ReadonlyMap<string, Manifest>): Promise<PlanInput[]> {
  return Promise.all(
    [...manifests.values()].map(async (manifest) => ({
      name: manifest.stack,
      environment: manifest.environment,
      plan: manifest.files ? (await plans.read(manifest)).json : {},
    })),
  );
}

interface DecidedStack extends ReviewedStack {
  /** Number of the record with which the run that didn't finish began. */
  resumes?: number;
}

async function decideAll(
  root: string,
  session: Session,
  { commit, manifests, runs }: { commit: string; manifests: Map<string, Manifest>; runs: AppliedRun[] },
): Promise<DecidedStack[]> {
  const repository = new GitRepository(root);
  const planned = session.stacks.flatMap((stack) => {
    const manifest = manifests.get(stack.name);
    return manifest ? [{ stack, manifest }] : [];
  });
  return Promise.all(
    planned.map(async ({ stack, manifest }) => {
      const last = lastAppliedCommit(runs, stack.name);
      const isOlder = last !== undefined && (await repository.isBefore(commit, last));
      const progress = progressOf(runs, stack.name, commit);
      const decision = decide({
        manifest,
        progress,
        configuration: configurationHash(stack),
        state: await versionOf(session, stack.name),
        terraform: session.binary,
        ...(isOlder ? { newer: last } : {}),
      });
      const unfinished = progress.is === "unfinished";
      return {
        stack,
        manifest,
        decision,
        unfinished,
        ...(unfinished ? { resumes: progress.run.number } : {}),
      };
    }),
  );
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
  const prepared = await planAgain(
    { stack, unfinished: one?.unfinished ?? false },
    stored?.json,
    why,
    options,
  );
  if (prepared.is !== "refused") return prepared.toApply;
  const { refusal } = prepared;
  const lines = differenceLines(refusal.differences);
  return { stack, steps: 0, secrets: options.secrets, planFailed: [refusalDiagnostic(refusal, lines)] };
}

function planOf({ digest = "" }: Manifest, resumes: number | undefined) {
  return { digest, ...(resumes === undefined ? {} : { resumes }) };
}

function versionOf(session: Session, name: string) {
  const stack = session.stacks.find((candidate) => candidate.name === name);
  const address = stateAddress(stack?.state ?? "");
  return currentVersion(session.bucket(address.bucket), address);
}

function reportRefusals(
  console: Console,
  { target }: Session,
  refusals: readonly Refusal[],
  commit: string,
): number {
  console.printJson({ target, refused: refusals, stacks: [], totals: nothingApplied });
  const { colours } = console;
  for (const { stack, why, differences } of refusals) {
    const lines = differenceLines(differences).map((line) => `  ${line}`);
    console.print([`\n${colours.bold(stack)}: ${why}`, ...lines].join("\n"));
  }
  console.print(
    "\nNothing was applied: this is not what was reviewed. Let it be reviewed as it is now: " +
      `groundwork plan ENV --save --sha ${commit}`,
  );
  return 1;
}

const nothingApplied = { stacks: 0, added: 0, changed: 0, destroyed: 0 };

function told(console: Console, { target }: Session, text: string): number {
  console.printJson({ target, stacks: [], totals: nothingApplied });
  console.print(`\n${text}`);
  return 1;
}
