/** What a size of dedicated cluster is, per node where nothing else is said. */
export interface TierFacts {
  /** Memory of a node in GB. */
  readonly memoryGb: number;
  /** Connections that one node takes, Atlas's own (about ten) included. */
  readonly connections: number;
  /** Disk in GB that the price includes. */
  readonly includedDiskGb: number;
  /** The smallest and the largest disk of a node in GB. */
  readonly diskGb: readonly [least: number, most: number];
  /**
   * List price of a replica set of three in US dollars an hour, with the disk that it includes. An estimate to compare
   * and to warn with: prices differ by region (up to twice) and change; the invoice is Atlas's.
   */
  readonly hourlyUsd: number;
}

/**
 * Dedicated sizes that Atlas has on Google Cloud, smallest first.
 *
 * Sources: Atlas documentation, "Google Cloud" (memory, storage) and "Atlas Service Limits" (connections); MongoDB's
 * price page (a replica set in Iowa), rounded. Where the documents of different years disagree, the lower limit stands
 * here.
 *
 * @see https://www.mongodb.com/docs/atlas/reference/google-gcp/
 * @see https://www.mongodb.com/docs/atlas/reference/atlas-limits/
 * @see https://www.mongodb.com/pricing
 */
export const tiers = {
  M10: tier(2, 1_500, 10, 128, 0.08),
  M20: tier(4, 3_000, 20, 255, 0.2),
  M30: tier(8, 3_000, 40, 512, 0.54),
  M40: tier(16, 6_000, 80, 1_024, 1.04),
  M50: tier(32, 16_000, 160, 4_096, 2),
  M60: tier(64, 32_000, 320, 4_096, 3.95),
  M80: tier(128, 64_000, 750, 4_096, 7.3),
  M140: tier(192, 96_000, 1_000, 4_096, 10.99),
  M200: tier(256, 128_000, 1_500, 4_096, 14.59),
  M250: tier(320, 128_000, 1_500, 4_096, 18.2),
  M300: tier(384, 128_000, 2_000, 4_096, 21.85),
  M400: tier(512, 128_000, 3_000, 4_096, 22.4),
} as const;

/** Name of a dedicated size: `M30`. */
export type Tier = keyof typeof tiers;

/** All names, smallest first. */
export const tierNames = Object.keys(tiers) as Tier[];

/** The limits of a Flex cluster; nothing of it can be configured. @see https://www.mongodb.com/docs/atlas/reference/flex-limitations/ */
export const flexLimits = {
  connections: 500,
  diskGb: 5,
  /** Bytes of a database's name. */
  databaseNameBytes: 38,
  /** The most that a month costs, in US dollars. */
  monthlyUsd: 30,
} as const;

/** Bytes of a database's name on a dedicated cluster. @see https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions */
export const databaseNameBytes = 63;

/** Whether Atlas has a dedicated size of that name on Google Cloud. */
export function isTier(name: string): name is Tier {
  return Object.hasOwn(tiers, name);
}

/** Below zero when `a` is smaller than `b`, above when it is larger. */
export function compareTiers(a: Tier, b: Tier): number {
  return tierNames.indexOf(a) - tierNames.indexOf(b);
}

function tier(
  memoryGb: number,
  connections: number,
  includedDiskGb: number,
  mostDiskGb: number,
  hourlyUsd: number,
): TierFacts {
  return { memoryGb, connections, includedDiskGb, diskGb: [10, mostDiskGb], hourlyUsd };
}
