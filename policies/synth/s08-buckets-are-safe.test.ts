import { judgedBy, ref } from "../testing";
import { bucketsAreSafe } from "./s08-buckets-are-safe";

const bucket = (more = {}) => ({
  "google_storage_bucket.b": {
    uniform_bucket_level_access: true,
    public_access_prevention: "enforced",
    versioning: { enabled: true },
    force_destroy: false,
    ...more,
  },
});

describe("S8", () => {
  test("GIVEN no bucket WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(bucketsAreSafe, {})).toEqual("not applicable");
  });

  test("GIVEN a safe bucket WHEN judged THEN it is compliant", () => {
    expect(judgedBy(bucketsAreSafe, bucket())).toEqual("compliant");
  });

  test("GIVEN blocks as a list WHEN judged THEN it is compliant", () => {
    expect(judgedBy(bucketsAreSafe, bucket({ versioning: [{ enabled: true }] }))).toEqual("compliant");
  });

  test("GIVEN a bucket in which nothing can be overwritten WHEN judged THEN it needs no versions", () => {
    const retained = { versioning: { enabled: false }, retention_policy: { retention_period: 1_209_600 } };
    expect(judgedBy(bucketsAreSafe, bucket(retained))).toEqual("compliant");
  });

  test("GIVEN a bare bucket WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(bucketsAreSafe, { "google_storage_bucket.b": {} })).toEqual([
      "uniform_bucket_level_access",
      "public_access_prevention",
      "versioning.enabled",
    ]);
  });

  test("GIVEN a bucket that goes with its objects WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(bucketsAreSafe, bucket({ force_destroy: true }))).toEqual(["force_destroy"]);
  });

  test("GIVEN a value that is only known later WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(bucketsAreSafe, bucket({ uniform_bucket_level_access: ref("var.uniform") }))).toEqual([
      "uniform_bucket_level_access",
    ]);
  });
});
