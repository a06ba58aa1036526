import { blocksOf, isTrue, textAt } from "../reading/json";
import { judgeEach } from "../reading/synthesized";
import type { SynthRule } from "../rule";

export const bucketsAreSafe: SynthRule = {
  id: "S8",
  title: "Buckets are private, versioned, and not emptied by a destroy",
  why: "One wrong right makes a bucket public, one wrong command empties it.",
  mapsTo: ["CIS 5.1", "CIS 5.2"],
  check: (environment) =>
    judgeEach(environment.all("google_storage_bucket"), (bucket) => [
      ...(isTrue(bucket.values, "uniform_bucket_level_access")
        ? []
        : [
            bucket.violation(
              "uniform_bucket_level_access",
              "rights on single objects are possible",
              "set it to true: one place says who may read",
            ),
          ]),
      ...(textAt(bucket.values, "public_access_prevention") === "enforced"
        ? []
        : [
            bucket.violation(
              "public_access_prevention",
              "nothing keeps the bucket from being made public",
              'set it to "enforced"',
            ),
          ]),
      // Google keeps no versions under a retention policy, which lets nothing be overwritten in the first place.
      ...(isTrue(bucket.values, "versioning.enabled") || blocksOf(bucket.values.retention_policy).length > 0
        ? []
        : [
            bucket.violation(
              "versioning.enabled",
              "an overwritten object is gone",
              "set it to true, with a lifecycle rule for old versions",
            ),
          ]),
      ...(isTrue(bucket.values, "force_destroy")
        ? [
            bucket.violation(
              "force_destroy",
              "a destroy deletes every object in it",
              "set it to false; empty the bucket by hand when it must go",
            ),
          ]
        : []),
    ]),
};
