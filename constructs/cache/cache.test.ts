import { refusals, synthesized } from "../testing";
import { Cache, type CacheProps } from "./cache";

const type = "google_redis_instance";
const props: CacheProps = {
  name: "shop-cache",
  region: "europe-west1",
  network: { networkId: "projects/shop-dev/global/networks/dev-network" },
  services: { rangeName: "google-services" },
  memoryGb: 5,
  maintenance: { day: "tuesday", hour: 3 },
};
const build = (change: Partial<CacheProps> = {}) =>
  synthesized((stack) => new Cache(stack, "cache", { ...props, ...change }));

describe("Cache", () => {
  test("GIVEN a place THEN it is private, demands a password, speaks TLS and has a second node", () => {
    expect(build().one(type)).toMatchObject({
      tier: "STANDARD_HA",
      memory_size_gb: 5,
      redis_version: "REDIS_7_2",
      redis_configs: { "maxmemory-policy": "allkeys-lru" },
      connect_mode: "PRIVATE_SERVICE_ACCESS",
      authorized_network: "projects/shop-dev/global/networks/dev-network",
      reserved_ip_range: "google-services",
      auth_enabled: true,
      transit_encryption_mode: "SERVER_AUTHENTICATION",
      persistence_config: { persistence_mode: "DISABLED" },
      maintenance_policy: {
        weekly_maintenance_window: [{ day: "TUESDAY", start_time: { hours: 3, minutes: 0 } }],
      },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("GIVEN other intents THEN they are Redis's and Google's words", () => {
    const change = {
      availability: "single",
      version: "6.x",
      snapshots: "12 hours",
      eviction: "never",
      protected: false,
    } as const;
    expect(build(change).one(type)).toMatchObject({
      tier: "BASIC",
      redis_version: "REDIS_6_X",
      redis_configs: { "maxmemory-policy": "noeviction" },
      persistence_config: { persistence_mode: "RDB", rdb_snapshot_period: "TWELVE_HOURS" },
      lifecycle: { prevent_destroy: false },
    });
  });

  test("says its password nowhere", () => {
    let cache: Cache | undefined;
    const { resources } = synthesized((stack) => {
      cache = new Cache(stack, "cache", props);
    });
    expect(JSON.stringify(resources)).not.toContain("auth_string");
    expect(Object.keys(cache ?? {}).join(" ")).not.toMatch(/auth|password/i);
    expect(cache?.host).toContain("${TfToken");
  });

  test("reports everything that is wrong at once", () => {
    const wrong = { name: "Cache", memoryGb: 0.5, maintenance: { day: "monday", hour: 24 } } as const;
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "name",
      "memoryGb",
      "maintenance.hour",
    ]);
  });

  test("stands twice in one stack, the second with the longest name, and hands its configuration to transform", () => {
    const { all } = synthesized((stack) => {
      new Cache(stack, "one", props);
      new Cache(stack, "two", {
        ...props,
        name: `c${"x".repeat(39)}`,
        transform: {
          instance: (config) => {
            config.displayName = "changed";
          },
        },
      });
    });
    expect(all(type).filter(({ display_name }) => display_name === "changed")).toHaveLength(1);
    expect(all(type)).toHaveLength(2);
  });
});
