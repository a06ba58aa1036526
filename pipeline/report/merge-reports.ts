import { digestOfAll } from "../digest/digest";
import { addCounts, countChanges } from "../plan/changes";
import type { Report, ReportedStack } from "./report";
import { rank } from "./risks";

/** A stack that a job should have planned. */
export interface ExpectedStack {
  name: string;
  environment: string;
}

/**
 * The reports of a workflow's jobs as one, as if one job had planned everything.
 *
 * @param reports of different stacks; none where nothing was to be planned
 * @param expected what had to be planned: what no report has is told as not planned, and never left out silently
 */
export function mergeReports(reports: readonly Report[], expected: readonly ExpectedStack[]): Report {
  const [first] = reports;
  const stacks = distinct(reports.flatMap((report) => report.stacks));
  const orphans = distinct(reports.flatMap((report) => report.orphans));
  const told = new Set([...stacks, ...orphans].map(({ name }) => name));
  const missing = expected.filter(({ name }) => !told.has(name)).map(unplanned);
  const complete = missing.length === 0 && reports.every(({ digest }) => digest !== undefined);
  const digests = stacks.flatMap(({ name, digest }) => (digest ? [[name, digest] as const] : []));
  return {
    version: 1,
    target: first?.target ?? "cloud",
    ...(first?.changedSince === undefined ? {} : { changedSince: first.changedSince }),
    ...(first?.rehearsed ? { rehearsed: true } : {}),
    ...(complete ? { digest: digestOfAll(Object.fromEntries(digests)) } : {}),
    stacks: [...stacks, ...missing],
    orphans,
    risks: reports.flatMap(({ risks }) => risks).sort((a, b) => rank(a) - rank(b)),
    counts: addCounts(stacks.map(({ counts }) => counts)),
  };
}

function distinct<T extends { name: string }>(named: readonly T[]): T[] {
  return [...new Map(named.map((one) => [one.name, one])).values()];
}

function unplanned({ name, environment }: ExpectedStack): ReportedStack {
  return {
    name,
    environment,
    stack: name.slice(environment.length + 1),
    project: "",
    dependsOn: [],
    result: "not planned",
    counts: countChanges([]),
    changes: [],
    outputs: [],
    drifted: [],
    renames: [],
    diagnostics: [
      {
        severity: "error",
        summary: "No job has planned it",
        detail: "Its job failed before it could report.",
      },
    ],
  };
}
