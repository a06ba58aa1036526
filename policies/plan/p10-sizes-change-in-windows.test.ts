import { judgedPlanBy } from "../testing";
import { sizesChangeInWindows } from "./p10-sizes-change-in-windows";

const specs = (size: string, nodes = 3) => ({
  replication_specs: [
    { id: "x", region_configs: [{ electable_specs: [{ instance_size: size, node_count: nodes }] }] },
  ],
});
const cluster = (before: object, after: object, unknown = {}) => ({
  "mongodbatlas_advanced_cluster.c": {
    before: before as Record<string, never>,
    after: after as Record<string, never>,
    unknown,
  },
});
const path = (name: string) => `replication_specs[0].region_configs[0].electable_specs[0].${name}`;

describe("P10", () => {
  test("GIVEN no database WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(sizesChangeInWindows, {})).toEqual("not applicable");
  });

  test("GIVEN the same size WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(
        sizesChangeInWindows,
        cluster(specs("M10"), specs("M10"), { replication_specs: [{ id: true }] }),
      ),
    ).toEqual("compliant");
  });

  test("GIVEN a size known later, in dev WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(sizesChangeInWindows, cluster(specs("M10"), {}, { replication_specs: true }), {
        pack: "dev",
      }),
    ).toEqual("compliant");
  });

  test("GIVEN another tier WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(sizesChangeInWindows, cluster(specs("M10"), specs("M30")))).toEqual([
      path("instance_size"),
    ]);
  });

  test("GIVEN more nodes WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(sizesChangeInWindows, cluster(specs("M10"), specs("M10", 5)))).toEqual([
      path("node_count"),
    ]);
  });

  test("GIVEN a size known later, in production WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(sizesChangeInWindows, cluster(specs("M10"), {}, { replication_specs: true })),
    ).toEqual(["replication_specs"]);
  });

  test("GIVEN another tier of SQL WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(sizesChangeInWindows, {
        "google_sql_database_instance.i": {
          before: { settings: [{ tier: "a" }] },
          after: { settings: [{ tier: "b" }] },
        },
      }),
    ).toEqual(["settings.tier"]);
  });
});
