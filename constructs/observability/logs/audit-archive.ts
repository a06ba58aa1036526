import type { LoggingProjectSinkConfig } from "@cdktf/provider-google/lib/logging-project-sink";
import type { StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { LogArchiveBucket, type LogArchiveBucketProps } from "../../storage/log-archive-bucket";
import type { Transformable } from "../../transform";
import { type Duration, inDays } from "../../units";
import { LogSink } from "./log-sink";

/** Props of `AuditArchive`. */
export interface AuditArchiveProps
  extends Pick<LogArchiveBucketProps, "location" | "key" | "locked" | "protected">,
    Transformable<{ bucket: StorageBucketConfig; sink: LoggingProjectSinkConfig }> {
  /** Name of the bucket, unique in the world, 3 to 63 characters. */
  readonly bucket: string;
  /**
   * How long each entry is kept, and can't be deleted by anybody meanwhile; at least 400 days, as long as Google keeps
   * its own copy.
   *
   * @default "7 years"
   */
  readonly keep?: Duration;
  /**
   * Which entries. `audit`: who did what in Google Cloud (activity, data access, system events, denials). `all`: every
   * log entry of the project.
   *
   * @default "audit"
   */
  readonly entries?: "audit" | "all";
}

/** The audit logs, by their ids. @see https://cloud.google.com/logging/docs/audit#types */
const auditLogs = ["activity", "data_access", "system_event", "policy", "access_transparency"];

/**
 * Log entries in a bucket that nobody can alter: under retention, not public, and the sink's own identity may add and
 * nothing else.
 *
 * @throws UserError when the bucket's name or location is none, or the retention is shorter than 400 days
 */
export class AuditArchive extends Construct {
  constructor(scope: Construct, id: string, props: AuditArchiveProps) {
    super(scope, id);
    const keep = props.keep ?? "7 years";
    refuse(this, `audit archive ${props.bucket}`, [
      check(inDays(keep) >= 400, "keep", keep, "at least 400 days"),
    ]);
    const bucket = this.createBucket(props, keep);
    bucket.grantAdd("writer", this.createSink(props, bucket).writer);
  }

  private createBucket(props: AuditArchiveProps, keep: Duration): LogArchiveBucket {
    const { bucket: name, transform, entries: _entries, ...rest } = props;
    return new LogArchiveBucket(this, "archive", {
      ...rest,
      name,
      keep,
      ...(transform?.bucket ? { transform: { bucket: transform.bucket } } : {}),
    });
  }

  private createSink({ entries = "audit", transform }: AuditArchiveProps, bucket: LogArchiveBucket): LogSink {
    return new LogSink(this, "sink", {
      name: `${entries}-archive`,
      to: { destination: `storage.googleapis.com/${bucket.bucketName}` },
      filter:
        entries === "all"
          ? "all"
          : auditLogs.map((log) => `log_id("cloudaudit.googleapis.com/${log}")`).join(" OR "),
      purpose: "Keeps log entries where nobody can alter them.",
      ...(transform?.sink ? { transform: { sink: transform.sink } } : {}),
    });
  }
}
