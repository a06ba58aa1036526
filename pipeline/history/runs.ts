import type { Began, Ended, HistoryRecord } from "./record";

/** One apply of one stack, from its intent to its end. */
export interface AppliedRun {
  /** Number of the record with which it began. */
  number: number;
  /** ISO 8601. */
  beganAt: string;
  began: Began;
  /** Missing while it runs, and for good when it was killed. */
  ended?: Ended;
  endedAt?: string;
  /** The state was rolled back afterwards: what was applied is no longer what Terraform knows. */
  rolledBack?: true;
}

/** Every apply in a history, in the order in which they began. */
export function runsOf(records: readonly HistoryRecord[]): AppliedRun[] {
  const runs = new Map<number, AppliedRun>();
  for (const { number, at, event } of records) {
    if (event.kind === "began") runs.set(number, { number, beganAt: at, began: event });
    if (event.kind === "ended") {
      const run = runs.get(event.began);
      if (run && !run.ended) Object.assign(run, { ended: event, endedAt: at });
    }
    if (event.kind === "state" && event.action === "rolled back") {
      for (const run of runs.values()) if (run.began.stack === event.stack) run.rolledBack = true;
    }
  }
  return [...runs.values()];
}

/** How far the apply of one commit got in one stack. */
export type CommitProgress =
  /** No apply of it ever began. */
  | { is: "new" }
  /** All of it is in the cloud. */
  | { is: "applied"; run: AppliedRun }
  /** It began and didn't get to its end: killed, stopped or failed. What is left may be less than was reviewed. */
  | { is: "unfinished"; run: AppliedRun };

/**
 * How far the apply of a commit got in a stack. An unfinished one is forgotten when another commit was applied after
 * it, and any when the state was rolled back: what is left must then be reviewed anew.
 *
 * @param runs of the environment, oldest first
 */
export function progressOf(runs: readonly AppliedRun[], stack: string, commit: string): CommitProgress {
  const own = runs.filter((run) => run.began.stack === stack && !run.rolledBack);
  const done = own.findLast((run) => run.began.commit === commit && isDone(run));
  if (done) return { is: "applied", run: done };
  const last = own.at(-1);
  return last?.began.commit === commit ? { is: "unfinished", run: last } : { is: "new" };
}

/** The commit that a stack was last applied from. */
export function lastAppliedCommit(runs: readonly AppliedRun[], stack: string): string | undefined {
  return runs.findLast((run) => run.began.stack === stack && isDone(run))?.began.commit;
}

export function isDone({ ended }: AppliedRun): boolean {
  return ended?.result === "applied" || ended?.result === "nothing left";
}
