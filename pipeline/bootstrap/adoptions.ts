import type { Diagnostic } from "../terraform/messages";
import type { Json, PlanJson } from "../terraform/plan-json";
import { importIdOf } from "./import-ids";
import type { Adoption } from "./local-configuration";

/** Addresses of resources that couldn't be made because they are there already. */
export function collisionsIn(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.flatMap(({ severity, address, summary, detail }) =>
    severity === "error" && address !== undefined && /\bError 409\b|already ?exists/i.test(summary + detail)
      ? [address]
      : [],
  );
}

/**
 * How the objects at some addresses are taken over.
 *
 * @param plan one that would make them
 * @param project of the stack
 */
export function adoptionsOf(plan: PlanJson, addresses: readonly string[], project: string): Adoption[] {
  return (plan.resource_changes ?? []).flatMap(({ address, type, change }): Adoption[] => {
    if (!addresses.includes(address) || change.actions[0] !== "create") return [];
    const id = importIdOf(type, (change.after ?? {}) as Record<string, Json>, project);
    return id === undefined ? [] : [{ to: address, id }];
  });
}

/**
 * The state bucket, in case it is there already: `gcloud storage buckets create` is how most begin.
 *
 * @param configuration text of `cdk.tf.json`
 * @param bucket name of the bucket that the states lie in
 */
export function stateBucketAdoption(configuration: string, bucket: string): Adoption[] {
  const { resource = {} } = JSON.parse(configuration) as {
    resource?: Record<string, Record<string, { name?: unknown }>>;
  };
  return Object.entries(resource.google_storage_bucket ?? {})
    .filter(([, { name }]) => name === bucket)
    .map(([id]) => ({ to: `google_storage_bucket.${id}`, id: bucket }));
}

/** Addresses that a plan deletes or replaces, but for what a creation that failed half-way left behind. */
export function destructionsIn(plan: PlanJson): string[] {
  return (plan.resource_changes ?? [])
    .filter(
      ({ change, action_reason: reason }) =>
        change.actions.includes("delete") && reason !== "replace_because_tainted",
    )
    .map(({ address }) => address);
}
