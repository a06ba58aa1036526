import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { objectId } from "../identity/derived";
import { blocksAt, text } from "../shape/paths";
import { clustersOf, findCluster, requireCluster, tierOf } from "./clusters";
import {
  defaultSchedule,
  FREQUENCIES,
  itemDays,
  notCompliant,
  POLICY,
  policyOf,
  requireCompliance,
  requireProtected,
  retentionDays,
} from "./compliance";

const SCHEDULE = "mongodbatlas_cloud_backup_schedule";
const HOURLY_INTERVALS = [1, 2, 4, 6, 8, 12];

/**
 * Backup schedules and the compliance policy above them.
 * Source: internal/service/{cloudbackupschedule,backupcompliancepolicy}/resource_*.go, v1.41.1; Atlas documentation,
 * "Manage Backup Policies" and "Configure a Backup Compliance Policy".
 */
export const backupBehaviours: Behaviours = {
  [SCHEDULE]: {
    existing: "adopt",
    unread: ["update_snapshots"],
    computed: {
      cluster_id: ({ cloud, object }) =>
        text(
          findCluster(cloud, text(object, "project_id"), text(object, "cluster_name"))?.attributes,
          "cluster_id",
        ),
      id_policy: ({ id }) => objectId(SCHEDULE, id, "policy"),
      next_snapshot: ({ cloud }) => new Date(Date.parse(cloud.now) + 3_600_000).toISOString(),
      reference_hour_of_day: () => 18,
      reference_minute_of_hour: () => 0,
      restore_window_days: ({ object }) => Math.min(7, retentionDays(object, "hourly") || 7),
      auto_export_enabled: () => false,
      use_org_and_group_names_in_export_prefix: () => false,
      update_snapshots: () => false,
      export: () => [],
      ...policyItems(SCHEDULE),
    },
    beforeCreate: requireSchedule,
    beforeUpdate: requireSchedule,
    beforeDelete({ cloud, object }) {
      const project = text(object, "project_id");
      const exists = findCluster(cloud, project, text(object, "cluster_name")) !== undefined;
      if (exists && policyOf(cloud, project) !== undefined) {
        throw notCompliant(`cluster ${text(object, "cluster_name")} would have no schedule`);
      }
    },
  },
  [POLICY]: {
    existing: "adopt",
    computed: {
      restore_window_days: () => 7,
      state: () => "ACTIVE",
      updated_date: ({ cloud }) => cloud.now,
      updated_user: ({ object }) => text(object, "authorized_email"),
      ...policyItems(POLICY),
      "on_demand_policy_item.id": ({ id }, _, path) => objectId(POLICY, id, path),
      "on_demand_policy_item.frequency_type": () => "ondemand",
    },
    touched: ["updated_date"],
    beforeCreate({ cloud, object }) {
      const project = text(object, "project_id");
      requireNotWeaker(policyOf(cloud, project), object);
      for (const cluster of clustersOf(cloud, project)) {
        if (tierOf(cluster.type, cluster.attributes) !== "DEDICATED") continue;
        requireProtected(object, cluster.attributes);
        requireCompliance(object, scheduleOf(cloud, project, text(cluster.attributes, "name")));
      }
    },
    beforeUpdate: ({ stored, object }) => requireNotWeaker(stored?.attributes, object),
    beforeDelete({ stored, object }) {
      if (stored === undefined) return;
      throw new ApiError(
        403,
        `The backup compliance policy of group ${text(object, "project_id")} can only be disabled by MongoDB support.`,
        "CANNOT_DISABLE_BACKUP_COMPLIANCE_POLICY",
        [text(object, "project_id")],
      );
    },
  },
};

function scheduleOf(cloud: CloudView, project: string, cluster: string): ObjectValue {
  const own = cloud
    .list(SCHEDULE)
    .find(
      ({ attributes }) =>
        text(attributes, "project_id") === project && text(attributes, "cluster_name") === cluster,
    );
  return own?.attributes ?? defaultSchedule;
}

function policyItems(type: string): NonNullable<Behaviours[string]["computed"]> {
  return Object.fromEntries(
    FREQUENCIES.flatMap((frequency) => [
      [
        `policy_item_${frequency}.id`,
        ({ id }: Change, _: ObjectValue, path: string) => objectId(type, id, path),
      ],
      [`policy_item_${frequency}.frequency_type`, () => frequency],
    ]),
  );
}

