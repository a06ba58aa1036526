/**
 * What an account may do in its project, by the job that it does; each role is the smallest that the job needs.
 *
 * @see https://cloud.google.com/iam/docs/understanding-roles
 */
export const jobRoles = {
  /** A service writes its logs, traces and metrics. */
  "report-telemetry": ["roles/logging.logWriter", "roles/cloudtrace.agent", "roles/monitoring.metricWriter"],
  /** A plan in CI reads everything that is in Terraform. */
  "read-project": ["roles/viewer", "roles/iam.securityReviewer"],
} as const satisfies Record<string, readonly string[]>;

/** Name of a job. */
export type Job = keyof typeof jobRoles;
