/**
 * List prices of dedicated Atlas clusters: a replica set of three in Iowa, in US dollars an hour, with the disk that it
 * includes. Estimates to compare with, for prices differ by region (up to twice) and change. `test/atlas-tables.test.ts`
 * holds them against those of the constructs.
 *
 * @see https://www.mongodb.com/pricing
 */
export const replicaSetHourlyUsd: Readonly<Record<string, number>> = {
  M10: 0.08,
  M20: 0.2,
  M30: 0.54,
  M40: 1.04,
  M50: 2,
  M60: 3.95,
  M80: 7.3,
  M140: 10.99,
  M200: 14.59,
  M250: 18.2,
  M300: 21.85,
  M400: 22.4,
};

/** The most that a Flex cluster costs a month, in US dollars. @see https://www.mongodb.com/docs/atlas/billing/atlas-flex-costs/ */
export const flexMonthlyUsd = 30;

const hoursAMonth = 730;

/** What one node of a size costs a month, in whole US dollars; undefined where no price is known. */
export function nodeMonthlyUsd(tier: string): number | undefined {
  const hourly = Object.hasOwn(replicaSetHourlyUsd, tier) ? replicaSetHourlyUsd[tier] : undefined;
  return hourly === undefined ? undefined : Math.round((hourly / 3) * hoursAMonth);
}
