import { judgedBy } from "../testing";
import { clustersAreDependable } from "./s17-clusters-are-dependable";

const cluster = (more = {}, size = "M10") => ({
  "mongodbatlas_advanced_cluster.c": {
    replication_specs: [{ region_configs: [{ electable_specs: { instance_size: size } }] }],
    backup_enabled: true,
    pit_enabled: true,
    termination_protection_enabled: true,
    advanced_configuration: { minimum_enabled_tls_protocol: "TLS1_2" },
    tags: [{ key: "env", value: "prod" }],
    ...more,
  },
});

describe("S17", () => {
  test("GIVEN no cluster WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(clustersAreDependable, {})).toEqual("not applicable");
  });

  test("GIVEN a dependable one WHEN judged THEN it is compliant", () => {
    expect(judgedBy(clustersAreDependable, cluster())).toEqual("compliant");
  });

  test("GIVEN without point-in-time, outside of production WHEN judged THEN it is compliant", () => {
    expect(judgedBy(clustersAreDependable, cluster({ pit_enabled: false }), { pack: "staging" })).toEqual(
      "compliant",
    );
  });

  test("GIVEN without point-in-time, in production WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(clustersAreDependable, cluster({ pit_enabled: false }))).toEqual(["pit_enabled"]);
  });

  test("GIVEN a shared tier WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(clustersAreDependable, cluster({}, "M2"))).toEqual([
      "replication_specs.region_configs.electable_specs.instance_size",
    ]);
  });

  test("GIVEN nothing said WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(clustersAreDependable, {
        "mongodbatlas_advanced_cluster.c": {
          replication_specs: [{ region_configs: [{ electable_specs: { instance_size: "M30" } }] }],
        },
      }),
    ).toEqual([
      "backup_enabled",
      "termination_protection_enabled",
      "pit_enabled",
      "tags",
      "advanced_configuration.minimum_enabled_tls_protocol",
    ]);
  });

  test("GIVEN Flex WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(clustersAreDependable, { "mongodbatlas_flex_cluster.c": {} })).toEqual([
      "mongodbatlas_flex_cluster.c",
    ]);
  });
});
