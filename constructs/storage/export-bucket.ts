import type { Construct } from "constructs";
import { type Duration, inDays } from "../units";
import { Bucket, type BucketProps } from "./bucket";
import type { Cooling } from "./lifecycle";

/** Props of `ExportBucket`. */
export interface ExportBucketProps
  extends Pick<BucketProps, "name" | "location" | "key" | "protected" | "transform"> {
  /** How long an exported snapshot can neither be deleted nor replaced; then it is deleted. @default "7 years" */
  readonly keep?: Duration;
  /** Nobody can ever shorten it. Can't be undone. @default false */
  readonly locked?: boolean;
}

/**
 * The bucket with exported database snapshots: the copy that survives the loss of the database's own provider. Nothing
 * in it can be deleted or replaced before its time; it gets cheaper to keep with age.
 *
 * @throws UserError when the name or the location is none, or `keep` is shorter than 30 days
 */
export class ExportBucket extends Bucket {
  constructor(scope: Construct, id: string, { keep = "7 years", locked, ...props }: ExportBucketProps) {
    super(scope, id, {
      ...props,
      retention: { period: keep, ...(locked !== undefined && { locked }) },
      deleteAfter: keep,
      cool: coolingWithin(keep),
    });
  }
}

/** Colder storage only where an object stays for as long as that class bills at least. */
function coolingWithin(keep: Duration): readonly Cooling[] {
  return inDays(keep) < 2 * 366
    ? []
    : [
        { after: "30 days", to: "COLDLINE" },
        { after: "1 year", to: "ARCHIVE" },
      ];
}
