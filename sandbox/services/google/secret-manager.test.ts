import type { ObjectValue } from "../../values/value";
import { projectNumber } from "../identity/derived";
import { errorsOf, TrialCloud } from "../trial-cloud";

const SECRET = "google_secret_manager_secret";
const VERSION = "google_secret_manager_secret_version";
const MEMBER = "google_secret_manager_secret_iam_member";

const secretConfig = (more: ObjectValue = {}): ObjectValue => ({
  secret_id: "orders-key",
  replication: [{ auto: [{}] }],
  ...more,
});

describe("Secret Manager", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN a secret THEN its name has the project's number, and making it again is a conflict", async () => {
    const state = await trial.created(SECRET, secretConfig());
    expect(state).toMatchObject({
      id: "projects/acme-dev/secrets/orders-key",
      name: `projects/${projectNumber("acme-dev")}/secrets/orders-key`,
    });
    expect(errorsOf(await trial.create(SECRET, secretConfig()))).toEqual([
      `Error creating Secret: googleapi: Error 409: Secret [${state.name}] already exists.`,
    ]);
  });

  test("GIVEN deletion protection WHEN the secret is destroyed THEN the provider's own words refuse", async () => {
    const state = await trial.created(SECRET, secretConfig({ deletion_protection: true }));
    expect(errorsOf(await trial.destroy(SECRET, state))[0]).toMatch(
      /^cannot destroy secret manager secret without/,
    );
    const open = await trial.update(SECRET, state, { deletion_protection: false });
    expect((await trial.destroy(SECRET, open.state ?? {})).state).toBeNull();
  });

  test("GIVEN versions WHEN one is destroyed THEN its number is not used again, and the secret takes all with it", async () => {
    const secret = await trial.created(SECRET, secretConfig());
    const version = { secret: secret.id ?? null, secret_data: "s3cret-value" };
    const first = await trial.created(VERSION, version);
    await trial.destroy(VERSION, first);
    const second = await trial.created(VERSION, version);

    expect(first).toMatchObject({ version: "1" });
    expect(second).toMatchObject({ version: "2", id: `${secret.name}/versions/2`, enabled: true });
    expect(await trial.import(VERSION, String(second.id))).toMatchObject({
      secret: `projects/${projectNumber("acme-dev")}/secrets/orders-key`,
      secret_data: "s3cret-value",
    });
    await trial.destroy(SECRET, secret);
    expect(await trial.read(VERSION, second)).toBeNull();
    await trial.created(SECRET, secretConfig());
    expect(await trial.created(VERSION, version)).toMatchObject({ version: "1" });
  });

  test("GIVEN a policy of disabling WHEN a version is destroyed THEN it stays, disabled", async () => {
    const secret = await trial.created(SECRET, secretConfig());
    const state = await trial.created(VERSION, {
      secret: secret.id ?? null,
      secret_data: "s3cret-value",
      deletion_policy: "DISABLE",
    });
    expect((await trial.destroy(VERSION, state)).state).toBeNull();
    expect(await trial.read(VERSION, state)).toMatchObject({ enabled: false });
  });

  test("GIVEN a secret called by the project's number THEN it is the same secret", async () => {
    const secret = await trial.created(SECRET, secretConfig());
    const state = await trial.created(VERSION, { secret: secret.name ?? null, secret_data: "s3cret-value" });
    expect(await trial.read(VERSION, state)).toMatchObject({ version: "1", secret: secret.name });
    await trial.created(MEMBER, {
      secret_id: secret.name ?? null,
      role: "roles/viewer",
      member: "user:a@example.com",
    });
  });

  test("GIVEN a write-only payload THEN the sandbox never holds it", async () => {
    const secret = await trial.created(SECRET, secretConfig());
    await trial.created(VERSION, {
      secret: secret.id ?? null,
      secret_data_wo: null,
      secret_data_wo_version: 1,
    });
    const stored = trial.store.read((cloud) => cloud.list(VERSION));
    expect(JSON.stringify(stored)).not.toContain("s3cret-value");
    expect(stored[0]?.attributes.secret_data).toBeNull();
  });

  test("GIVEN no secret WHEN a version or a member is added THEN 404, and no payload in the message", async () => {
    const refused = await trial.create(VERSION, {
      secret: "projects/acme-dev/secrets/nobody",
      secret_data: "s3cret-value",
    });
    expect(errorsOf(refused)[0]).toContain("Error 404: Secret [projects/acme-dev/secrets/nobody] not found.");
    expect(JSON.stringify(refused)).not.toContain("s3cret-value");
    expect(
      errorsOf(
        await trial.create(MEMBER, {
          secret_id: "nobody",
          role: "roles/viewer",
          member: "user:a@example.com",
        }),
      ),
    ).toEqual([
      'Error retrieving IAM policy for secretmanager secret "projects/acme-dev/secrets/nobody": googleapi: Error 404: ' +
        "Secret [projects/acme-dev/secrets/nobody] not found., notFound",
    ]);
  });

  test("GIVEN a data source WHEN the secret exists THEN it is read with all labels, else it is not found", async () => {
    await trial.created(
      SECRET,
      secretConfig({ labels: { env: "dev" }, effective_labels: { env: "dev", team: "shop" } }),
    );
    const found = await trial.data("google_secret_manager_secret", {
      secret_id: "orders-key",
      project: null,
    });
    expect(found.state).toMatchObject({ labels: { env: "dev", team: "shop" } });
    expect(errorsOf(await trial.data("google_secret_manager_secret", { secret_id: "nobody" }))).toEqual([
      "projects/acme-dev/secrets/nobody not found",
    ]);
  });
});
