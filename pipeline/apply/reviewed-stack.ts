import type { Manifest } from "../commit-plans/manifest";
import type { StateVersion } from "../history/record";
import type { CommitProgress } from "../history/runs";
import type { PlanDifference } from "./plan-differences";

/** What decides whether a reviewed plan can be applied as it lies in the bucket. */
export interface StackFacts {
  /** What was reviewed; undefined when the stack was not planned for that commit. */
  manifest?: Manifest;
  /** How far an earlier run got. */
  progress: CommitProgress;
  /** SHA-256 of the configuration that is checked out now; undefined when the stack is no longer in the code. */
  configuration?: string;
  state: StateVersion;
  terraform: { product: string; version: string };
  /** The commit that the stack was applied from last, when that one comes after the commit at hand. */
  newer?: string;
  /** The reviewed file itself is not to be applied. @default false */
  fresh?: boolean;
}

/** What to do with one stack. */
export type Decision =
  | { do: "nothing"; why: string }
  /** Exactly the file that was reviewed. */
  | { do: "use" }
  /** The reviewed file no longer fits; a plan that does the same will do. */
  | { do: "plan again"; why: string }
  | { do: "refuse"; why: string };

/** Decides what to do with one stack of a commit that is applied. */
export function decide({
  manifest,
  progress,
  configuration,
  state,
  terraform,
  newer,
  fresh = false,
}: StackFacts): Decision {
  if (!manifest) return { do: "nothing", why: "not part of what was reviewed" };
  if (progress.is === "applied")
    return { do: "nothing", why: `applied before (record ${progress.run.number})` };
  if (newer !== undefined)
    return { do: "nothing", why: `${newer.slice(0, 12)} is applied, which comes after it` };
  if (manifest.result === "failed") return { do: "refuse", why: "it could not be planned for the review" };
  // Whatever else was merged meanwhile is the business of its own review.
  if (manifest.result === "no changes") return { do: "nothing", why: "no changes" };
  if (configuration === undefined) return { do: "refuse", why: "it is no longer in the code" };
  if (progress.is === "unfinished") {
    return { do: "plan again", why: `the run that began with record ${progress.run.number} didn't finish` };
  }
  if (configuration !== manifest.configuration) {
    return { do: "plan again", why: "the code of main is not the code that was reviewed" };
  }
  if (state.generation !== manifest.state.generation) {
    return { do: "plan again", why: "the state has moved since the review" };
  }
  if (!sameTool(terraform, manifest.terraform)) {
    const { product, version } = manifest.terraform;
    return { do: "plan again", why: `it was planned with ${product} ${version}` };
  }
  return fresh ? { do: "plan again", why: "the saved file is not to be used" } : { do: "use" };
}

function sameTool(a: { product: string; version: string }, b: { product: string; version: string }): boolean {
  return a.product === b.product && a.version === b.version;
}

/** A stack that may not be applied without another review. */
export interface Refusal {
  stack: string;
  why: string;
  /** What a plan of now would do otherwise; empty when there is none. */
  differences: PlanDifference[];
}
