import { isObject } from "../../../values/value";
import type { RuleSet } from "../../hooks/rule-set";
import { PlanError } from "../../sdk/hook-types";
import { textOf } from "../../sdk/legacy-values";
import type { ResourceDiff } from "../../sdk/resource-diff";
import { asItems, asText, onlyBlock } from "../reading";

const MASTER = "master_instance_name";

/** google/services/sql/resource_sql_database_instance.go, resource_sql_user.go */
export const sql: RuleSet = {
  suppress: {
    // The service updates the minor version of MySQL 8.0 by itself.
    "sql.databaseVersionDiffSuppress": (_, before, after) =>
      after === "MYSQL_8_0" && Number(/^MYSQL_8_0_([+-]?\d+)$/.exec(before)?.[1] ?? 0) >= 35,
    // Only the release date at the end counts, and it never goes back.
    "sql.maintenanceVersionDiffSuppress": (_, before, after) =>
      before.length > 14 && after.length > 14 && before.slice(-14) >= after.slice(-14),
    "sql.areDRReplicaNamesEqual": (_, before, after, data) => {
      const project = asText(data.get("project"));
      const full = (name: string) => (project === "" || name.includes(":") ? name : `${project}:${name}`);
      return full(before) === full(after);
    },
    "sql.caseDiffDashSuppress": (_, before, after) =>
      after.replaceAll("-", "_").toUpperCase() === before.toUpperCase(),
    "sql.diffSuppressIamUserName": (_, before, after, data) =>
      before === after.split("@")[0] && asText(data.get("type")).includes("IAM"),
  },
  plan: {
    "sql.privateNetworkCustomizeDiff": (diff) => {
      const key = "settings.0.ip_configuration.0.private_network";
      const { before, after } = diff.getChange(key);
      if (before !== "" && after === "") diff.forceNew(key);
    },
    "sql.pitrSupportDbCustomizeDiff": (diff) => {
      const key = "settings.0.backup_configuration.0.point_in_time_recovery_enabled";
      const version = asText(diff.get("database_version"));
      if (diff.get(key) !== true || /POSTGRES|SQLSERVER/.test(version)) return;
      throw new PlanError(
        "point_in_time_recovery_enabled is only available for the following [POSTGRES SQLSERVER]. You may want to consider using binary_log_enabled instead and remove point_in_time_recovery_enabled (removing point_in_time_recovery_enabled and adding binary_log_enabled will enable pitr for MYSQL)",
      );
    },
    "#google_sql_database_instance instance_type": promote,
  },
  conditions: {
    "#google_sql_database_instance plan": (diff) => !isSwitchover(diff),
  },
};

/** The instance was a primary and becomes the replica of what was its replica. */
function isSwitchover(diff: ResourceDiff): boolean {
  const replica = onlyBlock(diff.getChange("replica_configuration").after);
  if (!replica) return false;
  const type = diff.getChange("instance_type");
  const replicas = diff.getChange("replica_names");
  const master = diff.getChange(MASTER).after;
  const cascadable =
    replica.cascadable_replica === true || !textOf(diff.get("database_version")).startsWith("SQLSERVER");
  return (
    type.before === "CLOUD_SQL_INSTANCE" &&
    type.after === "READ_REPLICA_INSTANCE" &&
    asItems(replicas.before).includes(master) &&
    !asItems(replicas.after).includes(master) &&
    cascadable
  );
}

/** A replica becomes a primary: it has no master any more. */
function promote(diff: ResourceDiff): void {
  const type = diff.getChange("instance_type");
  if (type.before !== "READ_REPLICA_INSTANCE" || type.after !== "CLOUD_SQL_INSTANCE") return;
  const replica = diff.rawConfig.replica_configuration;
  if (diff.rawConfig[MASTER] || (Array.isArray(replica) && replica.some(isObject))) {
    throw new PlanError(
      "Replica promote configuration check failed. Please remove master_instance_name and replica_configuration and try again.",
    );
  }
}
