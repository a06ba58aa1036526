import type { ObjectValue, Value } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const SETUP = "mongodbatlas_cloud_provider_access_setup";
const AUTHORIZATION = "mongodbatlas_cloud_provider_access_authorization";
const BUCKET = "mongodbatlas_cloud_backup_snapshot_export_bucket";
const ENCRYPTION = "mongodbatlas_encryption_at_rest";
const CLUSTER = "mongodbatlas_advanced_cluster";
const KEY = "projects/acme-dev/locations/europe-west1/keyRings/main/cryptoKeys/atlas/cryptoKeyVersions/1";

describe("Atlas's account in Google Cloud", () => {
  let trial: TrialCloud;
  let project_id: Value;
  let setup: ObjectValue;
  beforeEach(async () => {
    trial = new TrialCloud();
    const project = await trial.created("mongodbatlas_project", {
      name: "shop-dev",
      org_id: "5f76e20cfaeaad58bc70a115",
    });
    project_id = project.id ?? null;
    setup = await trial.created(SETUP, { project_id, provider_name: "GCP" });
  });
  afterEach(() => trial.close());

  const kms = (role_id: Value): ObjectValue => ({
    project_id,
    google_cloud_kms_config: [{ enabled: true, role_id, key_version_resource_id: KEY }],
  });
  const cluster = (): ObjectValue => ({
    project_id,
    name: "dev-main",
    cluster_type: "REPLICASET",
    backup_enabled: true,
    encryption_at_rest_provider: "GCP",
    replication_specs: [
      {
        region_configs: [
          {
            provider_name: "GCP",
            region_name: "WESTERN_EUROPE",
            priority: 7,
            electable_specs: [{ instance_size: "M10", node_count: 3 }],
          },
        ],
      },
    ],
  });

  test("GIVEN a setup THEN it names an account, which the authorization names too", async () => {
    expect(setup.gcp_config).toEqual([
      {
        service_account_for_atlas: expect.stringMatching(
          /^mongodb-atlas-[a-z0-9]+@p-[a-z0-9]+\.iam\.gserviceaccount\.com$/,
        ),
        status: "COMPLETE",
      },
    ]);
    const authorization = await trial.created(AUTHORIZATION, { project_id, role_id: setup.role_id ?? null });
    expect(authorization).toMatchObject({ authorized_date: null, feature_usages: [] });
    expect(JSON.stringify(authorization.gcp)).toContain("mongodb-atlas-");
    const stranger = { project_id, role_id: "5f76e20cfaeaad58bc70a199" };
    expect(errorsOf(await trial.create(AUTHORIZATION, stranger))[0]).toContain("ROLE_NOT_FOUND");
  });

  test("GIVEN an export bucket THEN its role stays while it is there, and it stays while a schedule uses it", async () => {
    const role_id = setup.role_id ?? null;
    const bucket = await trial.created(BUCKET, {
      project_id,
      role_id,
      cloud_provider: "GCP",
      bucket_name: "exports",
    });
    expect(bucket.export_bucket_id).toMatch(/^[0-9a-f]{24}$/);
    expect(JSON.stringify((await trial.destroy(SETUP, setup)).diagnostics)).toContain("in use");
    await trial.created(CLUSTER, { ...cluster(), encryption_at_rest_provider: "NONE" });
    const schedule = await trial.created("mongodbatlas_cloud_backup_schedule", {
      project_id,
      cluster_name: "dev-main",
      auto_export_enabled: true,
      export: [{ export_bucket_id: bucket.export_bucket_id ?? null, frequency_type: "monthly" }],
    });
    expect(JSON.stringify((await trial.destroy(BUCKET, bucket)).diagnostics)).toContain(
      "EXPORT_BUCKET_IN_USE",
    );
    await trial.update("mongodbatlas_cloud_backup_schedule", schedule, { auto_export_enabled: false });
    expect((await trial.destroy(BUCKET, bucket)).state).toBeNull();
  });

  test("GIVEN no key WHEN a cluster wants it THEN it is refused; with a key, the key stays while a cluster uses it", async () => {
    expect(errorsOf(await trial.create(CLUSTER, cluster()))[0]).toContain("has no GCP key");
    const stranger = await trial.create(ENCRYPTION, kms("5f76e20cfaeaad58bc70a199"));
    expect(JSON.stringify(stranger.diagnostics)).toContain("ROLE_NOT_FOUND");
    const encryption = await trial.created(ENCRYPTION, kms(setup.role_id ?? null));
    expect(encryption.google_cloud_kms_config).toEqual([expect.objectContaining({ valid: true })]);
    const state = await trial.created(CLUSTER, cluster());
    expect(JSON.stringify((await trial.destroy(ENCRYPTION, encryption)).diagnostics)).toContain(
      "CANNOT_DISABLE_ENCRYPTION_AT_REST",
    );
    await trial.destroy(CLUSTER, state);
    expect((await trial.destroy(ENCRYPTION, encryption)).state).toBeNull();
  });
});
