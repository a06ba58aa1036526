import type { ObjectValue } from "../../../values/value";
import { errorsOf, TrialCloud } from "../../trial-cloud";

const APPLICATION = "google_app_engine_application";
const VERSION = "google_app_engine_standard_app_version";
const SPLIT = "google_app_engine_service_split_traffic";
const FLEXIBLE = "google_app_engine_flexible_app_version";
const SETTINGS = "google_app_engine_service_network_settings";
const DISPATCH = "google_app_engine_application_url_dispatch_rules";
const FIREWALL = "google_app_engine_firewall_rule";
const DOMAIN = "google_app_engine_domain_mapping";

const version = (service: string, id: string, more: ObjectValue = {}): ObjectValue => ({
  service,
  version_id: id,
  runtime: "nodejs24",
  entrypoint: [{ shell: "node server.js" }],
  deployment: [{ zip: [{ source_url: "https://storage.googleapis.com/acme-dev-artifacts/orders.zip" }] }],
  env_variables: { LOG_LEVEL: "info" },
  ...more,
});
const flexible = (id: string, more: ObjectValue = {}): ObjectValue => ({
  service: "images",
  version_id: id,
  runtime: "custom",
  deployment: [{ container: [{ image: "europe-west1-docker.pkg.dev/acme-dev/images/app@sha256:00" }] }],
  automatic_scaling: [{ min_total_instances: 1, cpu_utilization: [{ target_utilization: 0.6 }] }],
  liveness_check: [{ path: "/live" }],
  readiness_check: [{ path: "/ready" }],
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

    test.each<[string, ObjectValue]>([
      ["F2 by hand", { instance_class: "F2", manual_scaling: [{ instances: 1 }] }],
      ["B1 automatically", { instance_class: "B1", automatic_scaling: [{ max_concurrent_requests: 10 }] }],
    ])("WHEN a version scales %s THEN it is refused", async (_, more) => {
      expect(errorsOf(await trial.create(VERSION, version("default", "v1", more)))[0]).toContain(
        "is not supported with",
      );
    });

    test("WHEN a version has handlers THEN they come back with more than was given", async () => {
      const handlers = [
        { url_regex: ".*", security_level: "SECURE_ALWAYS", script: [{ script_path: "auto" }] },
      ];
      expect(await trial.created(VERSION, version("default", "v1", { handlers }))).toMatchObject({
        handlers: [
          { ...handlers[0], login: "LOGIN_OPTIONAL", auth_fail_action: "AUTH_FAIL_ACTION_REDIRECT" },
        ],
      });
    });

    test("WHEN a version scales by hand THEN it gets a class for that", async () => {
      const state = await trial.created(
        VERSION,
        version("default", "v1", { manual_scaling: [{ instances: 1 }] }),
      );
      expect(state).toMatchObject({ instance_class: "B2" });
    });

    test("WHEN a service outlives its settings THEN they stay, and one that isn't there gets none", async () => {
      await trial.created(VERSION, version("default", "v1"));
      const settings = { network_settings: [{ ingress_traffic_allowed: "INGRESS_TRAFFIC_ALLOWED_ALL" }] };
      const state = await trial.created(SETTINGS, { service: "default", ...settings });
      expect((await trial.destroy(SETTINGS, state)).state).toBeNull();
      expect(await trial.import(SETTINGS, "default")).toMatchObject(settings);
      expect(errorsOf(await trial.create(SETTINGS, { service: "nobody", ...settings }))[0]).toContain(
        "Service 'nobody' was not found",
      );
    });

    describe("in the flexible environment", () => {
      beforeEach(() => trial.created(VERSION, version("default", "v1")));

      test("WHEN a version is deployed THEN what the cloud chooses is there, and what the API hides survives a read", async () => {
        const state = await trial.created(FLEXIBLE, flexible("v1"));
        expect(state).toMatchObject({
          id: "apps/acme-dev/services/images/versions/v1",
          serving_status: "SERVING",
          runtime_api_version: "1",
          liveness_check: [{ path: "/live", check_interval: "30s" }],
        });
        expect(await trial.read(FLEXIBLE, state)).toEqual(state);
        expect(await trial.import(FLEXIBLE, "images/v1")).toMatchObject({
          deployment: [],
          runtime: "custom",
        });
      });

      test("WHEN it has traffic THEN it can't be deleted, and traffic never moves gradually", async () => {
        const first = await trial.created(FLEXIBLE, flexible("v1"));
        const second = await trial.created(FLEXIBLE, flexible("v2"));
        expect(errorsOf(await trial.destroy(FLEXIBLE, first))[0]).toContain("non-zero traffic allocation");
        expect(
          errorsOf(
            await trial.create(SPLIT, { ...split({ v2: "1" }), service: "images", migrate_traffic: true }),
          )[0],
        ).toContain("standard environment");
        await trial.created(SPLIT, { ...split({ v2: "1" }), service: "images" });
        expect((await trial.destroy(FLEXIBLE, first)).state).toBeNull();
        expect(errorsOf(await trial.destroy(FLEXIBLE, second))[0]).toContain(
          "Cannot delete the final version",
        );
      });

      test("WHEN it is stopped THEN that is an update", async () => {
        const state = await trial.created(FLEXIBLE, flexible("v1"));
        expect((await trial.update(FLEXIBLE, state, { serving_status: "STOPPED" })).state).toMatchObject({
          serving_status: "STOPPED",
        });
      });

      test("WHEN its network doesn't exist, or its API is off, THEN it is refused", async () => {
        const elsewhere = flexible("v1", { network: [{ name: "nowhere" }] });
        expect(errorsOf(await trial.create(FLEXIBLE, elsewhere))[0]).toContain("networks/nowhere");
        await trial.created("google_project_service", { service: "appengine.googleapis.com" });
        expect(errorsOf(await trial.create(FLEXIBLE, flexible("v1")))[0]).toContain(
          "App Engine Flexible Environment has not been used",
        );
      });
    });

    test("WHEN rules dispatch THEN only to services that are there, and the last ones count", async () => {
      await trial.created(VERSION, version("default", "v1"));
      const to = (service: string, path = "/*") => ({ dispatch_rules: [{ domain: "*", path, service }] });
      expect(errorsOf(await trial.create(DISPATCH, to("orders")))[0]).toContain(
        "Service 'orders' was not found",
      );
      expect(errorsOf(await trial.create(DISPATCH, to("default", "/*/x")))[0]).toContain("path '/*/x'");
      const state = await trial.created(DISPATCH, to("default"));
      expect(state).toMatchObject({ id: "acme-dev" });
      expect((await trial.destroy(DISPATCH, state)).state).toBeNull();
      expect(await trial.read(DISPATCH, state)).toBeNull();
    });

    test("WHEN a firewall rule has a priority that is taken THEN it is refused, and none can be moved", async () => {
      const rule = { priority: 100, source_range: "203.0.113.0/24", action: "ALLOW" };
      const state = await trial.created(FIREWALL, rule);
      expect(state).toMatchObject({ id: "apps/acme-dev/firewall/ingressRules/100" });
      expect(errorsOf(await trial.create(FIREWALL, { ...rule, action: "DENY" }))[0]).toContain("Error 409");
      expect(errorsOf(await trial.create(FIREWALL, { ...rule, priority: 2_147_483_647 }))[0]).toContain(
        "Error 409",
      );
      expect(errorsOf(await trial.update(FIREWALL, state, { priority: 200 }))[0]).toContain("Error 404");
      expect((await trial.update(FIREWALL, state, { action: "DENY" })).state).toMatchObject({
        action: "DENY",
      });
    });

    test("WHEN a domain is mapped THEN its records are known, and its certificate is on the way", async () => {
      expect(await trial.created(DOMAIN, { domain_name: "www.shop.example" })).toMatchObject({
        name: "apps/acme-dev/domainMappings/www.shop.example",
        resource_records: [{ name: "www", type: "CNAME", rrdata: "ghs.googlehosted.com." }],
        ssl_settings: [{ ssl_management_type: "AUTOMATIC", certificate_id: "" }],
      });
      const top = await trial.created(DOMAIN, {
        domain_name: "shop.example",
        ssl_settings: [{ ssl_management_type: "MANUAL", certificate_id: "123" }],
      });
      expect(top.resource_records).toHaveLength(8);
      expect(top).toMatchObject({
        ssl_settings: [{ certificate_id: "123", pending_managed_certificate_id: "" }],
      });
    });

    test("WHEN another project has the domain THEN it is refused, or taken over", async () => {
      await trial.created(APPLICATION, { location_id: "europe-west", project: "acme-old" });
      const old = await trial.created(DOMAIN, { domain_name: "shop.example", project: "acme-old" });
      expect(errorsOf(await trial.create(DOMAIN, { domain_name: "shop.example" }))[0]).toContain("Error 409");
      await trial.created(DOMAIN, { domain_name: "shop.example", override_strategy: "OVERRIDE" });
      expect(await trial.read(DOMAIN, old)).toBeNull();
    });
  });

  test("GIVEN no application WHEN firewall rules or domains are made THEN 404", async () => {
    const rule = { priority: 100, source_range: "*", action: "ALLOW" };
    expect(errorsOf(await trial.create(FIREWALL, rule))[0]).toContain("App does not exist");
    expect(errorsOf(await trial.create(DOMAIN, { domain_name: "shop.example" }))[0]).toContain(
      "App does not exist",
    );
  });
});
