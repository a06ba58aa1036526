import { previewEnd } from "../../environments/preview-rules";
import { artifactOf } from "./artifacts";
import type { PreviewRecord, PreviewUrls } from "./contract";
import { monthlyCost } from "./monthly-cost";
import type { UpRequest } from "./up";
import type { Workshop } from "./workshop";

const noUrls: PreviewUrls = { sites: {}, services: {}, gateways: {} };

/** With GitHub's word on when something last happened that gives a preview time. */
export type DatedRequest = UpRequest & { activeAt?: string };

/**
 * What is written down of a preview that begins to come up, or to change.
 *
 * The same commit again is no push: labels and retries don't make a preview live longer, unless it was over already and
 * nobody can say when the push was.
 */
export function recordFor(
  request: DatedRequest,
  previous: PreviewRecord | undefined,
  { place }: Workshop,
): PreviewRecord {
  const { pr, sha, askedAt, services } = request;
  const labels = request.labels ?? previous?.labels ?? [];
  const isSame = previous?.sha === sha && previewEnd(previous.pushedAt, labels) > askedAt;
  const pushedAt = request.activeAt ?? (isSame ? previous.pushedAt : askedAt);
  const changedServices = services.map((source) => artifactOf(place, pr, sha, source));
  return {
    version: 1,
    pr,
    sha,
    title: request.title ?? previous?.title ?? "",
    owner: request.owner ?? previous?.owner ?? "nobody",
    labels,
    pushedAt,
    expiresAt: previewEnd(pushedAt, labels),
    changedServices,
    state: "coming up",
    askedAt,
    createdAt: previous?.createdAt ?? askedAt,
    changedAt: new Date().toISOString(),
    urls: previous?.urls ?? noUrls,
    monthlyCost: monthlyCost({ changedServices, labels }),
  };
}
