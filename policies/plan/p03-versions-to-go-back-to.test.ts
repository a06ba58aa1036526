import { settingsWith } from "../settings";
import { allowances, judgedPlanBy, planned } from "../testing";
import { versionsToGoBackTo } from "./p03-versions-to-go-back-to";

const type = "google_app_engine_standard_app_version";
const version = (id: string) => ({ service: "orders", version_id: id });
const stays = (id: string) => ({ before: version(id), after: version(id), actions: ["no-op"] as const });
const split = (allocations: Record<string, string>) => ({
  "google_app_engine_service_split_traffic.s": {
    before: { service: "orders", split: [{ allocations }] },
    after: {},
    actions: ["no-op"] as const,
  },
});
const gone = { [`${type}.a`]: { before: version("v20261001-aaaaaaa") } };
const newer = {
  [`${type}.b`]: stays("v20261112-bbbbbbb"),
  [`${type}.c`]: stays("v20261113-ccccccc"),
  [`${type}.d`]: stays("v20261114-ddddddd"),
};
const surroundings = { now: "2026-11-21T12:00:00Z" };
const all = split({ "v20261114-ddddddd": "1" });

describe("P3", () => {
  test("GIVEN nothing that goes WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(versionsToGoBackTo, newer)).toEqual("not applicable");
  });

  test("GIVEN an old one behind three newer ones WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(versionsToGoBackTo, { ...gone, ...newer, ...all }, { surroundings })).toEqual(
      "compliant",
    );
  });

  test("GIVEN one without a split in sight, in dev WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(versionsToGoBackTo, { ...gone, ...newer }, { surroundings, pack: "dev" })).toEqual(
      "compliant",
    );
  });

  test("GIVEN one that has traffic WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        versionsToGoBackTo,
        { ...gone, ...newer, ...split({ "v20261001-aaaaaaa": "0.05" }) },
        { surroundings },
      ),
    ).toEqual([`${type}.a`]);
  });

  test("GIVEN all versions of a service WHEN judged THEN it says that the service must go first", () => {
    const judged = versionsToGoBackTo.check(
      planned({ ...gone, ...all }, { surroundings }),
      settingsWith(allowances),
    );
    expect(judged).toMatchObject([
      { address: `${type}.a`, todo: expect.stringContaining("have the service itself deleted first") },
    ]);
  });

  test("GIVEN one that has traffic by hand WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        versionsToGoBackTo,
        { ...gone, ...newer, ...all },
        { surroundings: { ...surroundings, liveTraffic: { orders: { "v20261001-aaaaaaa": 1 } } } },
      ),
    ).toEqual([`${type}.a`]);
  });

  test("GIVEN one of the newest three WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        versionsToGoBackTo,
        { ...gone, [`${type}.b`]: stays("v20261112-bbbbbbb"), ...all },
        { surroundings },
      ),
    ).toEqual([`${type}.a`]);
  });

  test("GIVEN a young one WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        versionsToGoBackTo,
        { ...gone, ...newer, ...all },
        { surroundings: { now: "2026-10-05T12:00:00Z" } },
      ),
    ).toEqual([`${type}.a`]);
  });

  test("GIVEN one that a rollback goes back to WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        versionsToGoBackTo,
        { ...gone, ...newer, ...all },
        {
          surroundings: {
            ...surroundings,
            release: { orders: { strategy: "canary", previousTraffic: { "v20261001-aaaaaaa": 1 } } },
          },
        },
      ),
    ).toEqual([`${type}.a`]);
  });

  test("GIVEN one without a split in sight, in production WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(versionsToGoBackTo, { ...gone, ...newer }, { surroundings })).toEqual([`${type}.a`]);
  });
});
