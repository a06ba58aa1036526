import { isUserError } from "@groundwork/user-error";
import { previewServiceUrls } from "../../environments/preview-addresses";
import { PreviewNames, shortSha } from "../../environments/preview-names";
import { previewLabels } from "../../environments/preview-rules";
import { maskSecrets } from "../plan/secrets";
import { RunFailed } from "../run-failed";
import { admitPreview } from "./admit";
import { applyPreview, removeAbandonedLock } from "./apply-preview";
import { removeArtifacts, type ServiceSource, uploadArtifacts } from "./artifacts";
import { deployContent } from "./content-of-preview";
import type { PreviewListener, PreviewPlace, PreviewRecord, PreviewUp, PreviewUrls } from "./contract";
import { waitForHealth } from "./health";
import { type Lease, takeLease } from "./lease";
import { refuseMistakes } from "./mistakes";
import { requestOnly, synthesizePreviewStack } from "./preview-stack";
import type { PreviewWish } from "./pull-requests/read-pull-requests";
import { type DatedRequest, recordFor } from "./record-for";
import { PreviewRecords } from "./records";
import { cloudSides } from "./remnants/cloud-sides";
import { removeFormer } from "./remnants/remove-former";
import { removeRest } from "./remnants/remove-rest";
import { readPreviewState } from "./state-of-preview";
import type { Workshop } from "./workshop";

/** What is asked for. What is left out stays as it was, or is empty in a new preview. */
export interface UpRequest {
  pr: number;
  /** 7 to 40 lowercase hexadecimal digits. */
  sha: string;
  title?: string | undefined;
  owner?: string | undefined;
  labels?: readonly string[] | undefined;
  /** ISO 8601; the moment of the event that asks for it. The newest wins, whenever it gets its turn. */
  askedAt: string;
  services: readonly ServiceSource[];
  /** By site: absolute path of the folder with the built site. */
  sites: Readonly<Record<string, string>>;
  /** Absolute path of the folder with the database's fixtures. @default - the database stays empty */
  fixtures?: string | undefined;
}

/**
 * Brings one pull request's preview up, or to another commit: stack, content, data, health. Can be killed anywhere and run
 * again.
 *
 * @throws UserError for a mistake in what is asked for, which is told like an outcome; what fails otherwise is in the outcome
 */
export async function previewUp(workshop: Workshop, request: UpRequest): Promise<PreviewUp> {
  const startedAt = performance.now();
  const { unwanted, activeAt } = await readWish(workshop, request);
  if (unwanted !== undefined) {
    const record = recordFor({ ...request, labels: [] }, undefined, workshop);
    return { record, result: "unwanted", answer: unwanted, seconds: (performance.now() - startedAt) / 1000 };
  }
  await refuse(workshop, request);
  const outcome = await inTurn(workshop, activeAt === undefined ? request : { ...request, activeAt });
  const whole = { ...outcome, seconds: (performance.now() - startedAt) / 1000 };
  await tell(workshop, ({ listener, place }) => listener?.up?.(place, whole));
  return whole;
}

/** Where GitHub doesn't answer, the preview comes up: a sweep removes it if it shouldn't have. */
async function readWish({ place, sides }: Workshop, { pr, askedAt }: UpRequest): Promise<PreviewWish> {
  // An old workflow that is run again tells of the event that it was about.
  const now = new Date().toISOString();
  try {
    return (await sides.readWish?.(pr, askedAt > now ? askedAt : now)) ?? {};
  } catch (error) {
    place.note(`GitHub was not asked: ${error instanceof Error ? error.message : String(error)}`);
    return {};
  }
}

/** Before anything is written: a mistake is the pull request's own, so its author hears of it there. */
async function refuse(workshop: Workshop, request: UpRequest): Promise<void> {
  const { pr, sha, sites, fixtures } = request;
  try {
    const record = recordFor(request, undefined, workshop);
    await refuseMistakes({ request: requestOnly(record), sites, fixtures });
  } catch (error) {
    if (!isUserError(error)) throw error;
    const answer = maskSecrets(error.message, workshop.secrets);
    await tell(workshop, ({ listener, place }) => listener?.mistaken?.(place, { pr, sha, answer }));
    throw error;
  }
}

type Outcome = Omit<PreviewUp, "seconds">;

/** One at a time for each pull request; what came too late gives way. */
async function inTurn(workshop: Workshop, request: DatedRequest): Promise<Outcome> {
  const { place } = workshop;
  const names = new PreviewNames(request.pr);
  const states = place.bucket(place.loaded.environment.stateBucket);
  const records = new PreviewRecords(states);
  const lease = await takeLease({
    bucket: states,
    name: names.lease,
    askedAt: request.askedAt,
    doing: `up ${shortSha(request.sha)}`,
    onWait: (doing) => place.note(`${names.mark}: waits for "preview ${doing}" to end`),
    stop: place.stop,
  });
  if (!lease && place.stop.aborted) throw new RunFailed("Stopped. Nothing was changed.");
  try {
    const previous = await records.read(request.pr);
    if (!lease || (previous && previous.askedAt > request.askedAt)) {
      return { record: previous ?? recordFor(request, undefined, workshop), result: "superseded" };
    }
    if (lease.inherited) await removeAbandonedLock(workshop, names);
    return await admitted(workshop, request, previous, records, lease);
  } finally {
    await lease?.release().catch(() => {});
  }
}

