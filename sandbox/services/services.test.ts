import { UNKNOWN } from "../values/value";
import { errorsOf, providerOf, TrialCloud, typeNamed } from "./trial-cloud";

const TOPIC = "google_pubsub_topic";

describe("services", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN an object WHEN it is made again THEN 409, and the first is as it was", async () => {
    const state = await trial.created(TOPIC, { name: "events", labels: { env: "dev" } });
    const refused = await trial.create(TOPIC, { name: "events" });
    expect(refused.state).toBeNull();
    expect(errorsOf(refused)).toEqual([
      "Error creating Topic: googleapi: Error 409: Resource 'projects/acme-dev/topics/events' already exists, alreadyExists",
    ]);
    expect(refused.diagnostics[0]?.detail).toBe("Answered by the Groundwork sandbox.");
    expect(await trial.read(TOPIC, state)).toEqual(state);
  });

  test("GIVEN an object that vanished WHEN it is read, updated, destroyed THEN it is gone, 404, and nothing to do", async () => {
    const state = await trial.created(TOPIC, { name: "events" });
    await trial.vanish(TOPIC, String(state.id));
    expect(await trial.read(TOPIC, state)).toBeNull();
    const updated = await trial.update(TOPIC, state, { labels: { env: "dev" } });
    expect(updated.state).toEqual(state);
    expect(errorsOf(updated)[0]).toMatch(
      /^Error updating Topic "projects\/acme-dev\/topics\/events": googleapi: Error 404/,
    );
    expect(await trial.destroy(TOPIC, state)).toEqual({ state: null, diagnostics: [] });
  });

  test("GIVEN drift WHEN the object is read THEN the state shows it", async () => {
    const state = await trial.created(TOPIC, { name: "events", message_retention_duration: "600s" });
    await trial.edit(TOPIC, String(state.id), { message_retention_duration: "900s" });
    expect(await trial.read(TOPIC, state)).toEqual({ ...state, message_retention_duration: "900s" });
  });

  test("GIVEN labels of others WHEN the object is read THEN labels shows its own only, but changes to those", async () => {
    const state = await trial.created(TOPIC, {
      name: "events",
      labels: { env: "dev" },
      terraform_labels: { env: "dev" },
      effective_labels: { env: "dev", added: "by-default" },
    });
    await trial.edit(TOPIC, String(state.id), { effective_labels: { env: "prod", added: "by-hand" } });
    expect(await trial.read(TOPIC, state)).toMatchObject({
      labels: { env: "prod" },
      effective_labels: { env: "prod", added: "by-hand" },
    });
  });

  test("GIVEN an update THEN times and fingerprints move, although the plan kept them", async () => {
    const config = { name: "rules", network: "default", direction: "INGRESS", source_ranges: ["10.0.0.0/8"] };
    const key = await trial.created("google_secret_manager_regional_secret", {
      secret_id: "s",
      location: "europe-west1",
    });
    await trial.created("google_compute_firewall", config);
    const bucket = await trial.created("google_storage_bucket", { name: "acme-a", location: "EU" });
    const after = await trial.update("google_storage_bucket", bucket, { labels: { env: "dev" } });
    expect(after.state?.updated).not.toBe(bucket.updated);
    expect(after.state?.time_created).toBe(bucket.time_created);
    expect(key.create_time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  test("GIVEN the same commands in two clouds THEN ids and numbers are the same", async () => {
    const other = new TrialCloud();
    const config = { account_id: "runner" };
    const [one, two] = [
      await trial.created("google_service_account", config),
      await other.created("google_service_account", config),
    ];
    expect(two).toEqual(one);
    await other.close();
  });

  test("GIVEN unknowns inside blocks THEN each gets a value of its type; what is configured stays", async () => {
    const type = typeNamed("google_compute_forwarding_rule");
    const planned = Object.fromEntries(
      Object.entries(type.block.attributes).map(([name, schema]) => [
        name,
        schema.computed === true ? UNKNOWN : null,
      ]),
    );
    const { state } = await trial.services.apply({
      type,
      provider: providerOf(type),
      prior: null,
      planned: {
        ...planned,
        name: "rule",
        service_directory_registrations: [{ namespace: UNKNOWN, service: "s" }],
      },
      config: {},
    });
    expect(state).toMatchObject({
      name: "rule",
      service_directory_registrations: [{ namespace: expect.any(String), service: "s" }],
    });
  });

  test("GIVEN an import id WHEN it has no accepted form THEN the forms are named", async () => {
    await expect(trial.import(TOPIC, "a/b/c/d/e")).rejects.toThrow(
      /^Import id "a\/b\/c\/d\/e" doesn't match any of the accepted formats/,
    );
  });

  test("GIVEN an import WHEN read THEN virtual attributes have their defaults, project and region the provider's", async () => {
    await trial.created("google_sql_database_instance", {
      name: "main",
      database_version: "POSTGRES_16",
      settings: [{ tier: "db-f1-micro" }],
      deletion_protection: false,
    });
    expect(await trial.import("google_sql_database_instance", "main")).toMatchObject({
      project: "acme-dev",
      database_version: "POSTGRES_16",
    });
    await trial.created("google_cloud_run_v2_service", {
      name: "web",
      location: "europe-west1",
      template: [{}],
    });
    expect(await trial.import("google_cloud_run_v2_service", "europe-west1/web")).toMatchObject({
      deletion_protection: true,
    });
  });

  test("GIVEN a data source of which only the schema is known THEN its answer depends on its configuration alone", async () => {
    const ask = (config: { [name: string]: string }) => trial.data("google_compute_zones", config);
    expect(await ask({ region: "europe-west1" })).toEqual(await ask({ region: "europe-west1" }));
    expect(await ask({ region: "europe-west1" })).not.toEqual(await ask({ region: "europe-west4" }));
    expect((await ask({ region: "europe-west1" })).diagnostics).toEqual([]);
  });

  test("GIVEN data sources of Google THEN accounts, versions and projects are told as resources tell them", async () => {
    const account = await trial.created("google_service_account", { account_id: "runner" });
    expect((await trial.data("google_service_account", { account_id: "runner" })).state).toMatchObject({
      email: account.email,
      unique_id: account.unique_id,
    });
    const secret = await trial.created("google_secret_manager_secret", {
      secret_id: "key",
      replication: [{ auto: [{}] }],
    });
    for (const payload of ["one", "two"]) {
      await trial.created("google_secret_manager_secret_version", {
        secret: secret.id ?? null,
        secret_data: payload,
      });
    }
    const latest = await trial.data("google_secret_manager_secret_version", { secret: "key" });
    expect(latest.state).toMatchObject({ version: "2", secret_data: "two" });
    const first = await trial.data("google_secret_manager_secret_version", { secret: "key", version: "1" });
    expect(first.state).toMatchObject({ secret_data: "one" });
    expect(
      errorsOf(await trial.data("google_secret_manager_secret_version", { secret: "other" })),
    ).toHaveLength(1);
    expect((await trial.data("google_project", {})).state).toMatchObject({ project_id: "acme-dev" });
    const policy = await trial.data("google_iam_policy", {
      binding: [{ role: "roles/viewer", members: ["user:b@example.com", "user:a@example.com"] }],
    });
    expect(policy.state?.policy_data).toBe(
      '{"bindings":[{"members":["user:a@example.com","user:b@example.com"],"role":"roles/viewer"}]}',
    );
  });

  test("GIVEN data sources of Atlas THEN a project is found by id, and a cluster that isn't there is a 404", async () => {
    const project = await trial.created("mongodbatlas_project", {
      name: "shop",
      org_id: "5f76e20cfaeaad58bc70a115",
    });
    const byId = await trial.data("mongodbatlas_project", { project_id: project.id ?? null }, "mongodbatlas");
    expect(byId.state).toMatchObject({ name: "shop", id: project.id });
    const byName = await trial.data("mongodbatlas_project", { name: "shop" }, "mongodbatlas");
    expect(byName.state).toMatchObject({ id: project.id });
    const cluster = { project_id: project.id ?? null, name: "orders" };
    expect(errorsOf(await trial.data("mongodbatlas_advanced_cluster", cluster, "mongodbatlas"))[0]).toContain(
      "404",
    );
  });
});
