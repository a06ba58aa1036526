import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Tier, tiers } from "./tiers";

/** Share of a node's connections that services may take at worst: the rest is for Atlas, people and surprises. */
export const largestShare = 0.7;

/** A service that connects to a cluster. */
export interface ConnectionConsumer {
  /** Name of the service. */
  readonly name: string;
  /** Instances of one version at most. */
  readonly maxInstances: number;
  /** `maxPoolSize` of the driver: connections that one instance opens to each node. */
  readonly poolSize: number;
  /**
   * Versions that serve at the same time.
   *
   * @default 2 - the version that is there, and the one that a canary or a rollout adds
   */
  readonly liveVersions?: number;
}

/** What a cluster's connections are enough for. */
export interface ConnectionBudget {
  /** Connections that one node takes. */
  readonly limit: number;
  /** Connections that all services together may open to one node. */
  readonly used: number;
  /** `used` of `limit`, 0 and up. */
  readonly share: number;
  /** Whether `share` is at most 70 %. */
  readonly fits: boolean;
  /** Connections by service. */
  readonly byConsumer: Readonly<Record<string, number>>;
}

/**
 * Compares what services may open with what a node takes. A driver keeps a pool for every node, so the number of nodes
 * plays no part; with mongos in between the limit is a router's, which is the same.
 *
 * @param tier the cluster's size; of a cluster that scales, the smallest that it may have
 */
export function connectionBudget(tier: Tier, consumers: readonly ConnectionConsumer[]): ConnectionBudget {
  const byConsumer = Object.fromEntries(
    consumers.map(({ name, maxInstances, poolSize, liveVersions = 2 }) => [
      name,
      maxInstances * poolSize * liveVersions,
    ]),
  );
  const limit = tiers[tier].connections;
  const used = Object.values(byConsumer).reduce((sum, connections) => sum + connections, 0);
  const share = used / limit;
  return { limit, used, share, fits: share <= largestShare, byConsumer };
}

/** A problem when the services may open more than 70 % of a node's connections; it names the largest consumer. */
export function checkConnectionBudget(
  tier: Tier,
  consumers: readonly ConnectionConsumer[],
): Problem | undefined {
  const { used, limit, fits, byConsumer } = connectionBudget(tier, consumers);
  const [largest, most] = Object.entries(byConsumer).sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  return check(
    fits,
    "consumers",
    `${used} connections to a node`,
    `at most ${Math.floor(limit * largestShare)}, 70 % of the ${limit} of ${tier}; ${largest} alone may open ${most}: fewer instances, smaller pools or a larger tier`,
  );
}
