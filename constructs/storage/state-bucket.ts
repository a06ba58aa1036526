import type { StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import type { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { check, refuse } from "../problems";
import { Bucket, type BucketProps } from "./bucket";

/** Props of `StateBucket`. */
export type StateBucketProps = Pick<BucketProps, "name" | "location" | "key" | "protected" | "transform">;

/**
 * The bucket with an environment's Terraform states. Every state ever written stays for 90 days and among the last 100;
 * what is deleted for good can be brought back for 30 days more. It never has a retention policy: Terraform overwrites
 * states, and deletes their locks. Plans that wait for their review lie there too, under `plans/`, for 30 days.
 *
 * Made once by the environment's bootstrap, then imported: Terraform can't keep its state in a bucket that it has yet to
 * make.
 *
 * @throws UserError when the name or the location is none
 * @see https://developer.hashicorp.com/terraform/language/backend/gcs
 */
export class StateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id, {
      ...props,
      keepReplaced: "90 days",
      keepVersions: 100,
      softDelete: "30 days",
      transform: { bucket: (config) => forget(config, props) },
    });
  }

  /**
   * Lets a principal read and write the states whose names start with the prefix, with their locks, and see the names of
   * all: Terraform lists a bucket when it starts.
   *
   * @param prefix of the state: `network`
   * @throws UserError when the prefix is none
   */
  grantState(id: string, principal: Principal, prefix: string): void {
    refuse(this, `the grant ${id}`, [
      check(
        /^[a-z0-9]([a-z0-9/-]*[a-z0-9])?$/.test(prefix),
        "prefix",
        prefix,
        "a state's prefix such as network",
      ),
    ]);
    this.grant(`${id}-lists`, principal, "roles/storage.legacyBucketReader");
    this.grant(`${id}-writes`, principal, "roles/storage.objectUser", {
      title: `state-${prefix.replaceAll("/", "-")}`,
      description: `States that start with ${prefix}/, and their locks.`,
      expression: `resource.name.startsWith("projects/_/buckets/${this.bucketName}/objects/${prefix}/")`,
    });
  }

  /**
   * Lets a principal read every state, take every lock, and keep plans for the review: what planning does. It can write
   * neither a state nor the history.
   */
  grantPlan(id: string, principal: Principal): void {
    this.grantRead(`${id}-reads`, principal);
    this.grant(`${id}-lists`, principal, "roles/storage.legacyBucketReader");
    this.grant(`${id}-locks`, principal, "roles/storage.objectUser", {
      title: "locks",
      description: "Locks of states, not the states.",
      expression: 'resource.name.endsWith(".tflock")',
    });
    this.grant(`${id}-plans`, principal, "roles/storage.objectUser", {
      title: "plans",
      description: "Plans of commits, until they are applied.",
      expression: `resource.name.startsWith("projects/_/buckets/${this.bucketName}/objects/plans/")`,
    });
  }
}

/**
 * Each lock is written and deleted: their old versions tell nothing, and go after a day. Plans of commits that nobody
 * merged go after 30 days, whatever is in them.
 */
function forget(config: StorageBucketConfig, { transform }: StateBucketProps): void {
  const mutable = config as { lifecycleRule?: unknown };
  mutable.lifecycleRule = [
    ...((config.lifecycleRule ?? []) as readonly unknown[]),
    {
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: 1, matchesSuffix: [".tflock"], withState: "ARCHIVED" },
    },
    { action: { type: "Delete" }, condition: { age: 30, matchesPrefix: ["plans/"], withState: "LIVE" } },
    {
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: 1, matchesPrefix: ["plans/"], withState: "ARCHIVED" },
    },
  ];
  transform?.bucket?.(config);
}
