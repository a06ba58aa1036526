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
 * states, and deletes their locks.
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
      transform: { bucket: (config) => forgetLocks(config, props) },
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

  /** Lets a principal read every state and take every lock: what a plan does. It can't write a state. */
  grantPlan(id: string, principal: Principal): void {
    this.grantRead(`${id}-reads`, principal);
    this.grant(`${id}-lists`, principal, "roles/storage.legacyBucketReader");
    this.grant(`${id}-locks`, principal, "roles/storage.objectUser", {
      title: "locks",
      description: "Locks of states, not the states.",
      expression: 'resource.name.endsWith(".tflock")',
    });
  }
}

/** Each lock is written and deleted: their old versions tell nothing, and go after a day. */
function forgetLocks(config: StorageBucketConfig, { transform }: StateBucketProps): void {
  const mutable = config as { lifecycleRule?: unknown };
  mutable.lifecycleRule = [
    ...((config.lifecycleRule ?? []) as readonly unknown[]),
    {
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: 1, matchesSuffix: [".tflock"], withState: "ARCHIVED" },
    },
  ];
  transform?.bucket?.(config);
}
