import type { AlertNameAbout } from "../alerts/alert-table";

/** Id of the log that the nightly checks write: `projects/<project>/logs/groundwork`. */
export const operationLog = "groundwork";

/** One kind of entry of the operation log. */
export interface OperationEvent {
  /** The field `jsonPayload.event` of the entry. */
  readonly event: string;
  /** Name of the metric that counts the entries; letters, digits and underscores, so that PromQL has the same name. */
  readonly metric: string;
  /** What one entry means. */
  readonly meaning: string;
}

/**
 * What the operators' jobs report, by the alert that listens: one structured log entry each, with the monitored
 * resource `global`. The jobs, the metrics and the alerts meet in these names.
 */
export const operationEvents: Readonly<Record<AlertNameAbout<"operation">, OperationEvent>> = {
  "backup-failed": {
    event: "backup-failed",
    metric: "groundwork_backup_failed",
    meaning: "A snapshot, its copy or its export failed.",
  },
  "restore-test-missing": {
    event: "restore-test-fresh",
    metric: "groundwork_restore_test_fresh",
    meaning: "The nightly check found that the last passed restore test is younger than eight days.",
  },
  "split-drift": {
    event: "split-drift",
    metric: "groundwork_split_drift",
    meaning: "The live traffic split is not the one of the release manifest.",
  },
};

/** The Logging filter of one kind of entry. */
export function operationFilter(project: string, { event }: OperationEvent): string {
  return [
    `logName="projects/${project}/logs/${operationLog}"`,
    'resource.type="global"',
    `jsonPayload.event="${event}"`,
  ].join(" AND ");
}
