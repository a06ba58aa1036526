import { judgedPlanBy } from "../testing";
import { appliedIsReviewed } from "./p16-applied-is-reviewed";

const change = { "google_storage_bucket.b": { after: {} } };
const digests = (reviewed: string, actual: string) => ({
  surroundings: { digests: { "prod-data": { reviewed, actual } } },
});

describe("P16", () => {
  test("GIVEN no change WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(appliedIsReviewed, {})).toEqual("not applicable");
  });

  test("GIVEN the same digest WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(appliedIsReviewed, change, digests("a", "a"))).toEqual("compliant");
  });

  test("GIVEN nothing to compare with WHEN judged THEN it is not checked, and says so", () => {
    expect(judgedPlanBy(appliedIsReviewed, change)).toEqual("not checked");
  });

  test("GIVEN another digest WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(appliedIsReviewed, change, digests("a", "b"))).toEqual(["prod-data"]);
  });

  test("GIVEN a plan that nobody reviewed WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(appliedIsReviewed, change, { surroundings: { digests: {} } })).toEqual(["prod-data"]);
  });

  test("GIVEN another lock file WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(appliedIsReviewed, change, {
        surroundings: { lockFiles: { "prod-data": { reviewed: "a", actual: "b" } } },
      }),
    ).toEqual(["prod-data"]);
  });
});
