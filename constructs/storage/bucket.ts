import { StorageBucket, type StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import {
  StorageBucketIamMember,
  type StorageBucketIamMemberCondition,
} from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { KeyLike } from "../encryption/key-name";
import type { Principal } from "../identity/principal";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, inDays, inSeconds } from "../units";
import { refuseBucket } from "./bucket-problems";
import { type Cooling, lifecycleRules } from "./lifecycle";
import { type BucketLocation, placement } from "./location";

/** A bucket, made here or elsewhere. */
export interface BucketLike {
  readonly bucketName: string;
}

/** How long nothing in a bucket can be deleted or replaced. */
export interface Retention {
  /** Counted from an object's creation, 1 second to 100 years. */
  readonly period: Duration;
  /**
   * Nobody, the organisation's owners included, can ever shorten or lift it, nor delete the bucket before its last
   * object is old enough. Can't be undone.
   *
   * @default false
   */
  readonly locked?: boolean;
}

/** Props of `Bucket`. */
export interface BucketProps extends Transformable<{ bucket: StorageBucketConfig }> {
  /** Unique in the world, 3 to 63 characters. @see https://cloud.google.com/storage/docs/buckets#naming */
  readonly name: string;
  /** Region, multi-region or two regions: `europe-west1`, `EU`, `{ regions: ["europe-west1", "europe-west4"] }`. Can't change. */
  readonly location: BucketLocation;
  /**
   * How long an overwritten or deleted object is kept as an old version, at least a day. Not with `retention`, under
   * which nothing is overwritten or deleted (Google refuses both at once).
   *
   * @default "30 days"
   */
  readonly keepReplaced?: Duration;
  /** Old versions that are kept whatever their age. @default - none */
  readonly keepVersions?: number;
  /** How long nothing can be deleted or replaced. @default - everything can, and old versions are kept */
  readonly retention?: Retention;
  /** Age at which objects are deleted, in whole days; no shorter than the retention. @default - never */
  readonly deleteAfter?: Duration;
  /** Cheaper storage for older objects, each colder than the one before. @default - none */
  readonly cool?: readonly Cooling[];
  /** How long Google keeps what was deleted for good, 7 to 90 days, or `none`. @default "7 days" */
  readonly softDelete?: Duration | "none";
  /** Key that encrypts new objects, in the bucket's own location (`keyLocationFor`). @default - Google's own keys */
  readonly key?: KeyLike;
  /** Terraform refuses to destroy the bucket. @default true */
  readonly protected?: boolean;
}

/**
 * A bucket that nothing reaches by accident: no public access, access by IAM alone, every overwritten object kept for a
 * while, and neither Terraform nor Google deletes it with content.
 *
 * @throws UserError when the name or the location is none, or spans of time don't fit
 */
export class Bucket extends Construct implements BucketLike {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    refuseBucket(this, props);
    google(this);
    this.bucketName = this.createBucket(props).name;
  }

  /** Lets a principal read every object. */
  grantRead(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/storage.objectViewer");
  }

  /** Lets a principal add objects; it can neither read nor replace them. */
  grantAdd(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/storage.objectCreator");
  }

  /** Lets a principal say who may read objects; the smallest role that can also changes the bucket and what is in it. */
  grantAdminister(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/storage.admin");
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

  /** Gives a role in this bucket, or, with a condition, on some of its objects. */
  protected grant(
    id: string,
    principal: Principal,
    role: string,
    condition?: StorageBucketIamMemberCondition,
  ): ITerraformDependable {
    return new StorageBucketIamMember(this, id, {
      bucket: this.bucketName,
      role,
      member: principal.member,
      ...(condition && { condition }),
    });
  }

  private createBucket(props: BucketProps): StorageBucket {
    const { name, key, retention, softDelete = "7 days" } = props;
    return new StorageBucket(
      this,
      "bucket",
      transformed<StorageBucketConfig>(
        {
          name,
          ...placement(props.location),
          forceDestroy: false,
          publicAccessPrevention: "enforced",
          uniformBucketLevelAccess: true,
          versioning: { enabled: retention === undefined },
          softDeletePolicy: { retentionDurationSeconds: softDelete === "none" ? 0 : inSeconds(softDelete) },
          lifecycleRule: lifecycleRules({
            keepReplacedDays: retention ? undefined : Math.ceil(inDays(props.keepReplaced ?? "30 days")),
            keepVersions: props.keepVersions,
            deleteAfter: props.deleteAfter,
            cool: props.cool,
          }),
          ...(retention && {
            retentionPolicy: {
              retentionPeriod: inSeconds(retention.period),
              isLocked: retention.locked ?? false,
            },
          }),
          ...(key && { encryption: { defaultKmsKeyName: key.keyId }, dependsOn: [...(key.grants ?? [])] }),
          lifecycle: { preventDestroy: props.protected ?? true },
        },
        props.transform?.bucket,
      ),
    );
  }
}
