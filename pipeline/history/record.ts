import { z } from "zod";

/** Which version of a state: Terraform counts its writes (`serial`) since the state was made (`lineage`). */
export const stateVersion = z.object({
  lineage: z.string(),
  serial: z.number(),
  /** Of the object in the bucket; `"0"` when there is none. */
  generation: z.string(),
});
export type StateVersion = z.infer<typeof stateVersion>;

/** Somebody's yes to a change, as far as it was needed. */
export const recordedApproval = z.object({
  /** Login. */
  by: z.string(),
  /** What they approved: `label approved:destroy`, `review`. */
  how: z.string(),
  /** Team by which their word counts. */
  team: z.string().optional(),
  /** ISO 8601. */
  at: z.string().optional(),
});
export type RecordedApproval = z.infer<typeof recordedApproval>;

/** Who works, and from where. */
export const actor = z.object({
  /** Login on GitHub, or `user@machine`. */
  who: z.string(),
  /** Address of the workflow's run. */
  run: z.string().optional(),
});
export type Actor = z.infer<typeof actor>;

const counts = z.object({ added: z.number(), changed: z.number(), destroyed: z.number() });

const began = z.object({
  kind: z.literal("began"),
  stack: z.string(),
  /** Full hash of the commit whose code is applied; `HASH+edited` or `none` where nobody reviewed it. */
  commit: z.string(),
  /** Applied without a review, by whoever was allowed to: `groundwork up`, or plans of one's own. */
  unreviewed: z.literal(true).optional(),
  /** The commit whose plans were reviewed, when that is another one (a squashed pull request). */
  reviewed: z.string().optional(),
  /** Of the reviewed plan. */
  digest: z.string(),
  by: actor,
  approvals: z.array(recordedApproval),
  /** Reason of an emergency, when rules were overridden. */
  override: z.string().optional(),
  /** The run that this one finishes: number of the record with which it began. */
  resumes: z.number().optional(),
  terraform: z.object({ product: z.string(), version: z.string() }),
  before: stateVersion,
});

const ended = z.object({
  kind: z.literal("ended"),
  stack: z.string(),
  commit: z.string(),
  /** Number of the record with which it began. */
  began: z.number(),
  /** `nothing left`: a run before had done it all, and was killed before it could say so. */
  result: z.enum(["applied", "nothing left", "failed", "stopped"]),
  counts,
  seconds: z.number(),
  /** First error, secrets hidden. */
  error: z.string().optional(),
  after: stateVersion,
});

const stateChanged = z.object({
  kind: z.literal("state"),
  stack: z.string(),
  action: z.enum(["rolled back", "unlocked"]),
  by: actor,
  reason: z.string().optional(),
  /** Name of the object that the state was copied to. */
  backup: z.string().optional(),
  before: stateVersion,
  after: stateVersion,
});

/** What happened. */
export const event = z.discriminatedUnion("kind", [began, ended, stateChanged]);
export type HistoryEvent = z.infer<typeof event>;
export type Began = z.infer<typeof began>;
export type Ended = z.infer<typeof ended>;

/** One entry of an environment's history. */
export const record = z.object({
  version: z.literal(1),
  /** From 1, without gaps. */
  number: z.number().int().positive(),
  /** SHA-256 of the record before, as it lies in the bucket; null for the first. */
  previous: z.string().nullable(),
  /** ISO 8601, by the clock of whoever wrote it. */
  at: z.string(),
  environment: z.string(),
  event,
});
export type HistoryRecord = z.infer<typeof record>;
