import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const ACCOUNT = "google_service_account";
const MEMBER = "google_project_iam_member";
const POOL = "google_iam_workload_identity_pool";

const email = "orders-run@acme-dev.iam.gserviceaccount.com";
const grant = (member: string, more: ObjectValue = {}): ObjectValue => ({
  project: "acme-dev",
  role: "roles/datastore.user",
  member,
  ...more,
});

describe("identities and grants", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN an account THEN e-mail, member and unique id look real; made again it has another unique id", async () => {
    const first = await trial.created(ACCOUNT, { account_id: "orders-run" });
    expect(first).toMatchObject({
      id: `projects/acme-dev/serviceAccounts/${email}`,
      email,
      member: `serviceAccount:${email}`,
    });
    expect(first.unique_id).toMatch(/^1\d{20}$/);

    await trial.destroy(ACCOUNT, first);
    const second = await trial.created(ACCOUNT, { account_id: "orders-run" });
    expect(second.unique_id).not.toBe(first.unique_id);
  });

  test("GIVEN an account that is deleted WHEN one of its name is made THEN it has none of the old one's grants", async () => {
    const account = await trial.created(ACCOUNT, { account_id: "orders-run" });
    const own = await trial.created(MEMBER, grant(`serviceAccount:${email}`));
    const other = await trial.created(MEMBER, grant("user:ada@example.com"));
    await trial.destroy(ACCOUNT, account);
    await trial.created(ACCOUNT, { account_id: "orders-run" });
    expect(await trial.read(MEMBER, own)).toBeNull();
    expect(await trial.read(MEMBER, other)).toMatchObject({ member: "user:ada@example.com" });
  });

  test("GIVEN an account WHEN it is made again THEN 409 names it, unless that is to be ignored", async () => {
    const state = await trial.created(ACCOUNT, { account_id: "orders-run" });
    const refused = errorsOf(await trial.create(ACCOUNT, { account_id: "orders-run" }))[0];
    expect(refused).toMatch(
      /^Error creating service account: googleapi: Error 409: Service account orders-run already exists within project projects\/acme-dev\.\nDetails:\n\[/,
    );
    expect(refused).toMatch(/, alreadyExists$/);
    const again = await trial.created(ACCOUNT, {
      account_id: "orders-run",
      create_ignore_already_exists: true,
    });
    expect(again.id).toBe(state.id);
    expect(await trial.import(ACCOUNT, email)).toMatchObject({ account_id: "orders-run", email });
  });

  test("GIVEN a member of this project WHEN the account doesn't exist THEN the grant is refused in a batch's words", async () => {
    expect(errorsOf(await trial.create(MEMBER, grant(`serviceAccount:${email}`)))).toEqual([
      `Request \`Create IAM Members roles/datastore.user serviceAccount:${email} for project "acme-dev"\` returned error: ` +
        'Error applying IAM policy for project "acme-dev": Error setting IAM policy for project "acme-dev": googleapi: ' +
        `Error 400: Service account ${email} does not exist., badRequest`,
    ]);
    await trial.created(ACCOUNT, { account_id: "orders-run" });
    expect(await trial.created(MEMBER, grant(`serviceAccount:${email}`))).toMatchObject({
      id: `acme-dev/roles/datastore.user/serviceAccount:${email}`,
    });
  });

  test("GIVEN a condition THEN it is part of the id, and the import id names it", async () => {
    const condition = [{ title: "office hours", description: "", expression: "true" }];
    const state = await trial.created(MEMBER, grant("user:Ada@example.com", { condition }));
    expect(state.id).toBe("acme-dev/roles/datastore.user/user:ada@example.com/office hours//true");
    const imported = await trial.import(
      MEMBER,
      "acme-dev roles/datastore.user user:Ada@example.com office hours",
    );
    expect(imported).toMatchObject({ id: state.id, condition });
  });

  test("GIVEN a custom role of this project WHEN it doesn't exist THEN the grant is refused", async () => {
    const refused = await trial.create(
      MEMBER,
      grant("user:a@example.com", { role: "projects/acme-dev/roles/buyer" }),
    );
    expect(errorsOf(refused)[0]).toContain("Role (projects/acme-dev/roles/buyer) does not exist");
  });

  test("GIVEN an account's own policy WHEN the account goes THEN its members go with it", async () => {
    const account = await trial.created(ACCOUNT, { account_id: "orders-run" });
    const member = await trial.created("google_service_account_iam_member", {
      service_account_id: account.id ?? null,
      role: "roles/iam.workloadIdentityUser",
      member: "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*",
    });
    expect(member.id).toContain(`${account.id}/roles/iam.workloadIdentityUser/principalSet://`);
    await trial.destroy(ACCOUNT, account);
    expect(await trial.read("google_service_account_iam_member", member)).toBeNull();
  });

  test("GIVEN an audit config THEN its id names the service", async () => {
    const state = await trial.created("google_project_iam_audit_config", {
      project: "acme-dev",
      service: "allServices",
      audit_log_config: [{ log_type: "DATA_READ" }],
    });
    expect(state.id).toBe("acme-dev/audit_config/allServices");
    expect(await trial.import("google_project_iam_audit_config", "acme-dev allServices")).toMatchObject({
      audit_log_config: [{ log_type: "DATA_READ" }],
    });
  });

  test("GIVEN a deleted identity pool WHEN its id is used within 30 days THEN 409, after that it is free", async () => {
    const config = { workload_identity_pool_id: "ci" };
    const pool = await trial.created(POOL, config);
    await trial.destroy(POOL, pool);
    expect(errorsOf(await trial.create(POOL, config))).toEqual([
      "Error creating WorkloadIdentityPool: googleapi: Error 409: Requested entity already exists, alreadyExists",
    ]);
    await trial.store.transact((cloud) =>
      cloud.putFact(`soft-deleted/${POOL}/${pool.id}`, {
        at: new Date(Date.now() - 31 * 86_400_000).toISOString(),
      }),
    );
    await trial.created(POOL, config);
  });

  test("GIVEN a key ring or key WHEN it is destroyed THEN its name stays taken", async () => {
    const ring = await trial.created("google_kms_key_ring", { name: "state", location: "europe-west1" });
    const key = await trial.created("google_kms_crypto_key", { name: "state", key_ring: ring.id ?? null });
    expect(key.id).toBe("projects/acme-dev/locations/europe-west1/keyRings/state/cryptoKeys/state");
    await trial.destroy("google_kms_crypto_key", key);
    const refused = await trial.create("google_kms_crypto_key", { name: "state", key_ring: ring.id ?? null });
    expect(errorsOf(refused)[0]).toContain("Error 409: CryptoKey");
  });
});
