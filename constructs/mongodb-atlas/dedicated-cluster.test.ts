import fc from "fast-check";
import { refusals, synthesized } from "../testing";
import { hourlyCost } from "./cluster-shape";
import type { DedicatedClusterProps } from "./dedicated-cluster";
import { exampleCluster, exampleShape } from "./example-cluster";
import { tierNames, tiers } from "./tiers";

const build = (change: Partial<DedicatedClusterProps> = {}) =>
  synthesized((stack) => exampleCluster(stack, change)).one("mongodbatlas_advanced_cluster");

const refusedFields = (change: object) => refusals(() => build(change)).map((line) => line.split(":")[0]);

test("has backups, protection and TLS 1.2, all written out, off as well as on", () => {
  expect(build({ terminationProtection: false, pointInTime: false })).toMatchObject({
    cluster_type: "REPLICASET",
    version_release_system: "LTS",
    backup_enabled: true,
    pit_enabled: false,
    retain_backups_enabled: true,
    paused: false,
    termination_protection_enabled: false,
    encryption_at_rest_provider: "NONE",
    advanced_configuration: { minimum_enabled_tls_protocol: "TLS1_2" },
    replication_specs: [
      {
        region_configs: [
          {
            provider_name: "GCP",
            region_name: "WESTERN_EUROPE",
            priority: 7,
            electable_specs: { instance_size: "M10", node_count: 3, disk_size_gb: 10 },
            auto_scaling: { compute_enabled: false, disk_gb_enabled: false },
          },
        ],
      },
    ],
    tags: [{ key: "env", value: "dev" }],
  });
});

test("spans regions in the order of preference, with nodes for reads and for long queries", () => {
  const { replication_specs } = build({
    tier: "M30",
    nodes: 2,
    readOnlyNodes: 1,
    analyticsNodes: 1,
    analyticsTier: "M40",
    otherRegions: [
      { region: "EUROPE_WEST_3", nodes: 2 },
      { region: "EUROPE_WEST_4", nodes: 1 },
      { region: "US_EAST_4", nodes: 0, readOnlyNodes: 2 },
    ],
  }) as { replication_specs: { region_configs: Record<string, unknown>[] }[] };
  const regions = replication_specs[0]?.region_configs ?? [];
  expect(regions.map(({ region_name, priority }) => [region_name, priority])).toEqual([
    ["WESTERN_EUROPE", 7],
    ["EUROPE_WEST_3", 6],
    ["EUROPE_WEST_4", 5],
    ["US_EAST_4", 0],
  ]);
  expect(regions[0]).toMatchObject({
    electable_specs: { instance_size: "M30", node_count: 2 },
    read_only_specs: { instance_size: "M30", node_count: 1 },
    analytics_specs: { instance_size: "M40", node_count: 1 },
  });
  expect(regions[3]).not.toHaveProperty("electable_specs");
});

test("is sharded by one specification for each shard, without the deprecated count", () => {
  const cluster = build({ tier: "M30", shards: 3 });
  expect(cluster).toMatchObject({ cluster_type: "SHARDED" });
  expect(cluster.replication_specs).toHaveLength(3);
  expect(JSON.stringify(cluster)).not.toContain("num_shards");
});

test("leaves alone what Atlas changes by itself, in every shard, region and kind of node", () => {
  const path = (shard: number, region: number, spec: string, attribute: string) =>
    `replication_specs[${shard}].region_configs[${region}].${spec}[0].${attribute}`;
  const scaled = build({
    tier: "M30",
    scaling: { tier: { from: "M30", to: "M50" } },
    shards: 2,
    analyticsNodes: 1,
  });
  expect(scaled.lifecycle).toEqual({
    ignore_changes: [0, 1].flatMap((shard) =>
      ["electable_specs", "analytics_specs"].flatMap((spec) => [
        path(shard, 0, spec, "instance_size"),
        path(shard, 0, spec, "disk_size_gb"),
      ]),
    ),
  });
  expect(JSON.stringify(scaled)).toContain('"compute_max_instance_size":"M50"');
  expect(build({ scaling: { disk: true } }).lifecycle).toEqual({
    ignore_changes: [path(0, 0, "electable_specs", "disk_size_gb")],
  });
  expect(build()).not.toHaveProperty("lifecycle");
});

test("may go without backups, but not with continuous ones then", () => {
  expect(build({ backups: false, pointInTime: false })).toMatchObject({
    backup_enabled: false,
    retain_backups_enabled: false,
  });
  expect(refusedFields({ backups: false })).toEqual(["pointInTime"]);
});

test("refuses shared tiers, even numbers of nodes, small disks, old versions and long names at once", () => {
  const wrong = { name: "n".repeat(65), tier: "M0", nodes: 4, diskGb: 5, version: "6.0" };
  expect(refusedFields(wrong)).toEqual(["name", "version", "tier", "nodes", "diskGb"]);
});

test.each<[string, object, string]>([
  ["a disk that the tier doesn't have", { diskGb: 129 }, "diskGb"],
  ["a region that Atlas has elsewhere", { region: "EU_WEST_1" }, "region"],
  ["a region twice", { nodes: 2, otherRegions: [{ region: "WESTERN_EUROPE", nodes: 1 }] }, "otherRegions"],
  [
    "no node that can become primary",
    { nodes: 0, otherRegions: [{ region: "US_EAST_4", nodes: 3 }] },
    "nodes",
  ],
  ["a region without nodes", { otherRegions: [{ region: "US_EAST_4", nodes: 0 }] }, "otherRegions.0.nodes"],
  ["shards of small nodes", { shards: 1 }, "tier"],
  ["scaling around another size", { scaling: { tier: { from: "M20", to: "M30" } } }, "scaling.tier"],
  ["a size that is none to scale to", { scaling: { tier: { from: "M10", to: "M15" } } }, "scaling.tier.to"],
])("refuses %s", (_, change, field) => {
  expect(refusedFields(change)).toEqual([field]);
});

test("refuses services that could take more than 70 % of a node's connections", () => {
  const orders = { name: "orders", maxInstances: 25, poolSize: 20 };
  const consumers = [{ name: "catalogue", maxInstances: 5, poolSize: 10 }, orders];
  expect(refusals(() => build({ consumers }))).toEqual([
    "consumers: at most 1050, 70 % of the 1500 of M10; orders alone may open 1000: fewer instances, smaller pools or a larger tier",
  ]);
  // A cluster that scales is counted at its smallest.
  expect(refusedFields({ consumers, tier: "M20", scaling: { tier: { from: "M10", to: "M30" } } })).toEqual([
    "consumers",
  ]);
  expect(() => build({ consumers, tier: "M20" })).not.toThrow();
});

test("stands twice in one stack, with the longest legal name, and hands its configuration to transform last", () => {
  const { all } = synthesized((stack) => {
    exampleCluster(stack, { name: "n".repeat(64) }, "one");
    exampleCluster(
      stack,
      {
        transform: {
          cluster: (config) => {
            config.redactClientLogData = true;
          },
        },
      },
      "two",
    );
  });
  expect(all("mongodbatlas_advanced_cluster").map((cluster) => cluster.redact_client_log_data)).toEqual([
    undefined,
    true,
  ]);
});

test("costs in proportion to its nodes and shards", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...tierNames),
      fc.constantFrom(3, 5, 7),
      fc.integer({ min: 1, max: 9 }),
      (tier, nodes, shards) => {
        const cost = hourlyCost({ ...exampleShape, tier, nodes, shards });
        expect(cost).toBeCloseTo((tiers[tier].hourlyUsd / 3) * nodes * shards);
      },
    ),
  );
});
