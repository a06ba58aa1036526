import { RedisInstance, type RedisInstanceConfig } from "@cdktf/provider-google/lib/redis-instance";
import { Construct } from "constructs";
import type { NetworkLike } from "../network/network-name";
import type { PrivateServicesLike } from "../network/private-services-access";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** A cache as services reach it. */
export interface CacheLike {
  /** Private address; known only after it is made. */
  readonly host: string;
  /** 6378, as it speaks TLS. */
  readonly port: string;
}

/** How often a snapshot is written to disk, from which the cache comes back after a failure. */
export type SnapshotInterval = "1 hour" | "6 hours" | "12 hours" | "24 hours";

const snapshotPeriod = {
  "1 hour": "ONE_HOUR",
  "6 hours": "SIX_HOURS",
  "12 hours": "TWELVE_HOURS",
  "24 hours": "TWENTY_FOUR_HOURS",
} as const satisfies Record<SnapshotInterval, string>;

/** Props of `Cache`. */
export interface CacheProps extends Transformable<{ instance: RedisInstanceConfig }> {
  /** 2 to 40 lowercase letters, digits and hyphens, starting with a letter. Can't change. */
  readonly name: string;
  /** Can't change. */
  readonly region: string;
  /** Where it is reached from. Can't change. */
  readonly network: NetworkLike;
  /** The range of the network for Google's databases. Can't change. */
  readonly services: PrivateServicesLike;
  /** Memory in GB, 1 to 300; about a fifth is used up by writing snapshots and failing over. */
  readonly memoryGb: number;
  /**
   * `single`: one node; it is empty after a failure. `replicated`: a second node in another zone takes over, 99.9 %.
   * Can't change.
   *
   * @default "replicated"
   */
  readonly availability?: "single" | "replicated";
  /** Redis version; can be raised, lowering makes a new instance. @default "7.2" */
  readonly version?: "6.x" | "7.0" | "7.2";
  /** How often it is written to disk. @default "none"; a cache can be filled again */
  readonly snapshots?: SnapshotInterval | "none";
  /** What goes when memory is full. @default "least-recently-used" */
  readonly eviction?: "least-recently-used" | "least-frequently-used" | "expiring-only" | "never";
  /** When Google may restart it, in UTC; an hour long. */
  readonly maintenance: {
    readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
    /** 0 to 23. */
    readonly hour: number;
  };
  /** Terraform refuses to destroy it. @default true */
  readonly protected?: boolean;
}

const evictionPolicy = {
  "least-recently-used": "allkeys-lru",
  "least-frequently-used": "allkeys-lfu",
  "expiring-only": "volatile-ttl",
  never: "noeviction",
} as const;

/**
 * A Redis in the private network that demands a password and speaks TLS only. Google chooses the password; it is never
 * an output, a label or a variable here. Its owner copies it into a secret by hand, see the README.
 *
 * @throws UserError when the name is none, or memory or the hour don't fit
 * @see https://cloud.google.com/memorystore/docs/redis
 */
export class Cache extends Construct implements CacheLike {
  readonly host: string;
  readonly port: string;

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const instance = this.createInstance(props);
    this.host = instance.host;
    this.port = instance.getStringAttribute("port");
  }

  private validate({ name, memoryGb, maintenance }: CacheProps): void {
    const { hour } = maintenance;
    refuse(this, `cache ${name}`, [
      checkName(
        name,
        /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
        "name",
        "2 to 40 lowercase letters, digits and hyphens, starting with a letter, not ending with a hyphen",
      ),
      check(
        Number.isInteger(memoryGb) && memoryGb >= 1 && memoryGb <= 300,
        "memoryGb",
        memoryGb,
        "a whole number of GB, 1 to 300",
      ),
      check(
        Number.isInteger(hour) && hour >= 0 && hour <= 23,
        "maintenance.hour",
        hour,
        "a whole number from 0 to 23",
      ),
    ]);
  }

  private createInstance(props: CacheProps): RedisInstance {
    const {
      name,
      region,
      network,
      services,
      memoryGb,
      version = "7.2",
      eviction = "least-recently-used",
    } = props;
    const { availability = "replicated", snapshots = "none", maintenance, transform } = props;
    return new RedisInstance(
      this,
      "instance",
      transformed<RedisInstanceConfig>(
        {
          name,
          region,
          tier: availability === "single" ? "BASIC" : "STANDARD_HA",
          memorySizeGb: memoryGb,
          redisVersion: `REDIS_${version.replace(".", "_").toUpperCase()}`,
          redisConfigs: { "maxmemory-policy": evictionPolicy[eviction] },
          authorizedNetwork: network.networkId,
          connectMode: "PRIVATE_SERVICE_ACCESS",
          reservedIpRange: services.rangeName,
          authEnabled: true,
          transitEncryptionMode: "SERVER_AUTHENTICATION",
          persistenceConfig:
            snapshots === "none"
              ? { persistenceMode: "DISABLED" }
              : { persistenceMode: "RDB", rdbSnapshotPeriod: snapshotPeriod[snapshots] },
          maintenancePolicy: {
            weeklyMaintenanceWindow: [
              {
                day: maintenance.day.toUpperCase(),
                startTime: { hours: maintenance.hour, minutes: 0, seconds: 0, nanos: 0 },
              },
            ],
          },
          lifecycle: { preventDestroy: props.protected ?? true },
          ...(services.connection ? { dependsOn: [services.connection] } : {}),
        },
        transform?.instance,
      ),
    );
  }
}
