import { judgedBy } from "../testing";
import { stateBucketIsWritable } from "./s09-state-bucket-is-writable";

const state = (more = {}) => ({
  "google_storage_bucket.b": {
    name: "shop-prod-tfstate",
    lifecycle_rule: [
      { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 90, with_state: "ARCHIVED" } },
    ],
    ...more,
  },
});

describe("S9", () => {
  test("GIVEN another bucket WHEN judged THEN it is not applicable", () => {
    expect(
      judgedBy(stateBucketIsWritable, {
        "google_storage_bucket.b": { name: "assets", retention_policy: { retention_period: 1 } },
      }),
    ).toEqual("not applicable");
  });

  test("GIVEN old states go after a while WHEN judged THEN it is compliant", () => {
    expect(judgedBy(stateBucketIsWritable, state())).toEqual("compliant");
  });

  test("GIVEN a retention policy WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(stateBucketIsWritable, state({ retention_policy: { retention_period: 86400 } }))).toEqual(
      ["retention_policy"],
    );
  });

  test("GIVEN old states stay for ever WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        stateBucketIsWritable,
        state({ lifecycle_rule: [{ action: { type: "Delete" }, condition: { age: 3 } }] }),
      ),
    ).toEqual(["lifecycle_rule"]);
  });
});