function requireSchedule({ cloud, object }: Change): void {
  const project = text(object, "project_id");
  const name = text(object, "cluster_name");
  const cluster = requireCluster(cloud, project, name);
  const tier = tierOf(cluster.type, cluster.attributes);
  if (tier !== "DEDICATED") {
    throw new ApiError(400, `${tier} clusters have no backup schedule of their own.`, "FEATURE_UNSUPPORTED", [
      name,
    ]);
  }
  if (cluster.attributes.backup_enabled !== true) {
    throw new ApiError(
      404,
      `No backup configuration exists for cluster ${name} in group ${project}.`,
      "BACKUP_CONFIG_NOT_FOUND",
      [name, project],
    );
  }
  requireRetention(object);
  requireCopies(object, cluster.attributes);
  requireCompliance(policyOf(cloud, project), object);
}

/** Each frequency keeps its snapshots at least as long as the more frequent one, and a minimum of its own. */
function requireRetention(schedule: ObjectValue): void {
  for (const { frequency_interval: interval } of blocksAt(schedule, "policy_item_hourly")) {
    if (!HOURLY_INTERVALS.includes(Number(interval))) {
      throw invalidPolicy(`the hourly interval must be one of ${HOURLY_INTERVALS.join(", ")}`);
    }
  }
  const least = { hourly: 1, daily: 1, weekly: 7, monthly: 31, yearly: 365 };
  let longest = 0;
  for (const frequency of FREQUENCIES) {
    const items = blocksAt(schedule, `policy_item_${frequency}`);
    if (items.length === 0) continue;
    const shortest = Math.min(...items.map(itemDays));
    if (shortest < least[frequency]) {
      throw invalidPolicy(`${frequency} snapshots must be kept for at least ${least[frequency]} days`);
    }
    if (shortest < longest) {
      throw invalidPolicy(`${frequency} snapshots must be kept at least as long as more frequent ones`);
    }
    if (frequency !== "hourly") longest = Math.max(longest, ...items.map(itemDays));
  }
  const hourly = retentionDays(schedule, "hourly");
  if (hourly > 0 && Number(schedule.restore_window_days ?? 0) > hourly) {
    throw invalidPolicy(`the restore window can't be longer than hourly snapshots are kept, ${hourly} days`);
  }
}

function requireCopies(schedule: ObjectValue, cluster: ObjectValue): void {
  const zones = blocksAt(cluster, "replication_specs").map((spec) => text(spec, "zone_id"));
  for (const copy of blocksAt(schedule, "copy_settings")) {
    if (copy.should_copy_oplogs === true && cluster.pit_enabled !== true) {
      throw invalidPolicy("copying oplogs needs continuous backups (point in time) on the cluster");
    }
    const zone = text(copy, "zone_id");
    if (zone !== "" && !zones.includes(zone)) throw invalidPolicy(`zone ${zone} is none of the cluster's`);
  }
}

/** A policy can be made stricter only. Source: Atlas documentation, "Considerations" of the compliance policy. */
function requireNotWeaker(before: ObjectValue | undefined, after: ObjectValue): void {
  if (before === undefined) return;
  const weaker = [
    ...["pit_enabled", "copy_protection_enabled", "encryption_at_rest_enabled"].filter(
      (name) => before[name] === true && after[name] !== true,
    ),
    ...FREQUENCIES.filter((frequency) => retentionDays(after, frequency) < retentionDays(before, frequency)),
    ...(Number(after.restore_window_days ?? 0) < Number(before.restore_window_days ?? 0)
      ? ["restore_window_days"]
      : []),
  ];
  if (weaker.length === 0) return;
  throw new ApiError(
    403,
    `The backup compliance policy can't be weakened (${weaker.join(", ")}).`,
    "BACKUP_COMPLIANCE_POLICY_SETTINGS_CANNOT_BE_LOWERED",
    weaker,
  );
}

function invalidPolicy(reason: string): ApiError {
  return new ApiError(400, `The backup policy is invalid: ${reason}.`, "INVALID_BACKUP_POLICY");
}
