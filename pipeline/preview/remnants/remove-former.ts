import { PreviewNames } from "../../../environments/preview-names";
import { previewLabels } from "../../../environments/preview-rules";
import type { PreviewRecord, PreviewRemnant } from "../contract";
import type { Side } from "./side";

/**
 * Removes versions and services that an earlier push made and that Terraform doesn't know of, because it was killed before
 * it could write them down. Of a preview that lives no sweep would: to it all of them look alive.
 *
 * @param sides those of App Engine among them
 * @throws what a side throws that can't be read or removes nothing
 */
export async function removeFormer(sides: readonly Side[], record: PreviewRecord): Promise<void> {
  const known = sides.filter((side) => side.sides.some((one) => one === "version"));
  await Promise.all(
    known.map(async (side) => {
      for (const remnant of await side.read()) if (isFormer(remnant, record)) await side.remove(remnant);
    }),
  );
}

function isFormer({ side, pr, name }: PreviewRemnant, record: PreviewRecord): boolean {
  if (pr !== record.pr) return false;
  const { ownCluster, ownService } = previewLabels;
  if (side === "service") return !record.labels.includes(ownService);
  const current = new PreviewNames(pr).version(record.sha, record.labels.includes(ownCluster));
  return side === "version" && name !== current;
}
