import { z } from "zod";
import { atlasRegion, atlasTier, oneOf, privateRange, text, weekday, whole } from "../fields";
import { backups } from "./backups";

/** The MongoDB cluster and what surrounds it. */
export const atlas = z.strictObject({
  /** Size of the cluster's nodes. M10 and larger have backups, private endpoints and users without passwords; `FLEX` has none of these. */
  tier: oneOf("FLEX", ...atlasTier.options),
  /** MongoDB major version; users without passwords need 7.0.11 or newer. */
  version: oneOf("7.0", "8.0"),
  /** Atlas's name of the region, `WESTERN_EUROPE` for europe-west1. */
  region: atlasRegion,
  /** Electable nodes: 3, 5 or 7. */
  nodes: z.union([z.literal(3), z.literal(5), z.literal(7)], { error: "3, 5 or 7" }),
  /** Nodes for reports, which no application waits for; they never become primary. */
  analyticsNodes: whole(0, 20),
  /** Disk of each node in GB, 10 to 4096. */
  diskGb: whole(10, 4096),
  /** Grows and shrinks by itself; `"none"` keeps tier and disk as they are. */
  autoscaling: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** Smallest tier. */
        minTier: atlasTier,
        /** Largest tier: caps the bill. */
        maxTier: atlasTier,
        /** The disk grows when it is nearly full. */
        disk: z.boolean({ error: "true or false" }),
      }),
    ],
    { error: '"none", or { minTier, maxTier, disk }' },
  ),
  /** Continuous backup: restore to any second of `backups.restoreWindow`. */
  pointInTime: z.boolean({ error: "true or false" }),
  /** Atlas refuses to delete the cluster. To delete it, first apply `false`, then remove it. */
  terminationProtection: z.boolean({ error: "true or false" }),
  /** Which snapshots are taken, and how long each is kept; `"none"` with FLEX, which takes its own. */
  backups: z.union([z.literal("none"), backups], { error: '"none", or which snapshots are kept' }),
  /** When Atlas may restart nodes, in UTC. */
  maintenance: z.strictObject({
    /** Day of the week. */
    day: weekday,
    /** Hour at which it begins, 0 to 23. */
    hour: whole(0, 23),
  }),
  /** How the services reach the cluster: through Private Service Connect, or over the internet from a few addresses. */
  access: z.union(
    [
      z.strictObject({
        /** Private Service Connect: the cluster answers at addresses of our own network. */
        kind: z.literal("private"),
        /** Range of the subnet that holds the addresses, a /26. */
        range: privateRange(26),
        /** Addresses, as many as Atlas attaches in a region: Atlas's own number is 50. Can't change later. */
        endpoints: whole(3, 50),
      }),
      z.strictObject({
        /** Over the internet, from the addresses of Cloud NAT and those named here. */
        kind: z.literal("public"),
        /** Further ranges, such as an office's. Never the whole internet. */
        ranges: z.array(
          z.strictObject({
            /** Range of addresses in CIDR notation. */
            range: text(
              /^(\d{1,3}\.){3}\d{1,3}\/(?!0$)\d{1,2}$/,
              "an IPv4 range such as 203.0.113.0/28, never the whole internet",
            ),
            /** Whose it is. */
            comment: text(/^[^\n\r]{1,80}$/, "one line, at most 80 characters"),
          }),
        ),
      }),
    ],
    { error: '{ kind: "private", range, endpoints }, or { kind: "public", ranges }' },
  ),
  /** Who did what in the database is written down. M10 and larger. */
  auditing: z.boolean({ error: "true or false" }),
});
export type Atlas = z.infer<typeof atlas>;
