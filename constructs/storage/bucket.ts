import { StorageBucket, type StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, inDays } from "../units";

/** A bucket, made here or elsewhere. */
export interface BucketLike {
  readonly bucketName: string;
}

/** Props of `Bucket`. */
export interface BucketProps extends Transformable<{ bucket: StorageBucketConfig }> {
  /** Unique in the world, 3 to 63 characters. @see https://cloud.google.com/storage/docs/buckets#naming */
  readonly name: string;
  /** Region or multi-region: `EU`, `europe-west1`. Can't change. */
  readonly location: string;
  /**
   * How long an overwritten or deleted object can still be brought back, at least a day.
   *
   * @default "30 days"
   */
  readonly keepReplaced?: Duration;
}

/**
 * A bucket that nothing reaches by accident: no public access, access by IAM alone, every overwritten object kept for a
 * while, and Terraform refuses to delete it with content.
 *
 * @throws UserError when the name is none, or `keepReplaced` is shorter than a day
 */
export class Bucket extends Construct implements BucketLike {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const keepReplaced = props.keepReplaced ?? "30 days";
    this.validate(props, keepReplaced);
    google(this);
    this.bucketName = this.createBucket(props, keepReplaced).name;
  }

  /** Lets a principal read every object. */
  grantRead(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/storage.objectViewer");
  }

  /** Lets a principal add objects; it can neither read nor replace them. */
  grantAdd(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/storage.objectCreator");
  }

  /**
   * An object with a text that code knows. Never a secret: the state holds it.
   *
   * @returns the object's name in the bucket
   */
  addText(
    id: string,
    object: { readonly name: string; readonly content: string; readonly type: string },
  ): string {
    return new StorageBucketObject(this, id, {
      bucket: this.bucketName,
      name: object.name,
      content: object.content,
      contentType: object.type,
    }).name;
  }

  private validate({ name }: BucketProps, keepReplaced: Duration): void {
    refuse(this, `bucket ${name}`, [
      checkName(
        name,
        /^(?!goog)[a-z0-9][a-z0-9-_]{1,61}[a-z0-9]$/,
        "name",
        "3 to 63 lowercase letters, digits, - and _",
      ),
      check(inDays(keepReplaced) >= 1, "keepReplaced", keepReplaced, "at least 1 day"),
    ]);
  }

  private createBucket({ name, location, transform }: BucketProps, keepReplaced: Duration): StorageBucket {
    return new StorageBucket(
      this,
      "bucket",
      transformed<StorageBucketConfig>(
        {
          name,
          location,
          forceDestroy: false,
          publicAccessPrevention: "enforced",
          uniformBucketLevelAccess: true,
          versioning: { enabled: true },
          lifecycleRule: [
            {
              action: { type: "Delete" },
              condition: { daysSinceNoncurrentTime: Math.ceil(inDays(keepReplaced)), withState: "ARCHIVED" },
            },
          ],
        },
        transform?.bucket,
      ),
    );
  }

  private grant(id: string, principal: Principal, role: string): void {
    new StorageBucketIamMember(this, id, { bucket: this.bucketName, role, member: principal.member });
  }
}
