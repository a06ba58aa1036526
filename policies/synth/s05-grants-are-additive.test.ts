import { judgedBy } from "../testing";
import { grantsAreAdditive } from "./s05-grants-are-additive";

describe("S5", () => {
  test("GIVEN rights on a bucket only WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(grantsAreAdditive, { "google_storage_bucket_iam_binding.b": {} })).toEqual(
      "not applicable",
    );
  });

  test("GIVEN members WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(grantsAreAdditive, {
        "google_project_iam_member.m": { role: "roles/viewer", member: "user:ann@shop.example" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a policy and a binding WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(grantsAreAdditive, { "google_project_iam_policy.p": {}, "google_project_iam_binding.b": {} }),
    ).toEqual(["google_project_iam_policy.p", "google_project_iam_binding.b"]);
  });

  test("GIVEN a policy of a folder WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(grantsAreAdditive, { "google_folder_iam_policy.p": {} })).toEqual([
      "google_folder_iam_policy.p",
    ]);
  });
});
