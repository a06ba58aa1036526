import { keyNamed, keyRingNamed } from "../encryption/key-name";
import { refusals, synthesized } from "../testing";
import { BackupPolicies } from "./backup-plan";
import { BackupSchedule } from "./backup-schedule";
import { CloudAccess } from "./cloud-access";
import { CompliancePolicy, type CompliancePolicyProps } from "./compliance-policy";
import { EncryptionAtRest, type EncryptionAtRestProps } from "./encryption-at-rest";
import { exampleCluster } from "./example-cluster";
import { SnapshotBucket } from "./snapshot-bucket";

const key = keyNamed(keyRingNamed({ project: "shop-dev", location: "europe-west1", name: "main" }), "atlas");

describe("EncryptionAtRest", () => {
  const build = (change: Partial<EncryptionAtRestProps> = {}) =>
    synthesized((stack) => {
      const { project } = exampleCluster(stack, {}, "other");
      const access = new CloudAccess(stack, "access", { project });
      const encryption = new EncryptionAtRest(stack, "encryption", { project, access, key, ...change });
      exampleCluster(stack, { encryption });
    });

  test("uses the key as an account of Atlas's own, and clusters come after it", () => {
    const { one, all } = build({ keyVersion: 3 });
    expect(one("mongodbatlas_encryption_at_rest")).toMatchObject({
      google_cloud_kms_config: [
        {
          enabled: true,
          key_version_resource_id: `${key.keyId}/cryptoKeyVersions/3`,
          role_id: expect.stringContaining("mongodbatlas_cloud_provider_access_authorization"),
        },
      ],
      depends_on: [expect.stringContaining("iam_member"), expect.stringContaining("iam_member")],
    });
    expect(all("google_kms_crypto_key_iam_member").map(({ role }) => role)).toEqual([
      "roles/cloudkms.viewer",
      "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    ]);
    const encrypted = all("mongodbatlas_advanced_cluster").find(
      (cluster) => cluster.encryption_at_rest_provider === "GCP",
    );
    expect(encrypted?.depends_on).toEqual([expect.stringContaining("mongodbatlas_encryption_at_rest")]);
  });

  test("refuses a version that is none, and a service account's key by any way", () => {
    expect(refusals(() => build({ keyVersion: 0 }))).toEqual(["keyVersion: a whole number, 1 and up"]);
    const withKey: Partial<EncryptionAtRestProps> = {
      transform: {
        encryption: (config) => {
          config.googleCloudKmsConfig = [{ serviceAccountKey: "{}" }];
        },
      },
    };
    expect(refusals(() => build(withKey))).toEqual([
      expect.stringMatching(/^transform\.encryption: no service account's key/),
    ]);
  });
});

describe("SnapshotBucket", () => {
  test("lets Atlas's account write to the bucket before Atlas is told of it", () => {
    const { one, all } = synthesized((stack) => {
      const { project } = exampleCluster(stack);
      const access = new CloudAccess(stack, "access", { project });
      new SnapshotBucket(stack, "snapshots", { project, access, bucket: { bucketName: "shop-exports" } });
    });
    expect(one("mongodbatlas_cloud_backup_snapshot_export_bucket")).toMatchObject({
      cloud_provider: "GCP",
      bucket_name: "shop-exports",
      depends_on: [expect.any(String), expect.any(String)],
    });
    for (const { member } of all("google_storage_bucket_iam_member")) {
      expect(member).toMatch(/^serviceAccount:\$\{.*gcp_config\[0\]\.service_account_for_atlas\}$/);
    }
  });
});

describe("CompliancePolicy", () => {
  const atLeast = BackupPolicies.staging();
  const build = (
    change: Partial<CompliancePolicyProps> = {},
    plan = BackupPolicies.production("EUROPE_WEST_3"),
  ) =>
    synthesized((stack) => {
      const cluster = exampleCluster(stack);
      const schedules = [new BackupSchedule(stack, "backups", { cluster, ...plan })];
      new CompliancePolicy(stack, "policy", {
        project: cluster.project,
        atLeast,
        schedules,
        authorised: { email: "security@shop.example", firstName: "Ada", lastName: "Bee" },
        irreversible: { signedOffBy: "Ada Bee", reference: "SEC-17" },
        ...change,
      });
    });

  test("demands what was decided, and comes after the schedules", () => {
    expect(build().one("mongodbatlas_backup_compliance_policy")).toMatchObject({
      authorized_email: "security@shop.example",
      pit_enabled: true,
      restore_window_days: 7,
      policy_item_daily: { retention_unit: "days", retention_value: 30 },
      on_demand_policy_item: { retention_unit: "days", retention_value: 7 },
      depends_on: [expect.stringContaining("mongodbatlas_cloud_backup_schedule")],
    });
  });

  test("is not made when nobody signed, or a schedule keeps less", () => {
    const unsigned = { irreversible: { signedOffBy: "admin", reference: " " } };
    expect(refusals(() => build(unsigned))).toEqual([
      "irreversible.signedOffBy: the full name of who accepted that the policy can't be undone",
      "irreversible.reference: where that decision is kept",
    ]);
    const demands = { atLeast: BackupPolicies.production("none") };
    expect(refusals(() => build(demands, BackupPolicies.staging()))).toEqual([
      "schedules.0.monthly: at least 13 months, as the policy demands",
      "schedules.0.yearly: at least 7 years, as the policy demands",
    ]);
  });
});
