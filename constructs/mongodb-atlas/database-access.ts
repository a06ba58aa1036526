/** What may be done in a database, by the job: reading, or reading and writing documents and indexes. */
export const actionsOf = {
  read: ["FIND", "LIST_COLLECTIONS", "LIST_INDEXES", "COLL_STATS", "DB_STATS"],
  "read-write": [
    "FIND",
    "INSERT",
    "UPDATE",
    "REMOVE",
    "CREATE_COLLECTION",
    "CREATE_INDEX",
    "DROP_INDEX",
    "LIST_COLLECTIONS",
    "LIST_INDEXES",
    "COLL_STATS",
    "DB_STATS",
  ],
} as const;

/** What may be done in a database. */
export type DatabaseAccess = keyof typeof actionsOf;

/** Names of databases with at most so many bytes: letters, digits, hyphens and underscores only. */
export function databaseNamePattern(bytes: number): RegExp {
  return new RegExp(`^[A-Za-z0-9_-]{1,${bytes}}$`);
}

/** Names of roles of a project's own. */
export const roleNamePattern = /^(?!xgen-)[A-Za-z0-9_-]{1,64}$/;
