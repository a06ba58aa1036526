import { previewOptions } from "../../environments/preview-rules";
import type { PreviewRequest } from "./contract";

/**
 * List prices in US dollars, without free quotas.
 *
 * @see https://cloud.google.com/appengine/pricing
 * @see https://www.mongodb.com/docs/atlas/billing/atlas-flex-costs/
 * @see https://cloud.google.com/secret-manager/pricing
 */
const prices = { f1Hour: 0.05, flexMonth: 8, secretMonth: 0.06 } as const;
/** Somebody looks at a preview an hour on each working day. */
const hoursAMonth = 22;

/**
 * What a preview costs a month if it lived so long, in US dollars. The shared cluster and connector are not in it: they
 * cost the same without it. A gateway costs by call, which a preview has too few of.
 */
export function monthlyCost({
  changedServices,
  labels,
}: Pick<PreviewRequest, "changedServices" | "labels">): number {
  const { ownService, ownCluster, ownSecret } = previewOptions(labels);
  const versions = changedServices.length * (ownService ? 2 : 1);
  const dollars =
    versions * prices.f1Hour * hoursAMonth +
    (ownCluster ? prices.flexMonth : 0) +
    (ownSecret ? prices.secretMonth : 0);
  return Number(dollars.toFixed(2));
}
