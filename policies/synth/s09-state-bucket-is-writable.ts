import { blocksOf, textAt, valueAt } from "../reading/json";
import { judgeEach } from "../reading/synthesized";
import type { SynthRule } from "../rule";

export const stateBucketIsWritable: SynthRule = {
  id: "S9",
  title: "The state bucket forgets old versions and locks nothing",
  why: "A retention policy keeps Terraform from overwriting its state and from giving back its lock.",
  mapsTo: [],
  check: (environment) => {
    const names = environment.stacks.map(({ configuration }) =>
      textAt(configuration, "terraform.backend.gcs.bucket"),
    );
    const buckets = environment
      .all("google_storage_bucket")
      .filter(({ values }) => names.includes(textAt(values, "name") ?? ""));
    return judgeEach(buckets, (bucket) => [
      ...(blocksOf(bucket.values.retention_policy).length === 0
        ? []
        : [
            bucket.violation(
              "retention_policy",
              "a retention policy on the bucket that holds the states",
              "remove it; versioning and soft delete keep old states",
            ),
          ]),
      ...(blocksOf(bucket.values.lifecycle_rule).some(forgets)
        ? []
        : [
            bucket.violation(
              "lifecycle_rule",
              "old states are kept for ever",
              "add a rule that deletes versions that are no longer current after some weeks",
            ),
          ]),
    ]);
  },
};

function forgets(rule: Parameters<typeof valueAt>[0]): boolean {
  if (textAt(rule, "action.type") !== "Delete") return false;
  const about = ["days_since_noncurrent_time", "num_newer_versions", "noncurrent_time_before"];
  return (
    textAt(rule, "condition.with_state") !== "LIVE" &&
    about.some((name) => valueAt(rule, `condition.${name}`) !== undefined)
  );
}
