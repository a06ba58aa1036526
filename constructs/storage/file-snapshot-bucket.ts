import type { Construct } from "constructs";
import { Bucket, type BucketProps } from "./bucket";

/** Props of `FileSnapshotBucket`. */
export type FileSnapshotBucketProps = Pick<
  BucketProps,
  "name" | "location" | "key" | "protected" | "transform"
>;

/**
 * The bucket with snapshots of files: each can neither be deleted nor replaced for 14 days, and is gone after them.
 *
 * @throws UserError when the name or the location is none
 */
export class FileSnapshotBucket extends Bucket {
  constructor(scope: Construct, id: string, props: FileSnapshotBucketProps) {
    super(scope, id, { ...props, retention: { period: "14 days" }, deleteAfter: "14 days" });
  }
}
