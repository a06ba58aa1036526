import type { LoggingProjectSinkConfig } from "@cdktf/provider-google/lib/logging-project-sink";
import type { StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type Duration, inDays } from "../../units";
import { LogSink } from "./log-sink";

/** Props of `AuditArchive`. */
export interface AuditArchiveProps
  extends Transformable<{ bucket: StorageBucketConfig; sink: LoggingProjectSinkConfig }> {
  /** Name of the bucket, unique in the world, 3 to 63 characters. */
  readonly bucket: string;
  /** Region, multi-region or dual region: `EU`, `EUR4`. Can't change. */
  readonly location: string;
  /**
   * How long each entry is kept, and can't be deleted by anybody meanwhile; at least 400 days, `"7 years"` where the
   * books must be kept. Bounded by the bucket's retention policy, which isn't locked.
   */
  readonly keep: Duration;
  /**
   * Which entries. `audit`: who did what in Google Cloud (activity, data access, policy denials). `all`: every log entry
   * of the project.
   *
   * @default "audit"
   */
  readonly entries?: "audit" | "all";
}

/**
 * Log entries in a bucket that nobody can alter: retention, no public access, the sink's own identity may add and
 * nothing else. Entries move to cheaper storage after a month and a year.
 *
 * @throws UserError when the bucket's name is none or the retention is shorter than 400 days
 * @see https://cloud.google.com/logging/docs/audit
 */
export class AuditArchive extends Construct {
  constructor(scope: Construct, id: string, props: AuditArchiveProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const bucket = this.createBucket(props);
    this.letWrite(bucket, this.createSink(props, bucket));
  }

  private validate({ bucket, keep }: AuditArchiveProps): void {
    refuse(this, `audit archive ${bucket}`, [
      checkName(
        bucket,
        /^(?!goog)[a-z0-9][a-z0-9-_]{1,61}[a-z0-9]$/,
        "bucket",
        "3 to 63 lowercase letters, digits, - and _",
      ),
      check(inDays(keep) >= 400, "keep", keep, "at least 400 days"),
    ]);
  }

  private createBucket({ bucket, location, keep, transform }: AuditArchiveProps): StorageBucket {
    const move = (storageClass: string, age: number) => ({
      action: { type: "SetStorageClass", storageClass },
      condition: { age, withState: "ANY" },
    });
    return new StorageBucket(
      this,
      "bucket",
      transformed<StorageBucketConfig>(
        {
          name: bucket,
          location,
          forceDestroy: false,
          publicAccessPrevention: "enforced",
          uniformBucketLevelAccess: true,
          retentionPolicy: { retentionPeriod: Math.ceil(inDays(keep)) * 86_400, isLocked: false },
          lifecycleRule: [
            move("NEARLINE", 30),
            move("ARCHIVE", 365),
            { action: { type: "Delete" }, condition: { age: Math.ceil(inDays(keep)) + 1, withState: "ANY" } },
          ],
        },
        transform?.bucket,
      ),
    );
  }

  private createSink({ entries = "audit", transform }: AuditArchiveProps, bucket: StorageBucket): LogSink {
    return new LogSink(this, "sink", {
      name: `${entries}-archive`,
      to: { destination: `storage.googleapis.com/${bucket.name}` },
      filter:
        entries === "all"
          ? "all"
          : 'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/access_transparency")',
      purpose: "Keeps log entries where nobody can alter them.",
      ...(transform?.sink ? { transform: { sink: transform.sink } } : {}),
    });
  }

  private letWrite(bucket: StorageBucket, sink: LogSink): void {
    new StorageBucketIamMember(this, "writer", {
      bucket: bucket.name,
      role: "roles/storage.objectCreator",
      member: sink.writer.member,
    });
  }
}
