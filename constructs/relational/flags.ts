/** Settings of PostgreSQL by name. @see https://cloud.google.com/sql/docs/postgres/flags */
export type Flags = Readonly<Record<string, string>>;

/**
 * What every instance has: users without passwords, statistics of statements (`pg_stat_statements` is loaded; a
 * migration runs `CREATE EXTENSION pg_stat_statements` once per database), the log that an incident needs.
 */
export const standardFlags: Flags = {
  "cloudsql.iam_authentication": "on",
  "pg_stat_statements.track": "all",
  "pg_stat_statements.max": "10000",
  track_io_timing: "on",
  log_connections: "on",
  log_disconnections: "on",
  log_lock_waits: "on",
  log_temp_files: "0",
  log_statement: "ddl",
  log_min_duration_statement: "1000",
};

/** The standard flags with an instance's own, in the order of their names. */
export function flagsWith(own: Flags = {}): { name: string; value: string }[] {
  return Object.entries({ ...standardFlags, ...own })
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
