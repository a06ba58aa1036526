import { PreviewNames, previewsPrefix, pullRequestOf } from "../../../environments/preview-names";
import type { Bucket } from "../../bucket/bucket";
import type { PreviewRemnant, PreviewSide } from "../contract";
import type { Side } from "./side";

/** Artifacts of previews: all of a pull request's are one remnant. */
export class ArtifactSide implements Side {
  readonly sides = ["artifact"] as const;

  /** @param bucket the preview environment's artifacts */
  constructor(private readonly bucket: Bucket) {}

  async read(): Promise<PreviewRemnant[]> {
    const found = new Map<number, PreviewRemnant>();
    for await (const { name, createdAt } of this.bucket.list(previewsPrefix)) {
      const pr = pullRequestOf(name);
      if (pr === undefined || found.has(pr)) continue;
      found.set(pr, { side: "artifact", name: new PreviewNames(pr).artifactPrefix, pr, createdAt });
    }
    return [...found.values()];
  }

  async remove({ pr }: PreviewRemnant): Promise<boolean> {
    return removeAll(this.bucket, new PreviewNames(pr).artifactPrefix);
  }
}

/** What lies in the state bucket: state, record and lease, which only `preview down` removes in their order. */
export class StateBucketSide implements Side {
  readonly sides = ["state", "record", "lease"] as const;

  /** @param bucket the preview environment's states */
  constructor(private readonly bucket: Bucket) {}

  async read(): Promise<PreviewRemnant[]> {
    const found: PreviewRemnant[] = [];
    for await (const { name, createdAt } of this.bucket.list(previewsPrefix)) {
      const pr = pullRequestOf(name);
      if (pr !== undefined) found.push({ side: sideOf(name, new PreviewNames(pr)), name, pr, createdAt });
    }
    return found;
  }

  remove({ name }: PreviewRemnant): Promise<boolean> {
    return this.bucket.remove(name);
  }
}

/** Terraform's lock counts as a lease: somebody works there, or did when it was killed. */
function sideOf(name: string, { record, state }: PreviewNames): PreviewSide {
  return name === record ? "record" : name === state ? "state" : "lease";
}

async function removeAll(bucket: Bucket, prefix: string): Promise<boolean> {
  let some = false;
  for await (const { name } of bucket.list(prefix)) some = (await bucket.remove(name)) || some;
  return some;
}
