import { errorsOf, TrialCloud } from "../trial-cloud";

const BUCKET = "google_storage_bucket";
const config = { name: "acme-dev-artifacts", location: "EU" };

describe("storage", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN a bucket THEN links look real, and its name is taken for everybody", async () => {
    const state = await trial.created(BUCKET, config);
    expect(state).toMatchObject({
      id: "acme-dev-artifacts",
      url: "gs://acme-dev-artifacts",
      self_link: "https://www.googleapis.com/storage/v1/b/acme-dev-artifacts",
    });
    expect(errorsOf(await trial.create(BUCKET, config))).toEqual([
      "googleapi: Error 409: Your previous request to create the named bucket succeeded and you already own it., conflict",
    ]);
    expect(errorsOf(await trial.create(BUCKET, { ...config, project: "acme-prod" }))[0]).toContain(
      "not available",
    );
    expect(await trial.import(BUCKET, "acme-dev/acme-dev-artifacts")).toMatchObject({ location: "EU" });
  });

  test("GIVEN objects WHEN the bucket is deleted THEN force_destroy decides, and takes grants and objects along", async () => {
    const bucket = await trial.created(BUCKET, config);
    await trial.created("google_storage_bucket_object", { bucket: config.name, name: "a.zip", content: "x" });
    const member = await trial.created("google_storage_bucket_iam_member", {
      bucket: config.name,
      role: "roles/storage.objectViewer",
      member: "user:a@example.com",
    });
    expect(member.id).toBe("b/acme-dev-artifacts/roles/storage.objectViewer/user:a@example.com");
    expect(errorsOf(await trial.destroy(BUCKET, bucket))).toEqual([
      "Error trying to delete bucket acme-dev-artifacts without `force_destroy` set to true",
    ]);
    expect((await trial.destroy(BUCKET, { ...bucket, force_destroy: true })).state).toBeNull();
    expect(await trial.read("google_storage_bucket_iam_member", member)).toBeNull();
  });

  test("GIVEN an object THEN its hashes are those of its content", async () => {
    await trial.created(BUCKET, config);
    const state = await trial.created("google_storage_bucket_object", {
      bucket: config.name,
      name: "a.txt",
      content: "123456789",
    });
    expect(state).toMatchObject({
      id: "acme-dev-artifacts-a.txt",
      md5hash: "JfnnlDI7RTiF9RgfG2JNCw==",
      md5hexhash: "25f9e794323b453885f5181f1b624d0b",
      detect_md5hash: "JfnnlDI7RTiF9RgfG2JNCw==",
      crc32c: "4waSgw==",
    });
    expect(await trial.read("google_storage_bucket_object", state)).toEqual(state);
  });

  test("GIVEN a retention policy WHEN versions are to be kept too THEN it is refused", async () => {
    const both = { retention_policy: [{ retention_period: 100 }], versioning: [{ enabled: true }] };
    const refused = /^googleapi: Error 400: A bucket cannot have both/;
    expect(errorsOf(await trial.create(BUCKET, { ...config, ...both }))).toEqual([
      expect.stringMatching(refused),
    ]);
    const bucket = await trial.created(BUCKET, {
      ...config,
      retention_policy: both.retention_policy,
      versioning: [{ enabled: false }],
    });
    expect(errorsOf(await trial.update(BUCKET, bucket, both))).toEqual([expect.stringMatching(refused)]);
  });

  test("GIVEN a locked retention policy WHEN it is shortened THEN it is refused", async () => {
    const locked = { retention_policy: [{ is_locked: true, retention_period: 100 }] };
    const state = await trial.created(BUCKET, { ...config, ...locked });
    const shorter = { retention_policy: [{ is_locked: true, retention_period: 50 }] };
    expect(errorsOf(await trial.update(BUCKET, state, shorter))[0]).toContain("locked Retention Policy");
  });
});
