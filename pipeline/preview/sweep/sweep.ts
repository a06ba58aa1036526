import type { PreviewDown, PreviewRecord, PreviewRemnant } from "../contract";
import type { PreviewedPullRequest } from "../pull-requests/previewed";
import type { OpenPullRequests } from "../pull-requests/read-pull-requests";
import { readSides } from "../remnants/read-sides";
import type { Side } from "../remnants/side";
import { decideSweep, type Kept, type Removal } from "./decide";
import type { SweepReport, SweptItem, SweptPreview } from "./report";
import type { SweepTruth } from "./truth";

/** What a sweep works with. */
export interface SweepWork {
  sides: readonly Side[];
  /** Of the previews that have one. */
  readRecords(): Promise<PreviewRecord[]>;
  /** Which of these pull requests are open. @throws when that can't be told: then nothing is swept */
  readOpen(numbers: ReadonlySet<number>): Promise<OpenPullRequests>;
  /** One of them, again. */
  readOne(number: number): Promise<PreviewedPullRequest | undefined>;
  /**
   * `preview down`.
   *
   * @param askedAt ISO 8601; an `up` that was asked for later wins
   * @param tell when nothing is left but the record, by which a sweep that is killed here is found again
   */
  down(pr: number, askedAt: string, tell: () => Promise<void>): Promise<PreviewDown>;
  /** Tells a pull request that its preview ends soon. */
  warn(kept: Kept, record: PreviewRecord | undefined): Promise<void>;
  /**
   * Tells a pull request that its preview is gone.
   *
   * @param expiredAt ISO 8601 @default - it was closed
   */
  tellGone(pr: number, expiredAt?: string): Promise<void>;
  /** Tells a pull request from a fork why it has no preview. */
  tellFork(pr: number): Promise<void>;
  now(): Date;
  /** How many previews are removed at the same time. */
  atOnce: number;
  stop: AbortSignal;
  /** Hears of each preview when it is dealt with. @default - nobody does */
  onSwept?: (swept: SweptPreview) => void;
}

export interface SweepOptions {
  /** Only tell what would be done. @default false */
  plan?: boolean;
  /** How many previews are removed at most. @default - previewLimits.sweptAtOnce */
  limit?: number;
}

/**
 * Removes what is left of previews whose pull request is closed or whose time is over, on every side. What fails keeps
 * nothing else from being removed, and is found again by the next sweep.
 *
 * @throws RunFailed when GitHub can't tell which pull requests are open: nothing was removed then
 */
export async function sweepPreviews(work: SweepWork, options: SweepOptions = {}): Promise<SweepReport> {
  const { plan = false, limit } = options;
  const startedAt = performance.now();
  const truth = await readSweepTruth(work);
  const decision = decideSweep(truth, work.now(), limit === undefined ? {} : { limit });
  const untold: SweepReport["untold"] = [];
  const records = new Map(truth.records.map((record) => [record.pr, record]));
  const kept = decision.keep.map(({ pullRequest, expiresAt, endsSoon }) => ({
    pr: pullRequest.number,
    title: pullRequest.title,
    expiresAt,
    warned: endsSoon && !plan,
  }));
  if (!plan) {
    for (const one of decision.keep.filter(({ endsSoon }) => endsSoon)) {
      const pr = one.pullRequest.number;
      await told(untold, pr, () => work.warn(one, records.get(pr)));
    }
    for (const pr of truth.forks) await told(untold, pr, () => work.tellFork(pr));
  }
  const previews = plan
    ? decision.remove.map(planned)
    : await inParallel(work.atOnce, decision.remove, async (removal) => {
        const swept = await removePreview(work, removal, untold);
        work.onSwept?.(swept);
        return swept;
      });
  return {
    previews,
    postponed: decision.postponed.map(({ pr }) => pr),
    kept,
    unread: [...truth.unread],
    untold,
    seconds: (performance.now() - startedAt) / 1_000,
  };
}

/**
 * The sides first, then GitHub: whatever was found had its pull request by then, so that one which is being opened is never
 * taken for an orphan.
 */
async function readSweepTruth(work: SweepWork): Promise<SweepTruth & { forks: number[] }> {
  const found = await readSides(work.sides, work.readRecords);
  const numbers = new Set(found.remnants.map(({ pr }) => pr));
  const { asked, forks } = await work.readOpen(numbers);
  return { ...found, pullRequests: asked, forks };
}

