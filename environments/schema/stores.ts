import { z } from "zod";
import { duration, oneOf, region, weekday, whole } from "../fields";

/** Memorystore for Redis; needs `network.servicesRange`. */
export const cache = z.strictObject({
  /** Memory in GB, 1 to 300. */
  memoryGb: whole(1, 300),
  /** Version of Redis. */
  version: oneOf("7.0", "7.2"),
  /** A second node in another zone takes over. */
  highAvailability: z.boolean({ error: "true or false" }),
  /** When Google may restart it, in UTC. */
  maintenance: z.strictObject({
    /** Day of the week. */
    day: weekday,
    /** Hour at which it begins, 0 to 23. */
    hour: whole(0, 23),
  }),
});

/** Cloud SQL for PostgreSQL; needs `network.servicesRange`. */
export const relational = z.strictObject({
  /** Major version of PostgreSQL. */
  version: oneOf("15", "16", "17"),
  /** Cores of the machine, 1 or an even number up to 96. */
  cores: whole(1, 96),
  /** Memory in GB, 4 to 624. */
  memoryGb: whole(4, 624),
  /** Disk in GB at the start; it grows by itself. */
  diskGb: whole(10, 65_536),
  /** A second machine in another zone takes over. */
  highAvailability: z.boolean({ error: "true or false" }),
  /** How many daily backups are kept. */
  backups: whole(1, 365),
  /** How far back any moment can be restored, 1 to 7 days. */
  restoreWindow: duration("day"),
  /** Region with a copy that follows and can take over; `"none"` for none. */
  replicaIn: oneOf("none", ...region.options),
  /** When Google may restart it, in UTC. */
  maintenance: z.strictObject({
    /** Day of the week. */
    day: weekday,
    /** Hour at which it begins, 0 to 23. */
    hour: whole(0, 23),
  }),
});
