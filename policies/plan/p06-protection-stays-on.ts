import { blocksOf, isFalse, isTrue, textAt, valueAt } from "../reading/json";
import type { Change } from "../reading/planned";
import { failsClosed, type PlanRule, type Violation } from "../rule";

/** What protects an object, by attribute, and what is lost without. */
const protections: Readonly<Record<string, string>> = {
  termination_protection_enabled: "one command deletes the cluster",
  backup_enabled: "backups stop, and the ones there are may go",
  pit_enabled: "no moment between two snapshots can be restored any more",
  retain_backups_enabled: "deleting the cluster deletes its backups",
  deletion_protection: "a plan may delete it",
  deletion_protection_enabled: "a plan may delete it",
  enable_drop_protection: "one command deletes it",
  uniform_bucket_level_access: "single objects can be made public",
  enabled: "it is switched off",
  "versioning.enabled": "an overwritten object is gone",
  "settings.backup_configuration.enabled": "backups stop",
  "settings.backup_configuration.point_in_time_recovery_enabled":
    "no moment between two backups can be restored",
  "settings.deletion_protection_enabled": "one command deletes the instance",
};
/** `enabled` means many things; only here does it protect. */
const switchedBy = [
  "mongodbatlas_auditing",
  "mongodbatlas_alert_configuration",
  "google_monitoring_alert_policy",
];

export const protectionStaysOn: PlanRule = {
  id: "P6",
  title: "Protection, backups and point-in-time restore are not switched off unseen",
  why: "Nobody notices until the day on which they are needed.",
  mapsTo: [],
  check: (environment) => {
    const updates = environment.changes.filter(({ updates: isUpdate }) => isUpdate);
    if (updates.length === 0) return "not applicable";
    return updates.flatMap((change) => [
      ...switches(change, failsClosed(environment.pack)),
      ...publicAccess(change),
      ...forcedDestroy(change),
    ]);
  },
};

function switches(change: Change, closed: boolean): Violation[] {
  return Object.entries(protections)
    .filter(([path]) => path !== "enabled" || switchedBy.includes(change.type))
    .filter(([path]) => isTrue(change.before, path))
    .flatMap(([path, found]) => {
      if (change.isUnknown(path)) {
        if (!closed) return [];
        return [say(change, path, `known only after the apply; if it is off, ${found}`)];
      }
      const isOff = isFalse(change.after, path) || isGone(change, path);
      return isOff ? [say(change, path, `is switched off: ${found}`)] : [];
    });
}

/** A block that disappears takes its switches with it; a single attribute that is null keeps its value. */
function isGone(change: Change, path: string): boolean {
  const block = path.split(".").slice(0, -1).join(".");
  return block !== "" && blocksOf(valueAt(change.after, block)).length === 0;
}

function publicAccess(change: Change): Violation[] {
  const path = "public_access_prevention";
  if (textAt(change.before, path) !== "enforced" || textAt(change.after, path) === "enforced") return [];
  if (change.isUnknown(path)) return [];
  return [say(change, path, "is switched off: the bucket can be made public")];
}

function forcedDestroy(change: Change): Violation[] {
  if (isTrue(change.before, "force_destroy") || !isTrue(change.after, "force_destroy")) return [];
  return [say(change, "force_destroy", "is switched on: a destroy deletes every object in it")];
}

function say(change: Change, path: string, found: string): Violation {
  return change.violation(path, found, "leave it on", { label: "approve:unprotect", people: 1 });
}
