import { judgedBy } from "../testing";
import { noImpersonationAtLarge } from "./s03-no-impersonation-at-large";

const role = "roles/iam.serviceAccountTokenCreator";

describe("S3", () => {
  test("GIVEN no rights on the project WHEN judged THEN it is not applicable", () => {
    expect(
      judgedBy(noImpersonationAtLarge, {
        "google_service_account_iam_member.m": { role, member: "user:ann@shop.example" },
      }),
    ).toEqual("not applicable");
  });

  test("GIVEN another right WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(noImpersonationAtLarge, {
        "google_project_iam_member.m": { role: "roles/viewer", member: "user:ann@shop.example" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN tokens of every account WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noImpersonationAtLarge, {
        "google_project_iam_member.m": { role, member: "user:ann@shop.example" },
      }),
    ).toEqual(["role"]);
  });

  test("GIVEN every account, by a binding WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noImpersonationAtLarge, {
        "google_project_iam_binding.b": {
          role: "roles/iam.serviceAccountUser",
          members: ["group:dev@shop.example"],
        },
      }),
    ).toEqual(["role"]);
  });
});
