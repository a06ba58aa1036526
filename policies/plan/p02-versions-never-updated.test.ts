import { judgedPlanBy } from "../testing";
import { versionsNeverUpdated } from "./p02-versions-never-updated";

const type = "google_app_engine_standard_app_version";

describe("P2", () => {
  test("GIVEN no version WHEN judged THEN it is not applicable", () => {
    expect(
      judgedPlanBy(versionsNeverUpdated, { "google_storage_bucket.b": { before: {}, after: {} } }),
    ).toEqual("not applicable");
  });

  test("GIVEN a new one and one that goes WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(versionsNeverUpdated, { [`${type}.a`]: { after: {} }, [`${type}.b`]: { before: {} } }),
    ).toEqual("compliant");
  });

  test("GIVEN one that changes WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(versionsNeverUpdated, { [`${type}.a`]: { before: {}, after: {} } })).toEqual([
      `${type}.a`,
    ]);
  });
});
