import { errorsOf, TrialCloud } from "../trial-cloud";

const SERVICE = "google_project_service";
const SECRET = "google_secret_manager_secret";
const secret = { secret_id: "orders-key", replication: [{ auto: [{}] }] };

describe("APIs of a project", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN no managed service THEN every API is taken to be on", async () => {
    await trial.created(SECRET, secret);
  });

  test("GIVEN a managed service WHEN another API is used THEN 403 SERVICE_DISABLED with its details", async () => {
    await trial.created(SERVICE, { service: "appengine.googleapis.com" });
    const [refused] = errorsOf(await trial.create(SECRET, secret));
    expect(refused).toMatch(
      /^Error creating Secret: googleapi: Error 403: Secret Manager API has not been used in project acme-dev before or it is disabled\. Enable it by visiting https:\/\/console/,
    );
    expect(refused).toContain('"reason": "SERVICE_DISABLED"');
    expect(refused).toContain('"service": "secretmanager.googleapis.com"');
    expect(refused).toMatch(/\]\n, accessNotConfigured$/);

    await trial.created(SERVICE, { service: "secretmanager.googleapis.com" });
    await trial.created(SECRET, secret);
  });

  test("GIVEN service agents WHEN they are asked for THEN each has its own domain and the project's number", async () => {
    const domainOf = async (service: string) =>
      String((await trial.created("google_project_service_identity", { service })).email).replace(
        /^service-\d+@/,
        "",
      );
    expect(await domainOf("secretmanager.googleapis.com")).toBe(
      "gcp-sa-secretmanager.iam.gserviceaccount.com",
    );
    expect(await domainOf("sqladmin.googleapis.com")).toBe("gcp-sa-cloud-sql.iam.gserviceaccount.com");
    expect(await domainOf("redis.googleapis.com")).toBe("cloud-redis.iam.gserviceaccount.com");
  });

  test("GIVEN an API that every project has THEN it needs no managing", async () => {
    await trial.created(SERVICE, { service: "appengine.googleapis.com" });
    await trial.created("google_storage_bucket", { name: "acme-dev-artifacts", location: "EU" });
  });

  test("GIVEN disable_on_destroy WHEN a service is destroyed THEN the API is off; without it the API stays on", async () => {
    await trial.created(SERVICE, { service: "appengine.googleapis.com" });
    const kept = await trial.created(SERVICE, {
      service: "secretmanager.googleapis.com",
      disable_on_destroy: false,
    });
    await trial.destroy(SERVICE, kept);
    const state = await trial.created(SECRET, secret);

    const managed = await trial.created(SERVICE, {
      service: "secretmanager.googleapis.com",
      disable_on_destroy: true,
    });
    await trial.destroy(SERVICE, managed);
    await expect(trial.read(SECRET, state)).rejects.toThrow(
      /^Error when reading or editing SecretManagerSecret "projects\/acme-dev\/secrets\/orders-key": googleapi: Error 403/,
    );
  });

  test("GIVEN a service THEN its id, its import id and a wrong import id are the provider's", async () => {
    const state = await trial.created(SERVICE, { service: "iap.googleapis.com" });
    expect(state.id).toBe("acme-dev/iap.googleapis.com");
    expect(await trial.import(SERVICE, "acme-dev/iap.googleapis.com")).toMatchObject({
      project: "acme-dev",
      service: "iap.googleapis.com",
      disable_on_destroy: null,
    });
    await expect(trial.import(SERVICE, "iap.googleapis.com")).rejects.toThrow(
      "Invalid google_project_service id format",
    );
  });
});
