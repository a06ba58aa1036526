import { isObject, type ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { CloudView } from "../behaviour";
import { blocksAt, text } from "../shape/paths";

export const POLICY = "mongodbatlas_backup_compliance_policy";

export const FREQUENCIES = ["hourly", "daily", "weekly", "monthly", "yearly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

const DAYS: { [unit: string]: number } = { days: 1, weeks: 7, months: 31, years: 366 };

/** How long snapshots of a frequency are kept, in days; 0: none are made. The longest where there are several. */
export function retentionDays(schedule: ObjectValue, frequency: Frequency): number {
  const items = blocksAt(schedule, `policy_item_${frequency}`);
  return Math.max(0, ...items.map(itemDays));
}

export function itemDays(item: ObjectValue): number {
  return Number(item.retention_value ?? 0) * (DAYS[text(item, "retention_unit")] ?? 1);
}

/** The schedule that Atlas gives a cluster with backups until somebody changes it. */
export const defaultSchedule: ObjectValue = {
  policy_item_hourly: [{ frequency_interval: 6, retention_unit: "days", retention_value: 7 }],
  policy_item_daily: [{ frequency_interval: 1, retention_unit: "days", retention_value: 7 }],
  policy_item_weekly: [{ frequency_interval: 6, retention_unit: "weeks", retention_value: 4 }],
  policy_item_monthly: [{ frequency_interval: 40, retention_unit: "months", retention_value: 12 }],
  policy_item_yearly: [{ frequency_interval: 12, retention_unit: "years", retention_value: 1 }],
};

/** The policy of a project; undefined for one that has none. */
export function policyOf(cloud: CloudView, project: string): ObjectValue | undefined {
  const policy = cloud.list(POLICY).find(({ attributes }) => text(attributes, "project_id") === project);
  return policy?.attributes;
}

/** Refuses a schedule that keeps less than the project's policy asks for. */
export function requireCompliance(policy: ObjectValue | undefined, schedule: ObjectValue): void {
  if (policy === undefined) return;
  const short = FREQUENCIES.filter(
    (frequency) => retentionDays(schedule, frequency) < retentionDays(policy, frequency),
  );
  if (short.length > 0) throw notCompliant(`the ${short.join(", ")} retention is shorter than required`);
  const window = Number(schedule.restore_window_days ?? Number.POSITIVE_INFINITY);
  if (isObject(schedule) && window < Number(policy.restore_window_days ?? 0)) {
    throw notCompliant("the restore window is shorter than required");
  }
}

/** Refuses a cluster that has less protection than the project's policy asks for. */
export function requireProtected(policy: ObjectValue | undefined, cluster: ObjectValue): void {
  if (policy === undefined) return;
  if (cluster.backup_enabled !== true) throw notCompliant("backups are off");
  if (policy.pit_enabled === true && cluster.pit_enabled !== true) {
    throw notCompliant("continuous backups (point in time) are off");
  }
}

export function notCompliant(reason: string): ApiError {
  return new ApiError(
    400,
    `The following backup policies do not comply with the specified backup compliance policy: ${reason}.`,
    "BACKUP_POLICIES_NOT_MEETING_BACKUP_COMPLIANCE_POLICY_REQUIREMENTS",
  );
}
