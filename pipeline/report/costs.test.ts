import { planChanges } from "../plan/changes";
import type { ChangeJson, Json } from "../terraform/plan-json";
import { costsOfAnotherKind } from "./costs";
import { risksOf } from "./risks";
import { samplePlan, sampleResource } from "./sample-plans";

const cluster = "mongodbatlas_advanced_cluster";
const costs = (type: string, before: Json, after: Json) =>
  planChanges(samplePlan(sampleResource(`${type}.x`, { actions: ["update"], before, after })))
    .resources.flatMap(risksOf)
    .flatMap(({ kind, text }) => (kind === "cost" ? [text] : []));
/** A cluster in one region, as the provider has it. */
const region = (config: object): Json => ({ replication_specs: [{ region_configs: [config as Json] }] });
const tier = (instance_size: string | null, more: object = {}) =>
  region({ electable_specs: { instance_size, node_count: 3 }, ...more });
const scaling = (auto_scaling: object | null) => region({ auto_scaling });

describe("what a change does to the bill", () => {
  test.each<[string, Json, Json, string[]]>([
    [
      "a larger tier",
      tier("M10"),
      tier("M30"),
      ["costs more: M10 → M30, about 19 → 131 US dollars a month for each node, by list price"],
    ],
    [
      "a smaller tier",
      tier("M30"),
      tier("M10"),
      ["costs less: M30 → M10, about 131 → 19 US dollars a month for each node, by list price"],
    ],
    ["a tier without a price", tier("R40"), tier("R60"), ["costs more: R40 → R60"]],
    ["a tier of another kind", tier("M40"), tier("R40"), ["costs something else: M40 → R40"]],
    [
      "a tier instead of Flex, in place",
      region({ provider_name: "FLEX", electable_specs: null }),
      region({ provider_name: "GCP", electable_specs: { instance_size: "M10" } }),
      [
        "costs more: Flex → M10; Flex costs at most 30 US dollars a month, M10 about 19 for each node, by list price",
      ],
    ],
    [
      "analytics nodes",
      region({ analytics_specs: { instance_size: "M30", node_count: 1 } }),
      region({ analytics_specs: { instance_size: "M40", node_count: 2 } }),
      [
        "costs more: analytics nodes M30 → M40, about 131 → 253 US dollars a month for each node, by list price",
        "costs more: analytics nodes 1 → 2",
      ],
    ],
    [
      "more nodes and disk",
      region({ electable_specs: { node_count: 3, disk_size_gb: 40 } }),
      region({ electable_specs: { node_count: 5, disk_size_gb: 80 } }),
      [
        "costs more: electable nodes 3 → 5",
        "may cost more: disk of each node 40 → 80 GB, of which a tier includes some",
      ],
    ],
    [
      "higher bounds of growth",
      scaling({ compute_min_instance_size: "M10", compute_max_instance_size: "M30" }),
      scaling({ compute_min_instance_size: "M20", compute_max_instance_size: "M40" }),
      [
        "may cost more: nodes shrink by themselves no further than M10 → M20, about 19 → 49 US dollars a month for each node, by list price",
        "may cost more: nodes grow by themselves up to M30 → M40, about 131 → 253 US dollars a month for each node, by list price",
      ],
    ],
    [
      "growth for the first time",
      scaling(null),
      scaling({ compute_enabled: true, compute_max_instance_size: "M40", disk_gb_enabled: true }),
      [
        "may cost more: nodes grow by themselves",
        "may cost more: nodes grow by themselves up to M40, about 253 US dollars a month for each node, by list price",
        "may cost more: disks grow by themselves",
      ],
    ],
    [
      "growth no longer",
      scaling({ disk_gb_enabled: true }),
      scaling({ disk_gb_enabled: false }),
      ["may cost less: no longer: disks grow by themselves"],
    ],
    [
      "nothing of a price",
      { ...(tier("M10") as object), paused: false },
      { ...(tier("M10") as object), paused: true },
      [],
    ],
  ])("GIVEN %s THEN it says so, with the prices that are known", (_what, before, after, expected) => {
    expect(costs(cluster, before, after).sort()).toEqual([...expected].sort());
  });

  test("GIVEN the same change in several regions THEN it is told once; GIVEN a size known later THEN nothing is", () => {
    const regions = (size: string): Json => ({
      replication_specs: [{ region_configs: Array(3).fill({ electable_specs: { instance_size: size } }) }],
    });
    expect(costs(cluster, regions("M10"), regions("M20"))).toHaveLength(1);
    const unknown: ChangeJson = {
      actions: ["update"],
      before: regions("M10"),
      after: {},
      after_unknown: { replication_specs: true },
    };
    const changes = planChanges(samplePlan(sampleResource(`${cluster}.x`, unknown))).resources;
    expect(changes.flatMap(risksOf).filter(({ kind }) => kind === "cost")).toEqual([]);
  });

  test("GIVEN other stores THEN their sizes are told without inventing prices", () => {
    expect(costs("google_redis_instance", { memory_size_gb: 1 }, { memory_size_gb: 5 })).toEqual([
      "costs more: memory 1 → 5 GB",
    ]);
    expect(
      costs(
        "google_sql_database_instance",
        { settings: [{ tier: "db-custom-1-3840", disk_size: 10 }] },
        { settings: [{ tier: "db-custom-2-7680", disk_size: 20 }] },
      ),
    ).toEqual(["costs something else: db-custom-1-3840 → db-custom-2-7680", "costs more: disk 10 → 20 GB"]);
  });

  test("GIVEN a Flex cluster that becomes a dedicated one, or back THEN the bill is told beside the loss", () => {
    const change = (from: string, to: string, size: Json) =>
      planChanges(
        samplePlan(
          sampleResource(`${from}.c`, {
            actions: ["delete"],
            before: { name: "shop", ...(from === cluster ? (size as object) : {}) },
            after: null,
          }),
          sampleResource(`${to}.c`, {
            actions: ["create"],
            before: null,
            after: { name: "shop", ...(to === cluster ? (size as object) : {}) },
          }),
        ),
      ).resources;
    const flex = "mongodbatlas_flex_cluster";
    const texts = (from: string, to: string) =>
      change(from, to, tier("M10")).flatMap((one, _, all) =>
        costsOfAnotherKind(one, all).map(({ text }) => [one.address, text]),
      );
    expect(texts(flex, cluster)).toEqual([
      [
        `${cluster}.c`,
        "costs more: Flex → M10; Flex costs at most 30 US dollars a month, M10 about 19 for each node, by list price",
      ],
    ]);
    expect(texts(cluster, flex)).toEqual([
      [
        `${flex}.c`,
        "costs less: M10 → Flex; Flex costs at most 30 US dollars a month, M10 about 19 for each node, by list price",
      ],
    ]);
  });
});
