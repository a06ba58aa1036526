import { blocksOf, isTrue, numberAt, textAt } from "../reading/json";
import type { Resource } from "../reading/synthesized";
import { retentionDays } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

export const backupsLast: SynthRule = {
  id: "S20",
  title: "Backups are kept: daily for 30 days, yearly for 7 years, with a copy in another region",
  why: "What is noticed late is only in an old backup, and a lost region takes its backups with it.",
  mapsTo: ["Atlas"],
  check: (environment) => {
    const clusters = environment
      .all("mongodbatlas_advanced_cluster")
      .filter(({ values }) => isTrue(values, "backup_enabled"));
    if (clusters.length === 0) return "not applicable";
    const schedules = environment.all("mongodbatlas_cloud_backup_schedule");
    return [
      ...clusters.filter((cluster) => !schedules.some((one) => isOf(one, cluster))).map(unscheduled),
      ...schedules.flatMap((one) => [
        ...retention(one, "policy_item_daily", 30, "30 days"),
        ...retention(one, "policy_item_yearly", 7 * 365, "7 years"),
        ...copy(one, clusters),
      ]),
    ];
  },
};

function isOf(schedule: Resource, cluster: Resource): boolean {
  const name = textAt(schedule.values, "cluster_name") ?? "";
  return name === textAt(cluster.values, "name") || name.includes(`${cluster.address}.`);
}

function unscheduled(cluster: Resource): Violation {
  return cluster.violation(
    undefined,
    "no backup schedule of its own: Atlas's default keeps little",
    "add a mongodbatlas_cloud_backup_schedule",
  );
}

function retention(schedule: Resource, item: string, days: number, text: string): Violation[] {
  const kept = blocksOf(schedule.values[item]).map(
    (one) => retentionDays(numberAt(one, "retention_value"), textAt(one, "retention_unit")) ?? 0,
  );
  if (Math.max(0, ...kept) >= days) return [];
  return [
    schedule.violation(
      item,
      kept.length === 0 ? "no such snapshots" : `kept for ${Math.floor(Math.max(...kept))} days`,
      `keep them for ${text} at least`,
    ),
  ];
}

function copy(schedule: Resource, clusters: readonly Resource[]): Violation[] {
  const own = clusters
    .filter((cluster) => isOf(schedule, cluster))
    .flatMap(({ values }) => blocksOf(values.replication_specs))
    .flatMap((spec) => blocksOf(spec.region_configs))
    .map((region) => textAt(region, "region_name"));
  const elsewhere = blocksOf(schedule.values.copy_settings).some(
    (one) => !own.includes(textAt(one, "region_name")),
  );
  if (elsewhere) return [];
  return [
    schedule.violation("copy_settings", "no copy in another region", "copy snapshots to a second region"),
  ];
}
