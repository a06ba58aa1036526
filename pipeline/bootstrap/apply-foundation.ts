import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandContext, Session } from "../commands/session";
import { digestOf } from "../digest/digest";
import { type ChangeCounts, countChanges, type PlanChanges, planChanges, stepsOf } from "../plan/changes";
import { countsText } from "../plan/counts-text";
import { maskDiagnostics, secretsOf } from "../plan/secrets";
import { RunFailed } from "../run-failed";
import type { Diagnostic, Message } from "../terraform/messages";
import type { PlanJson } from "../terraform/plan-json";
import { firstError, renderDiagnostics } from "../terraform/render-diagnostics";
import { adoptionsOf, collisionsIn, destructionsIn, stateBucketAdoption } from "./adoptions";
import type { WorkFolder } from "./work-folder";

/** What a plan of the foundation would do. */
export interface FoundationPlan {
  plan: PlanJson;
  changes: PlanChanges;
  counts: ChangeCounts;
}

export interface ApplyFoundationOptions {
  context: CommandContext;
  session: Pick<Session, "terraform" | "secrets" | "digestKey">;
  folder: WorkFolder;
  /** Google Cloud project of the foundation. */
  project: string;
  /** Name of the bucket that the states lie in. */
  stateBucket: string;
  /** Shows the plan and asks. @throws RunFailed for no */
  allow: (plan: FoundationPlan) => Promise<void>;
}

/** What was done. */
export interface FoundationApplied {
  added: number;
  changed: number;
  /** Addresses of what was there already and was taken over, by this run and those before it. */
  adopted: string[];
  /** Of the first plan; empty when nothing was left to do. */
  digest: string;
}

/** Keys wait for their ring, a provider for its pool: so many layers can collide one after another, and some more. */
const rounds = 10;

type Planned = { result: "no changes" } | ({ result: "changes" } & FoundationPlan);

/**
 * Makes what is missing of the foundation, with its state in the work folder. What is there already (from a run that was
 * killed before it could write that down, or made by hand) is imported.
 *
 * @throws RunFailed when it can't be planned or applied, or something would be destroyed
 */
export async function applyFoundation(options: ApplyFoundationOptions): Promise<FoundationApplied> {
  const { context, folder } = options;
  const done = { added: 0, changed: 0, digest: "" };
  const ending = (): FoundationApplied => ({ ...done, adopted: folder.adoptions.map(({ to }) => to) });
  for (let round = 1; ; round++) {
    const planned = await planFoundation(options);
    if (planned.result === "no changes") return ending();
    refuseDestruction(planned.plan);
    done.digest ||= digestOf(planned.plan, options.session.digestKey);
    if (round === 1 || planned.counts.update > 0) await options.allow(planned);
    const ended = await applyPlanned(options, planned);
    context.interruption.stop.throwIfAborted();
    done.added += ended.added;
    done.changed += ended.changed;
    if (ended.result === "applied") return ending();
    const collided = collisionsIn(ended.diagnostics);
    const again = collided.length > 0 && round < rounds ? await planFoundation(options) : undefined;
    const found = again?.result === "changes" ? adoptionsOf(again.plan, collided, options.project) : [];
    if (found.length === 0) throw failed(context, "can't be applied", ended.diagnostics);
    for (const { to, id } of found) context.console.note(`  ${to} is there already (${id}): taken over.`);
    folder.adopt([...folder.adoptions, ...found]);
  }
}

