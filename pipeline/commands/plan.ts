import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { CheckResult } from "@groundwork/policies/finding";
import type { PlanInput } from "@groundwork/policies/reading/planned";
import { loadDelivery, withFormer } from "../../environments/load-delivery";
import { loadMoves } from "../../environments/moves";
import { synthesizeBase } from "../affected/base";
import type { Orphan } from "../affected/orphans";
import { prepareDestruction } from "../affected/prepare-destruction";
import { checkPlanned } from "../check/check-planned";
import { renderFindings } from "../check/render-findings";
import { savePlans, saveUndecided } from "../commit-plans/save-plans";
import type { Console } from "../console/console";
import { leftBehind } from "../former/left-behind";
import { isBeyondHelp } from "../guards/judge";
import { type IdleMove, idleMoves, idleMoveText } from "../moves/idle-moves";
import { type PlannedStack, planStacks } from "../plan/plan-stacks";
import { SavedPlans, type SavedRun, type SavedStack } from "../plan/saved-plans";
import { maskSecrets } from "../plan/secrets";
import { CloudRefused } from "../preview/clouds/cloud-api";
import { buildReport } from "../report/build-report";
import { renderText } from "../report/render-text";
import { risksOfRules } from "../report/rule-risks";
import { reportFolder, writeReport } from "../report/write-report";
import { type Stack, stagesOf } from "../synthesis/stack-list";
import { lockInfoOf } from "../terraform/lock-info";
import { type LiveTraffic, trafficToJudge } from "../traffic/live-traffic";
import { annotateStack } from "./annotate-stack";
import { bringUpBase } from "./bring-up-base";
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
  /** Folder for the report's files. @default - none are written */
  out?: string;
  /** Bring up in the sandbox what the base makes, first. */
  fromBase?: boolean;
  /** A commit that still has what left the code. @default - the histories tell what each stack was last applied from */
  since?: string;
}

/** `groundwork plan`: what an apply would change; the plans are kept for exactly that apply. */
export async function planCommand(
  context: CommandContext,
  names: readonly string[],
  options: PlanOptions,
): Promise<number> {
  const { root, console, interruption } = context;
  const out = options.out === undefined ? undefined : reportFolder(root, options.out);
  const commit = options.save || options.sha ? await commitToPlan(root, options.sha) : undefined;
  if (options.fromBase) await bringUpBase(context, names, options);
  return withSession(context, options, names, async (session) => {
    const saved = SavedPlans.create(root, new Date());
    const orphans = session.affected?.orphans ?? (await orphansToSave(context, session, options));
    const doomed = prepareDestruction(orphans, saved);
    const planned = await planSession(context, { ...session, stacks: [...session.stacks, ...doomed] }, saved);
    if (interruption.stop.aborted) saved.remove();
    else saved.writeRun(runOf(session, planned, (name) => saved.orphanFolder(name)));
    if (commit !== undefined && !interruption.stop.aborted) {
      const options = { ...session, commit, now: new Date() };
      await savePlans(planned, saved, options);
      await saveUndecided(orphans, options);
    }
    const { target, affected } = session;
    const rehearsed = options.fromBase === true;
    const policies = await checkSaved(context, planned, saved, { ...session, orphans });
    const rules = risksOfRules(policies.findings, loadDelivery().approvers);
    const report = buildReport({
      ...{ target, planned, rehearsed, rules, orphans },
      ...(affected ? { affected } : {}),
    });
    const files = out === undefined ? [] : writeReport(report, out);
    const idle = options.synthesized === undefined ? idleIn(root, session, planned) : [];
    console.printJson({ ...report, policies, idleMoves: idle, plans: saved.folder, files });
    console.printFolded("What it would change", `\n${renderText(report, { colours: console.colours })}`);
    if (policies.findings.length > 0) {
      console.printFolded("What the rules say", `\n${renderFindings(policies, console.colours)}`);
    }
    for (const one of idle) console.print(`\n${idleMoveText(one)}`);
    adviseOnLocks(console, planned);
    for (const { stack, result, diagnostics } of planned) {
      if (result === "failed") annotateStack(console, stack.name, diagnostics);
    }
    for (const file of files)
      console.print(`${file === files[0] ? "\nReport: " : "        "}${relative(root, file)}`);
    if (!interruption.stop.aborted && planned.some(({ result }) => result === "changes")) {
      const where = target === "cloud" ? " --target cloud" : "";
      console.print(`\nApply exactly this: groundwork apply --plan ${relative(root, saved.folder)}${where}`);
      if (commit !== undefined) console.print(`Kept for the apply from main, under commit ${commit}.`);
    }
    if (planned.some(({ result }) => result === "failed")) return 1;
    if (policies.findings.some(isBeyondHelp)) return 1;
    if (orphans.some(({ decision }) => decision === "undecided")) return 1;
    return options.detailedExitcode && planned.some(({ result }) => result === "changes") ? 2 : 0;
  });
}

