import type { Construct } from "constructs";
import type { Duration } from "../units";
import { Bucket, type BucketProps } from "./bucket";

/** Props of `LogArchiveBucket`. */
export interface LogArchiveBucketProps
  extends Pick<BucketProps, "name" | "location" | "key" | "protected" | "transform"> {
  /** How long a log can neither be deleted nor changed; then it is deleted. @default "7 years" */
  readonly keep?: Duration;
  /** Nobody can ever shorten it. Can't be undone. @default false */
  readonly locked?: boolean;
}

/**
 * The bucket that a log sink writes audit logs to. Give the sink's writer identity `grantAdd`: it needs no more.
 *
 * @throws UserError when the name or the location is none
 */
export class LogArchiveBucket extends Bucket {
  constructor(scope: Construct, id: string, { keep = "7 years", locked, ...props }: LogArchiveBucketProps) {
    super(scope, id, {
      ...props,
      retention: { period: keep, ...(locked !== undefined && { locked }) },
      deleteAfter: keep,
      cool: [
        { after: "30 days", to: "NEARLINE" },
        { after: "90 days", to: "COLDLINE" },
      ],
    });
  }
}
