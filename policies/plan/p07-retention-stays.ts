import { blocksOf, type Json, type JsonObject, listOf, numberAt, textAt } from "../reading/json";
import type { Change } from "../reading/planned";
import { retentionDays } from "../reading/terms";
import { failsClosed, type PlanRule, type Violation } from "../rule";

const schedule = "mongodbatlas_cloud_backup_schedule";
const compliance = "mongodbatlas_backup_compliance_policy";
const items = ["hourly", "daily", "weekly", "monthly", "yearly"].map((kind) => `policy_item_${kind}`);

/** Spans of time after which something goes, by type: whole numbers, or seconds as `86400s`. */
const spans: Readonly<Record<string, readonly string[]>> = {
  [schedule]: ["restore_window_days"],
  google_storage_bucket: [
    "retention_policy.retention_period",
    "soft_delete_policy.retention_duration_seconds",
  ],
  google_logging_project_bucket_config: ["retention_days"],
  google_secret_manager_secret: ["version_destroy_ttl"],
  google_kms_crypto_key: ["destroy_scheduled_duration"],
  google_sql_database_instance: [
    "settings.backup_configuration.backup_retention_settings.retained_backups",
    "settings.backup_configuration.transaction_log_retention_days",
  ],
  google_spanner_backup_schedule: ["retention_duration"],
  google_pubsub_topic: ["message_retention_duration"],
  google_pubsub_subscription: ["message_retention_duration"],
};

export const retentionStays: PlanRule = {
  id: "P7",
  title: "Nothing is kept for less long than before unseen; a compliance policy takes two people",
  why: "What was to be kept for years goes with the next clean-up.",
  mapsTo: [],
  check: (environment) => {
    const changes = environment.of(compliance, ...Object.keys(spans));
    if (changes.length === 0) return "not applicable";
    const closed = failsClosed(environment.pack);
    return changes.flatMap((change) => {
      if (change.type === compliance) return [complianceViolation(change)];
      if (!change.updates) return [];
      return [
        ...spanViolations(change, closed),
        ...itemViolations(change, closed),
        ...copyViolations(change),
      ];
    });
  },
};

function complianceViolation(change: Change): Violation {
  const what = change.creates ? "is switched on, for good" : change.deletes ? "is removed" : "changes";
  return change.violation(
    undefined,
    `the backup compliance policy ${what}`,
    "have it signed off by two people",
    {
      label: "approve:retention",
      people: 2,
    },
  );
}

function spanViolations(change: Change, closed: boolean): Violation[] {
  return (spans[change.type] ?? []).flatMap((path) => {
    const before = spanAt(change.before, path);
    if (before === undefined) return [];
    if (change.isUnknown(path)) return closed ? [unknown(change, path)] : [];
    const after = spanAt(change.after, path) ?? 0;
    return after < before ? [lowered(change, path, `from ${before} to ${after}`)] : [];
  });
}

function itemViolations(change: Change, closed: boolean): Violation[] {
  return items.flatMap((path) => {
    const before = longest(change.before[path]);
    if (before === undefined) return [];
    if (change.isUnknown(path)) return closed ? [unknown(change, path)] : [];
    const after = longest(change.after[path]) ?? 0;
    return after < before
      ? [lowered(change, path, `from ${Math.round(before * 10) / 10} days to ${Math.round(after * 10) / 10}`)]
      : [];
  });
}

function copyViolations(change: Change): Violation[] {
  if (change.type !== schedule || change.isUnknown("copy_settings")) return [];
  const regions = (values: JsonObject) =>
    blocksOf(values.copy_settings).map((one) => textAt(one, "region_name"));
  const before = regions(change.before);
  const after = regions(change.after);
  return before.some((region) => !after.includes(region))
    ? [lowered(change, "copy_settings", "no copy goes to a region that had one")]
    : [];
}

function longest(item: Json | undefined): number | undefined {
  const days = listOf(item).map(
    (one) => retentionDays(numberAt(one, "retention_value"), textAt(one, "retention_unit")) ?? 0,
  );
  return days.length === 0 ? undefined : Math.max(...days);
}

function spanAt(values: Json, path: string): number | undefined {
  const text = textAt(values, path);
  return text === undefined ? numberAt(values, path) : numberAt({ span: text.replace(/s$/, "") }, "span");
}

function lowered(change: Change, path: string, how: string): Violation {
  return change.violation(path, `is kept for less long: ${how}`, "keep it as long as before", {
    label: "approve:retention",
    people: 1,
  });
}

function unknown(change: Change, path: string): Violation {
  return lowered(change, path, "known only after the apply");
}