async function admitted(
  workshop: Workshop,
  request: DatedRequest,
  previous: PreviewRecord | undefined,
  records: PreviewRecords,
  lease: Lease,
): Promise<Outcome> {
  const { place } = workshop;
  const record = recordFor(request, previous, workshop);
  await records.write(record);
  try {
    const admission = admitPreview(record, await records.list(), releasedVersions(workshop));
    if (!admission.admitted) {
      if (previous) await records.write(previous);
      else await records.remove(record.pr);
      return { record, result: "refused", answer: admission.answer };
    }
    const urls = await bringUp(workshop, request, record, lease);
    if (urls && previous && isAloneAgain(previous, record)) {
      await workshop.sides.cluster?.close(new PreviewNames(record.pr));
    }
    if (!urls) return { record, result: "superseded" };
    const up: PreviewRecord = { ...record, state: "up", urls, changedAt: new Date().toISOString() };
    await records.write(up);
    await removeArtifacts(place, request.pr, request.sha);
    return { record: up, result: "up" };
  } catch (error) {
    const problem = maskSecrets(error instanceof Error ? error.message : String(error), workshop.secrets);
    const failed: PreviewRecord = {
      ...record,
      state: "failed",
      problem,
      changedAt: new Date().toISOString(),
    };
    await records.write(failed).catch(() => {});
    if (error instanceof RunFailed) return { record: failed, result: "failed", answer: problem };
    throw error;
  }
}

/** @returns undefined when something newer was asked for meanwhile */
async function bringUp(
  workshop: Workshop,
  request: UpRequest,
  record: PreviewRecord,
  lease: Lease,
): Promise<PreviewUrls | undefined> {
  const { context, place, sides } = workshop;
  const { loaded } = place;
  const names = new PreviewNames(request.pr);
  await uploadArtifacts(place, request.pr, request.sha, request.services);
  const { stack, hosting } = await synthesizePreviewStack(context.root, record, context.interruption);
  const isApplied = await healed(workshop, names, () =>
    applyPreview(workshop, names, stack, () => lease.check()),
  );
  if (!isApplied) return undefined;
  await removeFormer(cloudSides(place), record);
  const state = await readPreviewState(place.bucket(loaded.environment.stateBucket), names);
  const gateways = gatewayUrls(Object.keys(loaded.environment.apis), state?.outputs ?? {});
  if (await lease.check()) return undefined;

  const [sites] = await Promise.all([
    deployContent(place, sides.content, { record, folders: request.sites, hosting, gateways }),
    seedDatabases(workshop, names, request.fixtures, state?.outputs.cluster),
  ]);
  const urls: PreviewUrls = { sites, services: previewServiceUrls(loaded, record), gateways };
  await refuseUnlessHealthy(workshop, urls);
  return (await lease.check()) ? undefined : urls;
}

/** What a killed command made, and nobody wrote down, exists already for every `up` that follows: it is made anew. */
async function healed(
  { place }: Workshop,
  { pullRequest, mark }: PreviewNames,
  apply: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await apply();
  } catch (error) {
    if (!(error instanceof RunFailed) || !alreadyThere.test(error.message)) throw error;
    place.note(`${mark}: something of it exists that its state doesn't know of; all of it is made anew`);
    // Without the artifacts: the versions are made of them.
    await removeRest(
      cloudSides(place).filter(({ sides }) => !sides.some((side) => side === "artifact")),
      pullRequest,
    );
    return apply();
  }
}

/** As Google and Atlas say it: `Service account preview-pr-12 already exists`, `USER_ALREADY_EXISTS`, `DUPLICATE_CLUSTER_NAME`. */
const alreadyThere = /already[ _]exists|duplicate/i;

/** The shared cluster's, and that of the preview's own cluster, whose user is made first: its services need it in any case. */
async function seedDatabases(
  { sides }: Workshop,
  names: PreviewNames,
  fixtures: string | undefined,
  cluster: string | undefined,
): Promise<void> {
  const own = cluster === undefined ? undefined : await sides.cluster?.open(names, cluster);
  if (fixtures === undefined) return;
  await Promise.all([
    sides.database?.seed(names.database, fixtures),
    ...(own === undefined ? [] : [sides.database?.seed(names.database, fixtures, own)]),
  ]);
}

/** Whether a label for a cluster of its own was taken away: Terraform removes the cluster, but doesn't know of its user. */
function isAloneAgain(before: PreviewRecord, now: PreviewRecord): boolean {
  const { ownCluster } = previewLabels;
  return before.labels.includes(ownCluster) && !now.labels.includes(ownCluster);
}

/** In the sandbox no service runs, so only sites can be asked. */
async function refuseUnlessHealthy({ place }: Workshop, { sites, services }: PreviewUrls): Promise<void> {
  const addresses = [...Object.values(sites), ...(place.target === "cloud" ? Object.values(services) : [])];
  const failures = await waitForHealth(addresses, { stop: place.stop });
  if (failures.length > 0) {
    throw new RunFailed(["The preview is there, but doesn't answer:", ...failures].join("\n  "));
  }
}

function gatewayUrls(
  apis: readonly string[],
  outputs: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    apis.flatMap((api) => {
      const host = outputs[`gateway_${api}`];
      return host === undefined ? [] : [[api, `https://${host}`]];
    }),
  );
}

function releasedVersions({ place }: Workshop): number {
  const services = Object.values(place.loaded.release.services);
  return services.reduce((sum, { versions }) => sum + versions.length, 0);
}

/** Whoever is told can fail: the preview stands all the same. */
async function tell(
  { place, sides }: Workshop,
  telling: (to: { place: PreviewPlace; listener: PreviewListener | undefined }) => Promise<void> | undefined,
): Promise<void> {
  try {
    await telling({ place, listener: sides.listener });
  } catch (error) {
    place.note(`The pull request was not told: ${error instanceof Error ? error.message : String(error)}`);
  }
}
