import { judgedBy } from "../testing";
import { nothingForEverybody } from "./s04-nothing-for-everybody";

const to = (member: string) => ({
  "google_storage_bucket_iam_member.m": {
    role: "roles/storage.objectViewer",
    member,
    "//": { metadata: { path: "prod-platform/assets/everybody-reads" } },
  },
});

describe("S4", () => {
  test("GIVEN no rights at all WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(nothingForEverybody, {})).toEqual("not applicable");
  });

  test("GIVEN a named group WHEN judged THEN it is compliant", () => {
    expect(judgedBy(nothingForEverybody, to("group:dev@shop.example"))).toEqual("compliant");
  });

  test("GIVEN an allowed exception WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(nothingForEverybody, to("allUsers"), {
        settings: { publicGrants: [{ what: "assets/everybody-reads", why: "The shop's pictures." }] },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN allUsers WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(nothingForEverybody, to("allUsers"))).toEqual(["member"]);
  });

  test("GIVEN allAuthenticatedUsers in a list WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(nothingForEverybody, {
        "google_project_iam_binding.b": {
          role: "roles/viewer",
          members: ["user:a@b.c", "allAuthenticatedUsers"],
        },
      }),
    ).toEqual(["members[1]"]);
  });

  test("GIVEN an access control WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(nothingForEverybody, {
        "google_storage_bucket_access_control.c": { entity: "allUsers", role: "READER" },
      }),
    ).toEqual(["entity"]);
  });

  test("GIVEN a public list WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(nothingForEverybody, { "google_storage_bucket.b": { predefined_acl: "publicRead" } }),
    ).toEqual(["predefined_acl"]);
  });
});
