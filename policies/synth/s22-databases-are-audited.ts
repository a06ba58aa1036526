import { isTrue, textAt } from "../reading/json";
import type { SynthRule } from "../rule";

export const databasesAreAudited: SynthRule = {
  id: "S22",
  title: "Databases are audited, and encrypted with our own key",
  why: "Without an audit log nobody can tell who read what; without our key we can't shut the data away.",
  mapsTo: ["Atlas"],
  check: (environment) => {
    const clusters = environment.all("mongodbatlas_advanced_cluster");
    const [first] = clusters;
    if (!first) return "not applicable";
    const audited = environment.all("mongodbatlas_auditing").some(({ values }) => isTrue(values, "enabled"));
    const keyed = environment
      .all("mongodbatlas_encryption_at_rest")
      .some(({ values }) => isTrue(values, "google_cloud_kms_config.enabled"));
    return [
      ...(audited
        ? []
        : [first.violation(undefined, "no audit log of the database", "add mongodbatlas_auditing, enabled")]),
      ...(keyed
        ? []
        : [
            first.violation(
              undefined,
              "no key of our own for data at rest",
              "add mongodbatlas_encryption_at_rest with google_cloud_kms_config, enabled",
            ),
          ]),
      ...clusters
        .filter(({ values }) => keyed && textAt(values, "encryption_at_rest_provider") !== "GCP")
        .map((cluster) =>
          cluster.violation("encryption_at_rest_provider", "Atlas's own key", 'set it to "GCP"'),
        ),
    ];
  },
};
