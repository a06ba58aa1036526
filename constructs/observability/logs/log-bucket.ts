import {
  LoggingProjectBucketConfig,
  type LoggingProjectBucketConfigConfig,
} from "@cdktf/provider-google/lib/logging-project-bucket-config";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../../problems";
import { cloudOf, google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type Duration, inDays } from "../../units";

/** Where a sink may send log entries: a log bucket or a Cloud Storage bucket, made here or elsewhere. */
export interface LogDestination {
  /** `logging.googleapis.com/projects/…` or `storage.googleapis.com/<bucket>`. */
  readonly destination: string;
}

/** Props of `LogBucket`. */
export interface LogBucketProps extends Transformable<{ bucket: LoggingProjectBucketConfigConfig }> {
  /**
   * Id, at most 100 letters, digits, hyphens, underscores and dots; or `_Default`, the one that every project has:
   * then only its settings change, and destroying leaves it. Can't change.
   */
  readonly name: string;
  /** Region, `eu`, `us` or `global`. `_Default` is in `global` unless the organisation says otherwise. Can't change. */
  readonly location: string;
  /** How long entries are kept, 1 day to 10 years: 14 days for dev, 30 for staging, 90 for production. */
  readonly keep: Duration;
  /** What is in it, one line. */
  readonly purpose: string;
  /** SQL on the logs. Can't be switched off again. @default false */
  readonly analytics?: boolean;
  /** Neither the bucket nor its retention can be changed any more, for ever. @default false */
  readonly locked?: boolean;
}

/**
 * A log bucket with a retention. A deleted one stays for seven days, and its id can't be used again meanwhile.
 *
 * @throws UserError when the id is none, or the retention is not 1 to 3650 days
 * @see https://cloud.google.com/logging/docs/buckets
 */
export class LogBucket extends Construct implements LogDestination {
  readonly destination: string;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.destination = `logging.googleapis.com/${this.createBucket(props).id}`;
  }

  private validate({ name, keep, location }: LogBucketProps): void {
    refuse(this, `log bucket ${name}`, [
      checkName(
        name,
        /^(_Default|[a-zA-Z0-9][\w.-]{0,99})$/,
        "name",
        "1 to 100 letters, digits, hyphens, underscores and dots, or _Default",
      ),
      checkName(location, /^[a-z]+(-[a-z]+\d+)?$/, "location", "a region, eu, us or global"),
      check(
        Number.isInteger(inDays(keep)) && inDays(keep) >= 1 && inDays(keep) <= 3660,
        "keep",
        keep,
        "1 day to 10 years",
      ),
    ]);
  }

  private createBucket(props: LogBucketProps): LoggingProjectBucketConfig {
    const { name, location, keep, purpose, analytics = false, locked = false, transform } = props;
    return new LoggingProjectBucketConfig(
      this,
      "bucket",
      transformed<LoggingProjectBucketConfigConfig>(
        {
          project: cloudOf(this).project,
          bucketId: name,
          location,
          retentionDays: Math.min(inDays(keep), 3650),
          description: purpose,
          ...(analytics ? { enableAnalytics: true } : {}),
          ...(locked ? { locked: true } : {}),
        },
        transform?.bucket,
      ),
    );
  }
}
