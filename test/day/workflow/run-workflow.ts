import type { Job, Workflow } from "../../workflow-files";
import { type Context, holds, interpolate, textOf, type Value } from "./expression";
import { runStep, type Workplace } from "./steps";

type Result = "success" | "failure" | "skipped" | "cancelled";

/** How a job ended; one of a matrix, which has several. */
export interface JobEnd {
  /** `plan`, or `plan (dev)`. */
  name: string;
  result: Result;
  outputs: { [name: string]: string };
  /** Everything that its commands said. */
  said: string;
}

/** What a run is about, as expressions see it. */
export interface Event {
  github: { [name: string]: Value };
  vars: { [name: string]: Value };
  secrets: { [name: string]: Value };
  inputs?: { [name: string]: Value };
}

export interface RunOptions {
  event: Event;
  place: Workplace;
  /** Jobs that are no part of this: they count as done, and do nothing. */
  elsewhere?: readonly string[];
  /** What an earlier attempt of the same run has done already. @default - nothing */
  before?: RunEnd;
}

/** How a run of a workflow ended. */
export interface RunEnd {
  /** By id of the job; those of a matrix under one. */
  jobs: Map<string, JobEnd[]>;
  failed: string[];
}

/**
 * Runs a workflow's jobs as GitHub does: one after the other, each when those it needs have ended and its condition
 * holds, with the workflow's own commands.
 */
export async function runWorkflow(workflow: Workflow, options: RunOptions): Promise<RunEnd> {
  const jobs = new Map<string, JobEnd[]>();
  for (const id of inOrder(workflow.jobs)) {
    const earlier = options.before?.jobs.get(id);
    // "Re-run failed jobs": what succeeded keeps its result; what was skipped behind a failure gets its turn.
    if (earlier?.every(({ result }) => result === "success")) jobs.set(id, earlier);
    else jobs.set(id, await runJob(workflow, id, jobs, options));
  }
  const all = [...jobs.values()].flat();
  return { jobs, failed: all.filter(({ result }) => result === "failure").map(({ name }) => name) };
}

/**
 * The jobs of a workflow that begin, in order, when each that begins ends as said, and runs none of them.
 *
 * @param ends how jobs end, with their outputs. @default - with success, and no output
 */
export function jobsThatBegin(
  workflow: Workflow,
  event: Event,
  ends: Readonly<Record<string, Partial<Pick<JobEnd, "result" | "outputs">>>> = {},
): string[] {
  const ended = new Map<string, JobEnd[]>();
  const begun: string[] = [];
  for (const id of inOrder(workflow.jobs)) {
    const job = workflow.jobs[id] ?? {};
    const begins = holds(job.if, contextOf(workflow, job, ended, event));
    if (begins) begun.push(id);
    const { result = "success", outputs = {} } = begins ? (ends[id] ?? {}) : { result: "skipped" as const };
    ended.set(id, [{ name: id, result, outputs, said: "" }]);
  }
  return begun;
}

/** Those that a job needs come before it. */
function inOrder(jobs: Workflow["jobs"]): string[] {
  const order: string[] = [];
  const visit = (id: string) => {
    if (order.includes(id)) return;
    for (const needed of needsOf(jobs[id])) visit(needed);
    order.push(id);
  };
  for (const id of Object.keys(jobs)) visit(id);
  return order;
}

function needsOf(job: Job | undefined): string[] {
  const { needs = [] } = job ?? {};
  return typeof needs === "string" ? [needs] : needs;
}

async function runJob(
  workflow: Workflow,
  id: string,
  ended: ReadonlyMap<string, JobEnd[]>,
  options: RunOptions,
): Promise<JobEnd[]> {
  const job = workflow.jobs[id];
  if (!job) throw new Error(`${workflow.file} has no job ${id}`);
  const nothing = { name: id, outputs: {}, said: "" };
  if (options.elsewhere?.includes(id)) return [{ ...nothing, result: "success" }];
  const context = contextOf(workflow, job, ended, options.event);
  if (!holds(job.if, context)) return [{ ...nothing, result: "skipped" }];
  const ends: JobEnd[] = [];
  for (const matrix of matrixOf(job, context)) {
    const name = matrix ? `${id} (${textOf(matrix.id ?? null)})` : id;
    const values = { ...context.values, matrix: matrix ?? {}, steps: {} };
    const env = { ...options.place.env, ...environmentOf({ ...workflow.env, ...job.env }, context) };
    ends.push(await runSteps(name, job, { status: "success", values }, options.place, env));
  }
  return ends;
}

function contextOf(
  { jobs }: Workflow,
  job: Job,
  ended: ReadonlyMap<string, JobEnd[]>,
  { github, vars, secrets, inputs = {} }: Event,
): Context {
  const resultOf = (id: string) => resultOfAll(ended.get(id) ?? []);
  const needs = needsOf(job).map((id): [string, Value] => [
    id,
    { result: resultOf(id), outputs: ended.get(id)?.[0]?.outputs ?? {} },
  ]);
  const before = (id: string): string[] => needsOf(jobs[id]).flatMap((one) => [one, ...before(one)]);
  const direct = needsOf(job).map(resultOf);
  const all = needsOf(job)
    .flatMap((id) => [id, ...before(id)])
    .map(resultOf);
  // A job that is skipped keeps back those that need it, unless they ask for the status themselves; a failure, however
  // far behind, is one for all that follow. A job that took too long, or gave up its place to a newer one, is
  // cancelled: no failure, and cancelled() asks about the whole run. https://github.com/ROCm/TheRock/issues/8372
  const didNotRun = direct.some((result) => result === "skipped" || result === "cancelled");
  const status = all.includes("failure") ? "failure" : didNotRun ? "skipped" : "success";
  return { status, values: { github, vars, secrets, inputs, needs: Object.fromEntries(needs) } };
}

function resultOfAll(ends: readonly JobEnd[]): Result {
  if (ends.some(({ result }) => result === "failure")) return "failure";
  if (ends.some(({ result }) => result === "cancelled")) return "cancelled";
  return ends.every(({ result }) => result === "skipped") ? "skipped" : "success";
}

function matrixOf({ strategy }: Job, context: Context): ({ [name: string]: Value } | undefined)[] {
  if (strategy === undefined) return [undefined];
  const matrix = interpolate(strategy.matrix, context) as { include?: { [name: string]: Value }[] };
  if (!matrix.include?.length) throw new Error("GitHub refuses a matrix without jobs");
  return matrix.include;
}

function environmentOf(env: { [name: string]: string }, context: Context): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).map(([name, text]) => [name, textOf(interpolate(String(text), context))]),
  );
}

async function runSteps(
  name: string,
  job: Job,
  context: Context,
  place: Workplace,
  env: NodeJS.ProcessEnv,
): Promise<JobEnd> {
  const steps: { [id: string]: Value } = {};
  let said = "";
  for (const step of job.steps ?? []) {
    const now = { ...context, values: { ...context.values, steps } };
    if (!holds(step.if, now)) continue;
    // The one thing that is not as the files say: no command here may reach for a cloud.
    const end = await runStep(step, now, place, { ...env, GROUNDWORK_TARGET: "sandbox" });
    said += end.said;
    if (step.id !== undefined) steps[step.id] = { outputs: end.outputs };
    if (!end.ok) context.status = "failure";
  }
  const done = { ...context, values: { ...context.values, steps } };
  const outputs = Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([output, text]) => [output, textOf(interpolate(text, done))]),
  );
  return { name, result: context.status === "failure" ? "failure" : "success", outputs, said };
}
