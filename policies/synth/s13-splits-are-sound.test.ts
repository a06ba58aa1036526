import { judgedBy } from "../testing";
import { splitsAreSound } from "./s13-splits-are-sound";

const split = (allocations: Record<string, string>, more = {}) => ({
  "google_app_engine_standard_app_version.a": { service: "orders", version_id: "v1" },
  "google_app_engine_standard_app_version.b": { service: "orders", version_id: "v2" },
  "google_app_engine_service_split_traffic.s": {
    service: "orders",
    migrate_traffic: false,
    split: { shard_by: "RANDOM", allocations },
    ...more,
  },
});

describe("S13", () => {
  test("GIVEN no split WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(splitsAreSound, {})).toEqual("not applicable");
  });

  test("GIVEN 95 to 5 WHEN judged THEN it is compliant", () => {
    expect(judgedBy(splitsAreSound, split({ v1: "0.95", v2: "0.05" }))).toEqual("compliant");
  });

  test("GIVEN a migration to one warmed-up version WHEN judged THEN it is compliant", () => {
    expect(judgedBy(splitsAreSound, split({ v2: "1" }, { migrate_traffic: true }))).toEqual("compliant");
  });

  test("GIVEN shares that don't sum to 1 WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(splitsAreSound, split({ v1: "0.9" }))).toEqual(["split.allocations"]);
  });

  test("GIVEN a version that is not there WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(splitsAreSound, split({ v1: "0.5", v3: "0.5" }))).toEqual(["split.allocations.v3"]);
  });

  test("GIVEN too many decimals for IP WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        splitsAreSound,
        split(
          { v1: "0.995", v2: "0.005" },
          { split: { shard_by: "IP", allocations: { v1: "0.995", v2: "0.005" } } },
        ),
      ),
    ).toEqual(["split.allocations.v1", "split.allocations.v2"]);
  });

  test("GIVEN a migration that nobody spoke of WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(splitsAreSound, split({ v1: "1" }, { migrate_traffic: null }))).toEqual([
      "migrate_traffic",
    ]);
  });

  test("GIVEN a migration to two WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(splitsAreSound, split({ v1: "0.5", v2: "0.5" }, { migrate_traffic: true }))).toEqual([
      "migrate_traffic",
    ]);
  });
});
