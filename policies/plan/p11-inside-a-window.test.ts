import { judgedPlanBy } from "../testing";
import { insideAWindow } from "./p11-inside-a-window";

const change = { "google_storage_bucket.b": { after: {} } };

describe("P11", () => {
  test("GIVEN no change WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(insideAWindow, {})).toEqual("not applicable");
  });

  test("GIVEN an open window WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(insideAWindow, change, { surroundings: { window: { open: true } } })).toEqual(
      "compliant",
    );
  });

  test("GIVEN no window given WHEN judged THEN it is not checked, and says so", () => {
    expect(judgedPlanBy(insideAWindow, change)).toEqual("not checked");
  });

  test("GIVEN a closed one WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(insideAWindow, change, {
        surroundings: { window: { open: false, reason: "Freeze.", opens: "Monday" } },
      }),
    ).toEqual(["prod-data"]);
  });
});
