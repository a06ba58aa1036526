import { PreviewNames } from "../../environments/preview-names";
import type { Bucket } from "../bucket/bucket";
import { maskSecrets } from "../plan/secrets";
import { RunFailed } from "../run-failed";
import { applyPreview, removeAbandonedLock } from "./apply-preview";
import { removeArtifacts } from "./artifacts";
import type { PreviewDown } from "./contract";
import { takeLease } from "./lease";
import { synthesizePreviewEnd } from "./preview-stack";
import { PreviewRecords } from "./records";
import { cloudSides } from "./remnants/cloud-sides";
import { removeRest } from "./remnants/remove-rest";
import { readPreviewState } from "./state-of-preview";
import type { Workshop } from "./workshop";

type Step = PreviewDown["steps"][number];

/** What is asked for. */
export interface DownRequest {
  pr: number;
  /** ISO 8601; an `up` that was asked for later wins. */
  askedAt: string;
}

/**
 * Removes everything of one pull request's preview: stack, database, channels, artifacts, state, and last the record, so
 * that whatever was left is found again. What is missing already is no error, and a step that fails keeps no other from
 * being tried. Can be killed anywhere and run again.
 */
export async function previewDown(workshop: Workshop, request: DownRequest): Promise<PreviewDown> {
  const startedAt = performance.now();
  const { place, sides } = workshop;
  const names = new PreviewNames(request.pr);
  const states = place.bucket(place.loaded.environment.stateBucket);
  const lease = await takeLease({
    bucket: states,
    name: names.lease,
    askedAt: request.askedAt,
    doing: "down",
    onWait: (doing) => place.note(`${names.mark}: waits for "preview ${doing}" to end`),
    stop: place.stop,
  });
  if (!lease && place.stop.aborted) throw new RunFailed("Stopped. Nothing was removed.");
  const outcomeOf = (steps: readonly Step[]): PreviewDown => ({
    pr: request.pr,
    steps,
    gone: steps.length > 0 && steps.every(({ result }) => result === "removed" || result === "nothing there"),
    seconds: (performance.now() - startedAt) / 1000,
  });
  const tell = async (steps: readonly Step[]) => {
    try {
      await sides.listener?.down?.(place, outcomeOf(steps));
    } catch (error) {
      place.note(`The pull request was not told: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  try {
    return outcomeOf(lease ? await takeDown(workshop, request, lease.inherited, tell) : []);
  } finally {
    await lease?.release().catch(() => {});
  }
}

async function takeDown(
  workshop: Workshop,
  { pr, askedAt }: DownRequest,
  inherited: boolean,
  tell: (steps: readonly Step[]) => Promise<void>,
): Promise<Step[]> {
  const { place, sides } = workshop;
  const { environment, names: shared } = place.loaded;
  const names = new PreviewNames(pr);
  const states = place.bucket(environment.stateBucket);
  const records = new PreviewRecords(states);
  const record = await records.read(pr);
  if (record && record.askedAt > askedAt)
    return [{ step: "record", result: "kept", reason: "asked for again" }];
  const changedAt = new Date().toISOString();
  if (record) await records.write({ ...record, state: "going down", askedAt, changedAt });
  if (inherited) await removeAbandonedLock(workshop, names);

  const attempt = async (step: Step["step"], work: () => Promise<boolean>): Promise<Step> => {
    try {
      return { step, result: (await work()) ? "removed" : "nothing there" };
    } catch (error) {
      const reason = maskSecrets(error instanceof Error ? error.message : String(error), workshop.secrets);
      return { step, result: "failed", reason };
    }
  };
  const channels = async () => {
    const sites = Object.keys(environment.sites).map((site) => shared.site(site));
    const removed = await Promise.all(
      sites.map((site) => sides.content?.remove(site, names.channel) ?? false),
    );
    return removed.some(Boolean);
  };
  const beside = Promise.all([
    attempt("channels", channels),
    attempt("artifacts", async () => (await removeArtifacts(place, pr)) > 0),
  ]);
  const stack = await attempt("stack", () => destroyStack(workshop, names));
  const user = await attempt("user", async () => (await sides.cluster?.close(names)) ?? false);
  // After the users are gone: they could write again.
  const database = await attempt(
    "database",
    async () => (await sides.database?.drop(names.database)) ?? false,
  );
  const steps = [stack, user, database, ...(await beside)];
  // A state that was never written knows of nothing, and its stack is gone without a trace.
  const isWhole = stack.result === "removed" && record?.state === "up" && !inherited;
  if (stack.result !== "failed" && !isWhole) {
    steps.push(await attempt("rest", () => removeRest(cloudSides(place), pr)));
  }
  steps.push(
    stack.result === "failed"
      ? { step: "state", result: "kept", reason: "it says what is left of the stack" }
      : await attempt("state", () => removeState(states, names)),
  );
  const left = steps.some(({ result }) => result === "failed" || result === "kept");
  if (left && record) {
    const problem = steps.flatMap(({ step, reason }) => (reason ? [`${step}: ${reason}`] : [])).join("\n");
    const now = new Date().toISOString();
    await records.write({ ...record, state: "going down", askedAt, problem, changedAt: now }).catch(() => {});
  }
  if (left) return [...steps, { step: "record", result: "kept", reason: "something is left" }];
  // Told before the record goes: killed in between, the next one finds the record, and tells again.
  await tell([...steps, { step: "record", result: record ? "removed" : "nothing there" }]);
  return [...steps, await attempt("record", () => records.remove(pr))];
}

/**
 * What Terraform keeps of a preview. Whoever holds the lease knows that no Terraform is at work, so a lock is one that
 * somebody left behind.
 *
 * @returns whether there was anything
 */
async function removeState(states: Bucket, names: PreviewNames): Promise<boolean> {
  const removed = [await states.remove(names.state), await states.remove(names.stateLock)];
  return removed.some(Boolean);
}

/** @returns whether there was anything */
async function destroyStack(workshop: Workshop, names: PreviewNames): Promise<boolean> {
  const { context, place } = workshop;
  const state = await readPreviewState(place.bucket(place.loaded.environment.stateBucket), names);
  if (!state || state.managed === 0) return false;
  const stack = await synthesizePreviewEnd(context.root, names.pullRequest, context.interruption);
  await applyPreview(workshop, names, stack);
  return true;
}
