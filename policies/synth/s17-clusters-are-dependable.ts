import { blocksOf, isTrue, textAt } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import { clusterTypes } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

export const clustersAreDependable: SynthRule = {
  id: "S17",
  title: "Clusters are M10 or larger, backed up, protected, and encrypted on the way",
  why: "Smaller tiers have no backups worth the name, no private endpoint and no users without passwords.",
  mapsTo: ["Atlas"],
  check: (environment) =>
    judgeEach(environment.all(...clusterTypes), (cluster) =>
      cluster.type === "mongodbatlas_advanced_cluster"
        ? [...size(cluster), ...protection(cluster, environment.pack === "prod"), ...transport(cluster)]
        : [
            cluster.violation(
              undefined,
              `${cluster.type}, which lacks what an environment needs`,
              "use a dedicated cluster (mongodbatlas_advanced_cluster), M10 or larger",
            ),
          ],
    ),
};

function size(cluster: Resource): Violation[] {
  const regions = blocksOf(cluster.values.replication_specs).flatMap((spec) => blocksOf(spec.region_configs));
  const sizes = regions.map((region) => textAt(region, "electable_specs.instance_size") ?? "");
  return [...new Set(sizes)]
    .filter((one) => !/^[MR]\d+(_NVME)?$/.test(one) || Number(/\d+/.exec(one)?.[0]) < 10)
    .map((one) =>
      cluster.violation(
        "replication_specs.region_configs.electable_specs.instance_size",
        one === "" ? "no tier" : one,
        "use M10 or larger",
      ),
    );
}

function protection(cluster: Resource, isProd: boolean): Violation[] {
  const wanted: readonly (readonly [string, string])[] = [
    ["backup_enabled", "no backups are taken"],
    ["termination_protection_enabled", "one command deletes the cluster"],
    ...(isProd ? ([["pit_enabled", "no moment between two snapshots can be restored"]] as const) : []),
  ];
  return [
    ...wanted
      .filter(([attribute]) => !isTrue(cluster.values, attribute))
      .map(([attribute, found]) => cluster.violation(attribute, found, "set it to true")),
    ...(blocksOf(cluster.values.tags).length > 0
      ? []
      : [cluster.violation("tags", "no tags", "tag it with environment, owner and cost centre")]),
  ];
}

function transport(cluster: Resource): Violation[] {
  const attribute = "advanced_configuration.minimum_enabled_tls_protocol";
  const version = textAt(cluster.values, attribute);
  if (version === "TLS1_2" || version === "TLS1_3") return [];
  return [cluster.violation(attribute, version ?? "nothing: Atlas decides", 'set it to "TLS1_2"')];
}
