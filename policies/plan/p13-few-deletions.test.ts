import { judgedPlanBy } from "../testing";
import { fewDeletions } from "./p13-few-deletions";

const gone = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`google_storage_bucket.b${index}`, { before: {} }]),
  );
const surroundings = { deletionLimit: 5 };

describe("P13", () => {
  test("GIVEN no change WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(fewDeletions, {})).toEqual("not applicable");
  });

  test("GIVEN five WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(fewDeletions, gone(5), { surroundings })).toEqual("compliant");
  });

  test("GIVEN no limit given WHEN judged THEN it is not checked, and says so", () => {
    expect(judgedPlanBy(fewDeletions, gone(6))).toEqual("not checked");
  });

  test("GIVEN six WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(fewDeletions, gone(6), { surroundings })).toEqual(["prod-data"]);
  });

  test("GIVEN six replacements WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        fewDeletions,
        Object.fromEntries(
          Object.keys(gone(6)).map((address) => [
            address,
            { before: {}, after: {}, actions: ["create", "delete"] as const },
          ]),
        ),
        { surroundings },
      ),
    ).toEqual(["prod-data"]);
  });
});
