import fc from "fast-check";
import { accountByEmail } from "../identity/principal";
import { refusals, synthesized } from "../testing";
import { Bucket, type BucketProps } from "./bucket";
import { dualRegions } from "./location";

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

  test("is not destroyed by Terraform unless that is said", () => {
    const protectedBucket = synthesized((stack) => new Bucket(stack, "bucket", props));
    const open = synthesized((stack) => new Bucket(stack, "bucket", { ...props, protected: false }));
    expect(protectedBucket.one("google_storage_bucket")).toMatchObject({
      lifecycle: { prevent_destroy: true },
    });
    expect(open.one("google_storage_bucket")).toMatchObject({ lifecycle: { prevent_destroy: false } });
  });

  test("refuses what Google would, all of it at once", () => {
    const build = (change: Partial<BucketProps>) => () =>
      synthesized((stack) => new Bucket(stack, "bucket", { ...props, ...change }));
    const keyIn = (location: string) => ({
      keyId: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
      location,
    });
    expect(
      refusals(
        build({
          location: { regions: ["europe-west1", "us-east1"] },
          retention: { period: "101 years" },
          keepReplaced: "30 days",
          keepVersions: 0,
          deleteAfter: "1 year",
          softDelete: "6 days",
          cool: [
            { after: "90 days", to: "ARCHIVE" },
            { after: "30 days", to: "NEARLINE" },
          ],
        }),
      ).map((line) => line.split(":")[0]),
    ).toEqual([
      "location.regions",
      "keepReplaced",
      "keepVersions",
      "retention.period",
      "deleteAfter",
      "softDelete",
      "cool[1].after",
      "cool[1].to",
    ]);
    expect(refusals(build({ key: keyIn("global") }))).toEqual([
      "key: a key in europe-west1, where the bucket is",
    ]);
    expect(refusals(build({ location: "EUR7", key: keyIn("europe") }))).toEqual([
      "key: none: no key can encrypt there",
    ]);
    expect(build({ location: "EU", key: keyIn("europe") })).not.toThrow();
    expect(refusals(build({ location: "Belgium" }))[0]).toMatch(/^location: a region such as europe-west1/);
  });

  test("pairs only different regions of one list, whatever their order and case", () => {
    const regions = fc.constantFrom(...Object.values(dualRegions).flat());
    const one = (a: string, b: string) =>
      Object.values(dualRegions).filter((list: readonly string[]) => list.includes(a) && list.includes(b))
        .length;
    fc.assert(
      fc.property(regions, regions, (a, b) => {
        const build = (pair: [string, string]) => () =>
          synthesized((stack) => new Bucket(stack, "bucket", { ...props, location: { regions: pair } }));
        if (a === b || one(a, b) === 0) {
          expect(refusals(build([a, b]))).toHaveLength(1);
        } else {
          const [first, second] = [build([a, b])(), build([b.toUpperCase(), a])()];
          expect(first.resources).toEqual(second.resources);
        }
      }),
      { numRuns: 40 },
    );
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
