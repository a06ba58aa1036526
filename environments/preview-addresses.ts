import type { LoadedEnvironment } from "./load";
import { PreviewNames } from "./preview-names";
import type { PreviewRequest } from "./preview-request";
import { previewOptions } from "./preview-rules";

/**
 * Where each of a preview's services answers, by service: known before anything is made.
 *
 * @returns `https://pr-12-3f9a1c2-dot-orders-dot-shop-preview.ew.r.appspot.com`, or `https://pr-12-orders-dot-…` for a
 * service of its own
 */
export function previewServiceUrls(
  { names, environment }: LoadedEnvironment,
  { pr, sha, labels, changedServices }: PreviewRequest,
): Record<string, string> {
  const own = new PreviewNames(pr);
  const { ownService, ownCluster } = previewOptions(labels);
  return Object.fromEntries(
    changedServices.map(({ name }) => [
      name,
      ownService
        ? `https://${names.serviceHost(own.ownService(name))}`
        : `https://${names.versionHostLabel(own.version(sha, ownCluster), name)}.${environment.appEngine.regionCode}.r.appspot.com`,
    ]),
  );
}