/**
 * A whole environment that is planned for a review is planned with what left its code at any time. Where it is compared
 * with a base, the base tells that.
 */
async function orphansToSave(
  { root, interruption }: CommandContext,
  { stacks, code, bucket, orphanDecisions: decisions }: Session,
  { save, sha, changedSince, synthesized, since }: PlanOptions,
): Promise<Orphan[]> {
  if (!(save || sha) || changedSince !== undefined || synthesized !== undefined) return [];
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const whole = environments.filter((environment) =>
    code.every((stack) => stack.environment !== environment || stacks.includes(stack)),
  );
  const stacksAt = async (commit: string) =>
    (await synthesizeBase(root, commit, interruption, "--since")).stacks;
  const known = since === undefined ? {} : { since };
  const options = { root, code, bucket, decisions, stacksAt, ...known };
  return (await Promise.all(whole.map((environment) => leftBehind(environment, options)))).flat();
}

/** Entries of the list of moves that do nothing, as far as these plans tell. */
function idleIn(root: string, { code }: Session, planned: readonly PlannedStack[]): IdleMove[] {
  const moves = loadMoves(root);
  if (moves.length === 0) return [];
  return idleMoves(
    moves,
    code.map(({ name, folder }) => {
      const own = planned.find(({ stack }) => stack.name === name);
      const result = own?.result === "no changes" ? own.result : own?.plan;
      const configuration = readFileSync(join(folder, "cdk.tf.json"), "utf8");
      return { name, configuration, ...(result === undefined ? {} : { planned: result }) };
    }),
  );
}

/** What the rules find in what was planned. Who may approve it, and when, is judged when it is applied. */
async function checkSaved(
  { root, console }: CommandContext,
  planned: readonly PlannedStack[],
  saved: SavedPlans,
  { stacks, googleApi, secrets, orphans }: Session & { orphans: readonly Orphan[] },
): Promise<CheckResult> {
  const plans = planned.flatMap(({ stack: { name, environment, folder } }): PlanInput[] => {
    const text = saved.readJson(name);
    const isGone = folder === saved.orphanFolder(name);
    return text === undefined ? [] : [{ name, environment, plan: JSON.parse(text), isGone }];
  });
  const traffic = new Map<string, LiveTraffic>();
  for (const environment of new Set(plans.map((one) => one.environment))) {
    const own = plans.filter((one) => one.environment === environment);
    try {
      const live = await trafficToJudge(own, stacks, (stack) => googleApi("appengine.googleapis.com", stack));
      if (live) traffic.set(environment, live);
    } catch (error) {
      if (!(error instanceof CloudRefused)) throw error;
      console.note(`The live traffic of ${environment} is not known here: ${error.message}`);
    }
  }
  // Short ones may be words like any other.
  const credentials = [...secrets].filter(({ length }) => length >= 16);
  const known = (environment: string) => {
    const liveTraffic = traffic.get(environment);
    return { credentials, ...(liveTraffic ? { liveTraffic } : {}) };
  };
  const gone = orphans.map(({ stack }) => stack);
  const delivery = withFormer(loadDelivery(), stagesOf(gone));
  const found = checkPlanned(plans, { root, delivery, now: new Date(), known });
  const hidden = new Set([...secrets, ...planned.flatMap((one) => [...one.secrets])]);
  return JSON.parse(maskSecrets(JSON.stringify(found), hidden)) as CheckResult;
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

function runOf(
  { target, binary }: Session,
  planned: readonly PlannedStack[],
  orphanFolder: (name: string) => string,
): SavedRun {
  return {
    version: 1,
    plannedAt: new Date().toISOString(),
    target,
    terraform: { product: binary.product, version: binary.version },
    stacks: planned.map(({ stack, result, digest }) => ({
      name: stack.name,
      environment: stack.environment,
      result: result === "not planned" ? "failed" : result,
      dependsOn: [...stack.dependsOn],
      ...(digest === undefined ? {} : { digest }),
      ...(stack.folder === orphanFolder(stack.name) ? { orphan: orphanOf(stack) } : {}),
    })),
  };
}

function orphanOf({ stack, project, providers, state = "" }: Stack): NonNullable<SavedStack["orphan"]> {
  return { stack, project, providers: { ...providers }, state };
}