/** A plan with what is to be taken over; without, when one of those can't be read. */
async function planFoundation(options: ApplyFoundationOptions): Promise<Planned> {
  const { context, folder, stateBucket } = options;
  const { progress } = context.console;
  const name = folder.local.name;
  progress.start(name, "planning");
  if (folder.state() === undefined && folder.adoptions.length === 0) {
    const configuration = readFileSync(join(folder.local.folder, "cdk.tf.json"), "utf8");
    folder.adopt(stateBucketAdoption(configuration, stateBucket));
  }
  let planned = await planOnce(options);
  if (planned.result === "failed" && folder.adoptions.length > 0) {
    folder.adopt([]);
    planned = await planOnce(options);
  }
  context.interruption.stop.throwIfAborted();
  if (planned.result === "failed") {
    progress.finish(name, "failed", firstError(planned.diagnostics));
    throw failed(context, "can't be planned", planned.diagnostics);
  }
  progress.finish(name, "done", planned.result === "changes" ? countsText(planned.counts) : planned.result);
  return planned;
}

type PlannedOnce = Planned | { result: "failed"; diagnostics: readonly Diagnostic[] };

async function planOnce({ context, session, folder }: ApplyFoundationOptions): Promise<PlannedOnce> {
  const { terraform, secrets } = session;
  const { progress } = context.console;
  const { local, planFile } = folder;
  const ended = await terraform.plan(local, planFile, {
    onMessage: ({ hook }) => hook?.resource && progress.update(local.name, `reading ${hook.resource.addr}`),
  });
  if (existsSync(planFile)) chmodSync(planFile, 0o600);
  if (ended.result === "no changes") return { result: "no changes" };
  const shown = ended.result === "failed" ? ended : await terraform.showPlan(local, planFile);
  if (shown.result === "failed") {
    return { result: "failed", diagnostics: maskDiagnostics(shown.diagnostics, secrets) };
  }
  const changes = planChanges(shown.plan);
  return { result: "changes", plan: shown.plan, changes, counts: countChanges(changes.resources) };
}

type AppliedPlan = { added: number; changed: number } & (
  | { result: "applied" }
  | { result: "failed"; diagnostics: readonly Diagnostic[] }
);

async function applyPlanned(
  { context, session, folder }: ApplyFoundationOptions,
  { plan, changes }: FoundationPlan,
): Promise<AppliedPlan> {
  const { progress } = context.console;
  const { local } = folder;
  const steps = stepsOf(changes.resources);
  const counts = { added: 0, changed: 0 };
  progress.start(local.name, "applying");
  const onMessage = ({ type, hook }: Message) => {
    const address = hook?.resource?.addr;
    if (address === undefined) return;
    if (type === "apply_start") folder.begins(address);
    if (type === "apply_errored") folder.refused(address);
    if (type === "apply_complete" && hook?.action === "create") counts.added++;
    if (type === "apply_complete" && hook?.action === "update") counts.changed++;
    progress.update(local.name, `${counts.added + counts.changed} of ${steps}  ${address}`);
  };
  const ended = await session.terraform.apply(local, folder.planFile, onMessage);
  if (ended.result === "applied") {
    progress.finish(local.name, "done", `${counts.added} added, ${counts.changed} changed`);
    return { ...counts, result: "applied" };
  }
  const secrets = new Set([...session.secrets, ...secretsOf(plan)]);
  const diagnostics = maskDiagnostics(ended.diagnostics, secrets);
  progress.finish(local.name, "failed", firstError(diagnostics));
  return { ...counts, result: "failed", diagnostics };
}

function refuseDestruction(plan: PlanJson): void {
  const doomed = destructionsIn(plan);
  if (doomed.length === 0) return;
  throw new RunFailed(
    [
      "Nothing was changed: a bootstrap destroys nothing, and this one would.",
      ...doomed.map((address) => `  ${address}`),
      "What is there was made otherwise than the code says (another location, another name). Change the code, or remove it by hand.",
    ].join("\n"),
  );
}

function failed({ console }: CommandContext, what: string, diagnostics: readonly Diagnostic[]): RunFailed {
  const lines = renderDiagnostics(diagnostics, console.colours).map((line) => `  ${line}`);
  return new RunFailed(
    [`The foundation ${what}.`, ...lines, "What was made is kept; run it again to go on."].join("\n"),
  );
}
