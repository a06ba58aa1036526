import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

export const repository = dirname(__dirname);
const folder = join(repository, ".github", "workflows");

/** One step of a job. */
export interface Step {
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface Job {
  if?: string;
  needs?: string | string[];
  uses?: string;
  environment?: string;
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  "timeout-minutes"?: number;
  env?: Record<string, string>;
  strategy?: { matrix: string };
  outputs?: Record<string, string>;
  steps?: Step[];
}

/** A workflow, as far as the tests ask about it. */
export interface Workflow {
  /** `deploy.yml`. */
  file: string;
  text: string;
  on: Record<string, unknown>;
  permissions?: unknown;
  concurrency?: Job["concurrency"];
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

/** Every workflow of the repository. */
export const workflows: Workflow[] = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return { ...(parse(text) as Omit<Workflow, "file" | "text">), file, text };
  });

/** The one action of our own, with the packages' installation. */
export const setupAction = readFileSync(
  join(repository, ".github", "actions", "setup", "action.yml"),
  "utf8",
);

export function workflow(name: string): Workflow {
  const found = workflows.find(({ file }) => file === `${name}.yml`);
  if (!found) throw new Error(`There is no ${name}.yml.`);
  return found;
}

/** Every job of every workflow, with a name for messages: `deploy.yml: dev`. */
export const jobs = workflows.flatMap(({ file, jobs: own }) =>
  Object.entries(own).map(([id, job]) => ({ name: `${file}: ${id}`, file, id, job })),
);

/** Every step that runs a command. */
export const commands = jobs.flatMap(({ name, job }) =>
  (job.steps ?? []).flatMap(({ run, ...step }) => (run === undefined ? [] : [{ name, run, step }])),
);
