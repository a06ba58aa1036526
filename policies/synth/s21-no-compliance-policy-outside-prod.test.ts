import { judgedBy } from "../testing";
import { noCompliancePolicyOutsideProd } from "./s21-no-compliance-policy-outside-prod";

describe("S21", () => {
  test("GIVEN no Atlas WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(noCompliancePolicyOutsideProd, {}, { pack: "dev" })).toEqual("not applicable");
  });

  test("GIVEN a project without one WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(noCompliancePolicyOutsideProd, { "mongodbatlas_project.p": {} }, { pack: "staging" }),
    ).toEqual("compliant");
  });

  test("GIVEN one in staging WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        noCompliancePolicyOutsideProd,
        { "mongodbatlas_backup_compliance_policy.p": {} },
        { pack: "staging" },
      ),
    ).toEqual(["mongodbatlas_backup_compliance_policy.p"]);
  });
});
