import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import {
  CloudBackupSnapshotExportBucket,
  type CloudBackupSnapshotExportBucketConfig,
} from "@cdktf/provider-mongodbatlas/lib/cloud-backup-snapshot-export-bucket";
import { Construct } from "constructs";
import { atlas, google } from "../provider/providers";
import type { BucketLike } from "../storage/bucket";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import type { SnapshotBucketLike } from "./backup-schedule";
import type { CloudAccessLike } from "./cloud-access";

/** What Atlas checks and does in the bucket: see that it is there, and put files into it. */
const roles = { look: "roles/storage.legacyBucketReader", put: "roles/storage.objectUser" } as const;

/** Props of `SnapshotBucket`. */
export interface SnapshotBucketProps
  extends Transformable<{ bucket: CloudBackupSnapshotExportBucketConfig }> {
  readonly project: AtlasProjectLike;
  /** The bucket, which may live anywhere; best in two regions and with a retention. */
  readonly bucket: BucketLike;
  /** The account that Atlas writes as. */
  readonly access: CloudAccessLike;
}

/**
 * A bucket that Atlas may export snapshots to, and the rights to do so. To remove it, first apply the schedule without
 * its export: Atlas refuses to forget a bucket that a schedule uses.
 *
 * @see https://www.mongodb.com/docs/atlas/backup/cloud-backup/export/google-cloud-storage/
 */
export class SnapshotBucket extends Construct implements SnapshotBucketLike {
  readonly exportBucketId: string;

  constructor(scope: Construct, id: string, props: SnapshotBucketProps) {
    super(scope, id);
    atlas(this);
    google(this);
    const grants = this.grantAccess(props);
    this.exportBucketId = this.createBucket(props, grants).exportBucketId;
  }

  private grantAccess({ bucket, access }: SnapshotBucketProps): StorageBucketIamMember[] {
    return Object.entries(roles).map(
      ([purpose, role]) =>
        new StorageBucketIamMember(this, purpose, {
          bucket: bucket.bucketName,
          role,
          member: access.member,
        }),
    );
  }

  private createBucket(
    { project, bucket, access, transform }: SnapshotBucketProps,
    grants: StorageBucketIamMember[],
  ): CloudBackupSnapshotExportBucket {
    return new CloudBackupSnapshotExportBucket(
      this,
      "bucket",
      transformed<CloudBackupSnapshotExportBucketConfig>(
        {
          projectId: project.projectId,
          cloudProvider: "GCP",
          bucketName: bucket.bucketName,
          roleId: access.roleId,
          // Atlas tries the bucket when it is told of it.
          dependsOn: grants,
        },
        transform?.bucket,
      ),
    );
  }
}
