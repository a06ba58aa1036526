import { judgedPlanBy } from "../testing";
import { rightsWidenSeen } from "./p08-rights-widen-seen";

const right = (role: string, member: string) => ({
  "google_project_iam_member.m": { after: { role, member } },
});

describe("P8", () => {
  test("GIVEN no rights WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(rightsWidenSeen, { "google_storage_bucket.b": { after: {} } })).toEqual(
      "not applicable",
    );
  });

  test("GIVEN a right that goes WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(rightsWidenSeen, {
        "google_project_iam_member.m": { before: { role: "roles/viewer", member: "user:ann@shop.example" } },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a binding with fewer members WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(rightsWidenSeen, {
        "google_storage_bucket_iam_binding.b": {
          before: { role: "r", members: ["a", "b"] },
          after: { role: "r", members: ["a"] },
        },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN members known later, in dev WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(
        rightsWidenSeen,
        {
          "google_storage_bucket_iam_binding.b": {
            before: { members: ["a"] },
            after: {},
            unknown: { members: true },
          },
        },
        { pack: "dev" },
      ),
    ).toEqual("compliant");
  });

  test("GIVEN a new right WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(rightsWidenSeen, right("roles/viewer", "user:ann@shop.example"))).toEqual([
      "google_project_iam_member.m",
    ]);
  });

  test("GIVEN Owner WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(rightsWidenSeen, right("roles/owner", "user:ann@shop.example"))).toEqual(["role"]);
  });

  test("GIVEN everybody WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(rightsWidenSeen, right("roles/viewer", "allUsers"))).toEqual(["member"]);
  });

  test("GIVEN a binding with more members WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(rightsWidenSeen, {
        "google_storage_bucket_iam_binding.b": {
          before: { role: "r", members: ["a"] },
          after: { role: "r", members: ["a", "b"] },
        },
      }),
    ).toEqual(["google_storage_bucket_iam_binding.b"]);
  });

  test("GIVEN a role with more permissions WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(rightsWidenSeen, {
        "google_project_iam_custom_role.r": {
          before: { permissions: ["a.b.get"] },
          after: { permissions: ["a.b.get", "a.b.delete"] },
        },
      }),
    ).toEqual(["google_project_iam_custom_role.r"]);
  });

  test("GIVEN members known later, in production WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(rightsWidenSeen, {
        "google_storage_bucket_iam_binding.b": {
          before: { members: ["a"] },
          after: {},
          unknown: { members: true },
        },
      }),
    ).toEqual(["google_storage_bucket_iam_binding.b"]);
  });
});
