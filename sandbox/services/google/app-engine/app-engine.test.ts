import type { ObjectValue } from "../../../values/value";
import { errorsOf, TrialCloud } from "../../trial-cloud";

const APPLICATION = "google_app_engine_application";
const VERSION = "google_app_engine_standard_app_version";
const SPLIT = "google_app_engine_service_split_traffic";

const version = (service: string, id: string, more: ObjectValue = {}): ObjectValue => ({
  service,
  version_id: id,
  runtime: "nodejs24",
  entrypoint: [{ shell: "node server.js" }],
  deployment: [{ zip: [{ source_url: "https://storage.googleapis.com/acme-dev-artifacts/orders.zip" }] }],
  env_variables: { LOG_LEVEL: "info" },
  ...more,
});
const split = (allocations: ObjectValue, more: ObjectValue = {}): ObjectValue => ({
  service: "default",
  split: [{ shard_by: "RANDOM", allocations }],
  ...more,
});

describe("App Engine", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN a project WHEN it gets an application THEN host and buckets follow from project and location", async () => {
    const state = await trial.created(APPLICATION, { location_id: "europe-west" });
    expect(state).toMatchObject({
      id: "acme-dev",
      name: "apps/acme-dev",
      default_hostname: "acme-dev.ew.r.appspot.com",
      default_bucket: "acme-dev.appspot.com",
      gcr_domain: "eu.gcr.io",
      feature_settings: [{ split_health_checks: true }],
    });
  });

  test("GIVEN an application WHEN it is destroyed THEN a warning says that it stays, and a second can't be made", async () => {
    const state = await trial.created(APPLICATION, { location_id: "europe-west" });

    const destroyed = await trial.destroy(APPLICATION, state);
    expect(destroyed.state).toBeNull();
    expect(destroyed.diagnostics).toMatchObject([
      { severity: "warning", summary: "App Engine applications cannot be destroyed once created" },
    ]);

    expect(errorsOf(await trial.create(APPLICATION, { location_id: "europe-west" }))).toEqual([
      "Error creating App Engine application: googleapi: Error 409: This application already exists and cannot be " +
        "re-created., alreadyExists",
    ]);
    expect(await trial.import(APPLICATION, "acme-dev")).toMatchObject({ location_id: "europe-west" });
  });

  test("GIVEN no application WHEN a version is deployed THEN 404", async () => {
    expect(errorsOf(await trial.create(VERSION, version("default", "v1")))).toEqual([
      "Error creating StandardAppVersion: googleapi: Error 404: App does not exist., notFound",
    ]);
  });

  describe("GIVEN an application", () => {
    beforeEach(() => trial.created(APPLICATION, { location_id: "europe-west" }));

    test("WHEN another service than default is first THEN it is refused", async () => {
      expect(errorsOf(await trial.create(VERSION, version("orders", "v1")))[0]).toContain(
        "must be the 'default' service (module)",
      );
    });

    test("WHEN a version is deployed THEN its id and account look real, and what the API hides survives a read", async () => {
      const state = await trial.created(VERSION, version("default", "v1"));
      expect(state).toMatchObject({
        id: "apps/acme-dev/services/default/versions/v1",
        name: "apps/acme-dev/services/default/versions/v1",
        service_account: "acme-dev@appspot.gserviceaccount.com",
        instance_class: "F1",
      });
      expect(await trial.read(VERSION, { ...state, env_variables: { LOG_LEVEL: "debug" } })).toMatchObject({
        env_variables: { LOG_LEVEL: "debug" },
      });
      expect(await trial.import(VERSION, "default/v1")).toMatchObject({
        id: state.id,
        runtime: "nodejs24",
        deployment: [],
        env_variables: null,
        noop_on_destroy: false,
      });
    });

    test("WHEN a service has one version THEN it takes all traffic and can't be deleted", async () => {
      const state = await trial.created(VERSION, version("default", "v1"));
      const refused = await trial.destroy(VERSION, state);
      expect(errorsOf(refused)[0]).toMatch(
        /^Error when reading or editing StandardAppVersion: googleapi: Error 400: Cannot delete the final version/,
      );
      expect(refused.state).toEqual(state);
    });

    test("WHEN traffic moves THEN the version that lost it can go, the one that has it can't", async () => {
      const first = await trial.created(VERSION, version("default", "v1"));
      const second = await trial.created(VERSION, version("default", "v2"));
      const state = await trial.created(SPLIT, split({ v1: "0.95", v2: "0.05" }));
      expect(errorsOf(await trial.destroy(VERSION, second))[0]).toContain("non-zero traffic allocation");

      await trial.update(SPLIT, state, { split: [{ shard_by: "RANDOM", allocations: { v2: "1" } }] });
      expect(errorsOf(await trial.destroy(VERSION, second))[0]).toContain("non-zero traffic allocation");
      expect((await trial.destroy(VERSION, first)).state).toBeNull();
    });

    test("WHEN a split is destroyed THEN traffic stays as it was", async () => {
      const first = await trial.created(VERSION, version("default", "v1"));
      await trial.created(VERSION, version("default", "v2"));
      const state = await trial.created(SPLIT, split({ v1: "0.5", v2: "0.5" }));
      expect((await trial.destroy(SPLIT, state)).state).toBeNull();
      expect(errorsOf(await trial.destroy(VERSION, first))[0]).toContain("non-zero traffic allocation");
    });

    test("WHEN the API's split differs from the state's THEN a read doesn't show it", async () => {
      await trial.created(VERSION, version("default", "v1"));
      const state = await trial.created(SPLIT, split({ v1: "1" }));
      await trial.edit(SPLIT, "apps/acme-dev/services/default", { split: [] });
      expect(await trial.read(SPLIT, state)).toEqual(state);
    });

    test.each<[string, ObjectValue, string]>([
      [
        "names an unknown version",
        split({ v1: "0.5", v9: "0.5" }),
        "Version 'v9' of service 'default' does not exist",
      ],
      ["doesn't sum to 1", split({ v1: "0.9" }), "sum to 1"],
      ["has too many decimals", split({ v1: "0.9995", v2: "0.0005" }), "at most 3 decimals"],
      ["migrates without warmup", split({ v1: "1" }, { migrate_traffic: true }), "warmup"],
      [
        "is of an unknown service",
        { ...split({ v1: "1" }), service: "nobody" },
        "Service 'nobody' was not found",
      ],
    ])("WHEN a split %s THEN it is refused", async (_, config, message) => {
      await trial.created(VERSION, version("default", "v1"));
      await trial.created(VERSION, version("default", "v2"));
      expect(errorsOf(await trial.create(SPLIT, config))[0]).toContain(message);
    });

    test("WHEN a version is kept on destroy THEN it stays deployed, and can be deployed over", async () => {
      const state = await trial.created(VERSION, version("default", "v1", { noop_on_destroy: true }));
      expect((await trial.destroy(VERSION, state)).state).toBeNull();
      expect(await trial.import(VERSION, "acme-dev/default/v1")).not.toBeNull();
      await trial.created(VERSION, version("default", "v1"));
    });

    test("WHEN a service is deleted with its version THEN all of it is gone, but never the default service", async () => {
      const bootstrap = await trial.created(
        VERSION,
        version("default", "v1", { delete_service_on_destroy: true }),
      );
      const preview = await trial.created(
        VERSION,
        version("pr-7", "v1", { delete_service_on_destroy: true }),
      );
      const other = await trial.created(VERSION, version("pr-7", "v2"));

      expect((await trial.destroy(VERSION, preview)).state).toBeNull();
      expect(await trial.read(VERSION, other)).toBeNull();
      expect(errorsOf(await trial.destroy(VERSION, bootstrap))[0]).toContain("may not be deleted");
    });

    test("WHEN the application has 210 versions THEN no more fit", async () => {
      const state = await trial.created(VERSION, version("default", "v1"));
      await trial.store.transact((cloud) => {
        for (let n = 2; n <= 210; n += 1) {
          const id = `apps/acme-dev/services/default/versions/v${n}`;
          cloud.put({ type: VERSION, id, attributes: { ...state, id, version_id: `v${n}` } });
        }
      });
      expect(errorsOf(await trial.create(VERSION, version("default", "v211")))[0]).toContain(
        "more than 210 versions",
      );
    });

    test("WHEN a version runs as an account of this project that doesn't exist THEN it is refused", async () => {
      const account = "orders-run@acme-dev.iam.gserviceaccount.com";
      expect(
        errorsOf(await trial.create(VERSION, version("default", "v1", { service_account: account })))[0],
      ).toContain(`Service account ${account} does not exist.`);
      await trial.created("google_service_account", { account_id: "orders-run" });
      await trial.created(VERSION, version("default", "v1", { service_account: account }));
    });
  });
});
