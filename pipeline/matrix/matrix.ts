import { UserError } from "@groundwork/user-error";
import type { Stack } from "../synthesis/stack-list";

/** One job of a workflow's matrix. */
export interface MatrixJob {
  /** What people read: `dev`, `dev-data`, `dev 2 of 3`. */
  job: string;
  /** As `job`, fit for an artifact's name: `dev-2-of-3`. */
  id: string;
  /** Every stack of a job is of one environment, as credentials are. */
  environment: string;
  /** Names of the stacks behind commas, as every command takes them: `dev-data,dev-release`. */
  stacks: string;
}

export interface MatrixOptions {
  /** So many stacks of an environment share one job; of more, each gets its own. @default 8 */
  together?: number;
  /** Most jobs. @default 256 */
  most?: number;
}

/**
 * What GitHub makes of one matrix.
 *
 * @see https://docs.github.com/en/actions/reference/limits
 */
export const mostJobs = 256;
/** One environment's stacks: they are planned at once anyway, and a job costs an install and a sign-in. */
export const sharedJob = 8;

/**
 * Deals stacks out to jobs: an environment's stacks together while they are few, one job each when they are many, and
 * several again where that would be more jobs than GitHub takes.
 *
 * @param stacks in any order; jobs keep it
 * @throws UserError when there are more environments than jobs
 */
export function matrixOf(
  stacks: readonly Pick<Stack, "name" | "environment">[],
  { together = sharedJob, most = mostJobs }: MatrixOptions = {},
): MatrixJob[] {
  const environments = byEnvironment(stacks);
  if (environments.size > most) {
    throw new UserError("There are more environments than one matrix may have jobs.", [
      {
        field: "ENV",
        found: String(environments.size),
        expected: `at most ${most}, named one after another`,
      },
    ]);
  }
  const sizes = [...environments.values()].map(({ length }) => length);
  const jobs = (each: number) =>
    sizes.reduce((sum, size) => sum + (size <= together ? 1 : Math.ceil(size / each)), 0);
  let each = 1;
  while (jobs(each) > most) each++;
  return [...environments].flatMap(([environment, own]) =>
    jobsOf(environment, own, own.length <= together ? own.length : each),
  );
}

function jobsOf(environment: string, stacks: readonly Pick<Stack, "name">[], each: number): MatrixJob[] {
  const count = Math.ceil(stacks.length / each);
  return Array.from({ length: count }, (_, index) => {
    const names = stacks.slice(index * each, (index + 1) * each).map(({ name }) => name);
    const job =
      count === 1
        ? environment
        : names.length === 1
          ? (names[0] ?? "")
          : `${environment} ${index + 1} of ${count}`;
    return { job, id: job.replaceAll(" ", "-"), environment, stacks: names.join(",") };
  });
}

function byEnvironment<T extends Pick<Stack, "environment">>(stacks: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const stack of stacks) found.set(stack.environment, [...(found.get(stack.environment) ?? []), stack]);
  return found;
}
