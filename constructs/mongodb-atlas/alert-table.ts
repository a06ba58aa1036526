/** How urgent: P1 wakes somebody, P2 is for today, P3 for this week. */
export type Severity = "P1" | "P2" | "P3";

/** Where the runbooks of these alerts are, below the repository. */
export const alertRunbook = "docs/runbooks/atlas-alerts.md";

/** What is watched, and what counts as wrong. */
export interface AtlasAlert {
  /** Atlas's name of the event. */
  readonly event: string;
  /** One line: what it means. */
  readonly meaning: string;
  readonly severity: Severity;
  /** The section of the runbook, as in its links: `docs/runbooks/atlas-alerts.md#no-primary`. */
  readonly runbook: `${typeof alertRunbook}#${string}`;
  /** Minutes that it has to last before anybody is told. */
  readonly delayMinutes: number;
  /** Of a metric alert: which metric, and beyond what. */
  readonly metric?: {
    readonly name: string;
    readonly operator: "GREATER_THAN" | "LESS_THAN";
    readonly threshold: number;
  };
  /** Of an alert about an amount: beyond what, in its unit. */
  readonly threshold?: {
    readonly operator: "GREATER_THAN" | "LESS_THAN";
    readonly amount: number;
    readonly units: "HOURS" | "DAYS";
  };
}

/**
 * The alerts of every project with a dedicated cluster.
 *
 * @see https://www.mongodb.com/docs/atlas/reference/alert-conditions/
 */
export const atlasAlerts = {
  noPrimary: event("NO_PRIMARY", "P1", 0, "no-primary", "No node takes writes"),
  nodeDown: event("HOST_DOWN", "P2", 10, "node-down", "A node has not been seen for a while"),
  connections: above("CONNECTIONS_PERCENT", 90, "P1", 5, "connections", "Connections of a node run out"),
  connectionsHigh: above(
    "CONNECTIONS_PERCENT",
    70,
    "P2",
    15,
    "connections",
    "The connection budget is used up",
  ),
  diskFull: above("DISK_PARTITION_SPACE_USED_DATA", 95, "P1", 0, "disk", "A disk is nearly full"),
  diskHigh: above("DISK_PARTITION_SPACE_USED_DATA", 85, "P2", 15, "disk", "A disk fills up"),
  cpu: above("NORMALIZED_SYSTEM_CPU_USER", 80, "P2", 15, "cpu", "A node computes without a pause"),
  replicationLag: above("OPLOG_SLAVE_LAG_MASTER_TIME", 60, "P2", 10, "replication-lag", "A node is behind"),
  oplogWindow: {
    ...event(
      "REPLICATION_OPLOG_RUNNING_OUT",
      "P1",
      0,
      "oplog-window",
      "A stopped node could soon not catch up",
    ),
    threshold: { operator: "LESS_THAN", amount: 24, units: "HOURS" },
  },
  snapshotFailed: event("CPS_SNAPSHOT_FAILED", "P1", 0, "backups", "A snapshot failed"),
  snapshotFallbackFailed: event(
    "CPS_SNAPSHOT_FALLBACK_FAILED",
    "P1",
    0,
    "backups",
    "The second way failed too",
  ),
  snapshotBehind: {
    ...event("CPS_SNAPSHOT_BEHIND", "P1", 0, "backups", "Snapshots are late"),
    threshold: { operator: "GREATER_THAN", amount: 12, units: "HOURS" },
  },
  copyFailed: event("CPS_COPY_SNAPSHOT_FAILED", "P2", 0, "backups", "The second region lacks a snapshot"),
  exportFailed: event("CPS_AUTO_EXPORT_FAILED", "P2", 0, "backups", "The bucket lacks a snapshot"),
  oplogBackupBehind: {
    ...event("CPS_OPLOG_BEHIND", "P1", 0, "backups", "Not every moment could be restored"),
    threshold: { operator: "GREATER_THAN", amount: 1, units: "HOURS" },
  },
  restoreFailed: event("CPS_RESTORE_FAILED", "P2", 0, "restore", "A restore failed"),
  keyRotation: {
    ...event(
      "GCP_ENCRYPTION_KEY_NEEDS_ROTATION",
      "P3",
      0,
      "key-rotation",
      "The clusters use an old version of the key",
    ),
    threshold: { operator: "GREATER_THAN", amount: 90, units: "DAYS" },
  },
} as const satisfies Record<string, AtlasAlert>;

/** Name of one of the alerts. */
export type AtlasAlertName = keyof typeof atlasAlerts;

function event(
  name: string,
  severity: Severity,
  delayMinutes: number,
  section: string,
  meaning: string,
): AtlasAlert {
  return { event: name, severity, delayMinutes, runbook: `${alertRunbook}#${section}`, meaning };
}

function above(
  metric: string,
  threshold: number,
  severity: Severity,
  delayMinutes: number,
  section: string,
  meaning: string,
): AtlasAlert {
  return {
    ...event("OUTSIDE_METRIC_THRESHOLD", severity, delayMinutes, section, meaning),
    metric: { name: metric, operator: "GREATER_THAN", threshold },
  };
}
