import type { TerraformStack } from "cdktf";
import { keyNamed, keyRingNamed } from "../encryption/key-name";
import { accountByEmail } from "../identity/principal";
import { refusals, synthesized } from "../testing";
import { ArtifactBucket } from "./artifact-bucket";
import { ExportBucket } from "./export-bucket";
import { FileSnapshotBucket } from "./file-snapshot-bucket";
import { LogArchiveBucket } from "./log-archive-bucket";
import { StateBucket } from "./state-bucket";

const place = { name: "shop-dev-bucket", location: "europe-west1" };
const account = accountByEmail("tf-apply-network@shop-dev.iam.gserviceaccount.com");
const bucketOf = (build: (stack: TerraformStack) => unknown) =>
  synthesized((stack) => void build(stack)).one("google_storage_bucket");
const day = 86_400;

describe("StateBucket", () => {
  test("keeps old states by number and by age, forgets locks and plans, and never retains", () => {
    const bucket = bucketOf((stack) => new StateBucket(stack, "state", place));
    expect(bucket).toMatchObject({
      versioning: { enabled: true },
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      force_destroy: false,
      soft_delete_policy: { retention_duration_seconds: 30 * day },
      lifecycle: { prevent_destroy: true },
      lifecycle_rule: [
        { condition: { days_since_noncurrent_time: 90, num_newer_versions: 100, with_state: "ARCHIVED" } },
        { condition: { days_since_noncurrent_time: 1, matches_suffix: [".tflock"], with_state: "ARCHIVED" } },
        { condition: { age: 30, matches_prefix: ["plans/"], with_state: "LIVE" } },
        { condition: { days_since_noncurrent_time: 1, matches_prefix: ["plans/"], with_state: "ARCHIVED" } },
      ],
    });
    expect(bucket).not.toHaveProperty("retention_policy");
  });

  test("lets an account write the states of one prefix alone", () => {
    const { all } = synthesized((stack) => {
      new StateBucket(stack, "state", place).grantState("network", account, "network");
    });
    expect(all("google_storage_bucket_iam_member")).toMatchObject([
      { role: "roles/storage.legacyBucketReader", member: account.member },
      {
        role: "roles/storage.objectUser",
        condition: {
          title: "state-network",
          expression: expect.stringMatching(
            /^resource\.name\.startsWith\("projects\/_\/buckets\/.*\/objects\/network\/"\)$/,
          ),
        },
      },
    ]);
  });

  test("lets a plan read every state, write locks and plans, and nothing else", () => {
    const { all } = synthesized((stack) => {
      new StateBucket(stack, "state", place).grantPlan("plan", account);
    });
    expect(all("google_storage_bucket_iam_member")).toMatchObject([
      { role: "roles/storage.legacyBucketReader" },
      { role: "roles/storage.objectUser", condition: { expression: 'resource.name.endsWith(".tflock")' } },
      {
        role: "roles/storage.objectUser",
        condition: { expression: expect.stringMatching(/objects\/plans\/"\)$/) },
      },
      { role: "roles/storage.objectViewer" },
    ]);
  });

  test("refuses a prefix that would match more than one state's objects by accident", () => {
    const grant = (prefix: string) => () =>
      synthesized((stack) => new StateBucket(stack, "state", place).grantState("x", account, prefix));
    for (const prefix of ["", "/", "network/", 'a")']) {
      expect(refusals(grant(prefix))).toEqual(["prefix: a state's prefix such as network"]);
    }
  });

  test("hands its configuration to transform last", () => {
    const bucket = bucketOf(
      (stack) =>
        new StateBucket(stack, "state", {
          ...place,
          transform: {
            bucket: (config) => {
              config.lifecycleRule = [];
            },
          },
        }),
    );
    expect(bucket.lifecycle_rule).toEqual([]);
  });
});

describe("ArtifactBucket", () => {
  test("brings back what is deleted for 30 days", () => {
    expect(bucketOf((stack) => new ArtifactBucket(stack, "artifacts", place))).toMatchObject({
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 30 * day },
      lifecycle_rule: [{ condition: { days_since_noncurrent_time: 30 } }],
    });
  });
});

describe("ExportBucket", () => {
  test("keeps exports for seven years, cheaper with age, and unlocked unless said", () => {
    expect(bucketOf((stack) => new ExportBucket(stack, "exports", place))).toMatchObject({
      retention_policy: { retention_period: 7 * 366 * day, is_locked: false },
      versioning: { enabled: false },
      lifecycle_rule: [
        { action: { type: "SetStorageClass", storage_class: "COLDLINE" }, condition: { age: 30 } },
        { action: { type: "SetStorageClass", storage_class: "ARCHIVE" }, condition: { age: 366 } },
        { action: { type: "Delete" }, condition: { age: 7 * 366 } },
      ],
    });
  });

  test("keeps the short-lived where they are, and can be locked", () => {
    const bucket = bucketOf(
      (stack) => new ExportBucket(stack, "exports", { ...place, keep: "30 days", locked: true }),
    );
    expect(bucket).toMatchObject({ retention_policy: { retention_period: 30 * day, is_locked: true } });
    expect(bucket.lifecycle_rule).toEqual([
      { action: { type: "Delete" }, condition: { age: 30, with_state: "LIVE" } },
    ]);
  });
});

describe("FileSnapshotBucket", () => {
  test("keeps snapshots for exactly 14 days", () => {
    expect(bucketOf((stack) => new FileSnapshotBucket(stack, "files", place))).toMatchObject({
      retention_policy: { retention_period: 14 * day },
      lifecycle_rule: [{ action: { type: "Delete" }, condition: { age: 14 } }],
    });
  });
});

describe("LogArchiveBucket", () => {
  test("keeps logs unchanged, for seven years", () => {
    expect(bucketOf((stack) => new LogArchiveBucket(stack, "logs", place))).toMatchObject({
      retention_policy: { retention_period: 7 * 366 * day },
    });
  });

  test("refuses to delete logs before they have got cold", () => {
    expect(
      refusals(() => bucketOf((stack) => new LogArchiveBucket(stack, "logs", { ...place, keep: "60 days" }))),
    ).toEqual(["cool[1].after: before objects are deleted (60 days)"]);
  });
});

test("all stand side by side, in two regions, with a key of the right place", () => {
  const ring = keyRingNamed({ project: "shop-dev", location: "europe", name: "data" });
  const props = {
    location: { regions: ["europe-west1", "europe-west4"] },
    key: keyNamed(ring, "buckets"),
  } as const;
  const { all } = synthesized((stack) => {
    for (const number of [1, 2]) {
      new StateBucket(stack, `state-${number}`, { ...props, name: `state-${number}` });
      new ExportBucket(stack, `export-${number}`, { ...props, name: `export-${number}` });
    }
  });
  for (const bucket of all("google_storage_bucket")) {
    expect(bucket).toMatchObject({
      location: "EU",
      rpo: "DEFAULT",
      custom_placement_config: { data_locations: ["EUROPE-WEST1", "EUROPE-WEST4"] },
      encryption: { default_kms_key_name: `${ring.ringId}/cryptoKeys/buckets` },
    });
  }
});
