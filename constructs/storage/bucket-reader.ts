import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { google } from "../provider/providers";
import type { BucketLike } from "./bucket";

/** Props of `BucketReader`. */
export interface BucketReaderProps {
  /** A bucket that another stack makes: `{ bucketName: "shop-dev-config" }`. */
  readonly bucket: BucketLike;
  readonly principal: Principal;
}

/** Lets a principal read every object of a bucket that another stack makes. Of one made here, `bucket.grantRead` does. */
export class BucketReader extends Construct {
  constructor(scope: Construct, id: string, { bucket, principal }: BucketReaderProps) {
    super(scope, id);
    google(this);
    new StorageBucketIamMember(this, "read", {
      bucket: bucket.bucketName,
      role: "roles/storage.objectViewer",
      member: principal.member,
    });
  }
}