/** Looks once more whether it may go: reading everything took its time. */
async function removePreview(
  work: SweepWork,
  removal: Removal,
  untold: SweepReport["untold"],
): Promise<SweptPreview> {
  const { pr, remnants } = removal;
  const swept = { ...sketch(removal), items: [] };
  if (work.stop.aborted) return { ...swept, result: "failed", reason: "interrupted" };
  const askedAt = work.now().toISOString();
  let pullRequest: PreviewedPullRequest | undefined;
  try {
    pullRequest = await work.readOne(pr);
  } catch (error) {
    return { ...swept, result: "failed", reason: reasonOf(error) };
  }
  const pullRequests = pullRequest?.isOpen ? [pullRequest] : [];
  const [again] = decideSweep({ pullRequests, remnants }, work.now()).remove;
  if (!again) return { ...swept, result: "kept", reason: "its pull request came back" };

  // Where there was no record, nobody saw a preview.
  const wasSeen = pullRequest && remnants.some(({ side }) => side === "record");
  const tell = async () => {
    if (wasSeen) await told(untold, pr, () => work.tellGone(pr, again.expiredAt));
  };
  const taken = await takeDown(work, again, askedAt, tell);
  if (taken.kept !== undefined) return { ...swept, result: "kept", reason: taken.kept, items: taken.items };
  const items = [...taken.items, ...(await removeRest(work, again, taken.gone))];
  const result = items.some((item) => item.result === "failed") ? "failed" : "removed";
  return { ...swept, result, items };
}

/** What lies in the state bucket, `preview down` removes, with what it tells of. */
const bySteps = new Set<PreviewRemnant["side"]>(["state", "record", "lease"]);

async function takeDown(
  { down }: SweepWork,
  { pr, remnants }: Removal,
  askedAt: string,
  tell: () => Promise<void>,
): Promise<{ items: SweptItem[]; gone: boolean; kept?: string }> {
  const own = remnants.filter(({ side }) => bySteps.has(side));
  if (own.length === 0) return { items: [], gone: false };
  try {
    const { steps, gone } = await down(pr, askedAt, tell);
    const newer = steps.find(({ step, result }) => step === "record" && result === "kept");
    if (steps.length === 0 || newer?.reason === "asked for again") {
      return { items: [], gone: false, kept: "somebody works on it" };
    }
    if (gone) return { items: own.map((one) => ({ ...named(one), result: "removed" })), gone };
    const reason = steps
      .flatMap(({ step, result, reason: why }) =>
        result === "failed" ? [`${step}: ${why ?? "failed"}`] : [],
      )
      .join("; ");
    return { items: own.map((one) => ({ ...named(one), result: "failed", reason })), gone };
  } catch (error) {
    const reason = reasonOf(error);
    return { items: own.map((one) => ({ ...named(one), result: "failed", reason })), gone: false };
  }
}

/** One after the other, in their order: a role is in use as long as its user is there. */
async function removeRest(work: SweepWork, { remnants }: Removal, gone: boolean): Promise<SweptItem[]> {
  const items: SweptItem[] = [];
  for (const remnant of remnants.filter(({ side }) => !bySteps.has(side))) {
    const side = work.sides.find(({ sides }) => sides.includes(remnant.side));
    try {
      const removed = (await side?.remove(remnant)) ?? false;
      // With its stack it went the usual way.
      items.push({ ...named(remnant), result: removed || gone ? "removed" : "gone already" });
    } catch (error) {
      items.push({ ...named(remnant), result: "failed", reason: reasonOf(error) });
    }
  }
  return items;
}

async function told(untold: SweepReport["untold"], pr: number, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    untold.push({ pr, reason: reasonOf(error) });
  }
}

function planned(removal: Removal): SweptPreview {
  const items = removal.remnants.map((one) => ({ ...named(one), result: "planned" as const }));
  return { ...sketch(removal), result: "planned", items };
}

function sketch({ pr, why, expiredAt, remnants }: Removal): Pick<SweptPreview, "pr" | "why" | "oldest"> {
  const [oldest] = remnants.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt])).sort();
  return {
    pr,
    why,
    ...(oldest === undefined ? {} : { oldest }),
    ...(expiredAt === undefined ? {} : { expiredAt }),
  };
}

function named({ side, name, within }: PreviewRemnant): Pick<SweptItem, "side" | "name" | "within"> {
  return { side, name, ...(within === undefined ? {} : { within }) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** In order, so many at the same time. */
async function inParallel<T, R>(
  atOnce: number,
  all: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < all.length; index = next++) {
      results[index] = await work(all[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return results;
}
