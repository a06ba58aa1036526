import { judgedPlanBy } from "../testing";
import { nothingLostUnseen } from "./p01-nothing-lost-unseen";

describe("P1", () => {
  test("GIVEN nothing of the kind WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(nothingLostUnseen, { "google_project_iam_member.m": { before: {} } })).toEqual(
      "not applicable",
    );
  });

  test("GIVEN a cluster that changes WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(nothingLostUnseen, { "mongodbatlas_advanced_cluster.c": { before: {}, after: {} } }),
    ).toEqual("compliant");
  });

  test("GIVEN a cluster that goes WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(nothingLostUnseen, { "mongodbatlas_advanced_cluster.c": { before: {} } })).toEqual([
      "mongodbatlas_advanced_cluster.c",
    ]);
  });

  test("GIVEN a stack that goes as a whole WHEN judged THEN it is not compliant, whatever is in it", () => {
    const member = { "google_project_iam_member.m": { before: {} } };
    expect(judgedPlanBy(nothingLostUnseen, member, { stack: "prod-access", isGone: true })).toEqual([
      "prod-access",
    ]);
    expect(judgedPlanBy(nothingLostUnseen, {}, { isGone: true })).toEqual("not applicable");
  });

  test("GIVEN an account that is replaced WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(nothingLostUnseen, {
        "google_service_account.a": { before: {}, after: {}, actions: ["delete", "create"] },
      }),
    ).toEqual(["google_service_account.a"]);
  });
});
