import { accountByEmail } from "../identity/principal";
import { refusals, synthesized } from "../testing";
import { Bucket, type BucketProps } from "./bucket";

const props: BucketProps = { name: "shop-dev-artifacts", location: "europe-west1" };
const account = accountByEmail("ci-artifacts@shop-dev.iam.gserviceaccount.com");

describe("Bucket", () => {
  test("is closed to the public, keeps what is replaced, and is not deleted with content", () => {
    const { one } = synthesized((stack) => new Bucket(stack, "bucket", props));
    expect(one("google_storage_bucket")).toMatchObject({
      force_destroy: false,
      public_access_prevention: "enforced",
      uniform_bucket_level_access: true,
      versioning: { enabled: true },
      lifecycle_rule: [
        { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 30, with_state: "ARCHIVED" } },
      ],
    });
  });

  test("grants adding and reading apart", () => {
    const { all } = synthesized((stack) => {
      const bucket = new Bucket(stack, "bucket", props);
      bucket.grantAdd("adds", account);
      bucket.grantRead("reads", account);
    });
    expect(all("google_storage_bucket_iam_member").map(({ role, member }) => [role, member])).toEqual([
      ["roles/storage.objectCreator", account.member],
      ["roles/storage.objectViewer", account.member],
    ]);
  });

  test("holds a text that code knows", () => {
    const { one } = synthesized((stack) => {
      new Bucket(stack, "bucket", props).addText("text", {
        name: "a.json",
        content: "{}",
        type: "application/json",
      });
    });
    expect(one("google_storage_bucket_object")).toMatchObject({ name: "a.json", content: "{}" });
  });

  test("takes the longest legal name; refuses longer ones and a keep of hours", () => {
    const build = (change: Partial<BucketProps>) => () =>
      synthesized((stack) => new Bucket(stack, "bucket", { ...props, ...change }));
    expect(build({ name: "b".repeat(63) })).not.toThrow();
    expect(refusals(build({ name: "b".repeat(64), keepReplaced: "12 hours" }))).toEqual([
      "name: 3 to 63 lowercase letters, digits, - and _",
      "keepReplaced: at least 1 day",
    ]);
  });

  test("stands twice in one stack, and hands its configuration to transform last", () => {
    const { all } = synthesized((stack) => {
      new Bucket(stack, "one", props);
      new Bucket(stack, "two", {
        ...props,
        transform: {
          bucket: (config) => {
            config.storageClass = "NEARLINE";
          },
        },
      });
    });
    expect(all("google_storage_bucket").map(({ storage_class }) => storage_class)).toEqual([
      undefined,
      "NEARLINE",
    ]);
  });
});
