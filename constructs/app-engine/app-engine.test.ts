import { accountByEmail } from "../identity/principal";
import { built, refusals, synthesized } from "../testing";
import { Application } from "./application";
import { BootstrapVersion } from "./bootstrap-version";
import type { StandardVersionSettings } from "./settings";
import { StandardService, type StandardServiceProps } from "./standard-service";
import { StandardVersion } from "./standard-version";
import { account, connector, settings } from "./trial";

const blue = { id: "v20261118-aa01b77", artifact: "gs://shop-dev-artifacts/orders/1.zip", settings };
const green = { id: "v20261121-3f9a1c2", artifact: "gs://shop-dev-artifacts/orders/2.zip", settings };
const orders: StandardServiceProps = {
  service: "orders",
  versions: [green, blue],
  traffic: { [blue.id]: 0.95, [green.id]: 0.05 },
  shardBy: "RANDOM",
  account,
  connector,
};

describe("Application", () => {
  test("can't be destroyed", () => {
    const { one } = synthesized((stack) => new Application(stack, "app", { location: "europe-west" }));
    expect(one("google_app_engine_application")).toMatchObject({
      location_id: "europe-west",
      lifecycle: { prevent_destroy: true },
    });
  });

  test("takes over the one that a project has already", () => {
    const { imports, resources } = synthesized((stack) => {
      new Application(stack, "app", { location: "europe-west", takeOver: true });
    });
    const [id] = Object.keys(resources.google_app_engine_application ?? {});
    expect(imports).toEqual([{ to: `google_app_engine_application.${id}`, id: "shop-dev" }]);
  });

  test("can be shut off at once, and hands its configuration to transform last", () => {
    const { one } = synthesized((stack) => {
      new Application(stack, "app", {
        location: "europe-west",
        serving: false,
        transform: {
          application: (config) => {
            config.databaseType = "CLOUD_FIRESTORE";
          },
        },
      });
    });
    expect(one("google_app_engine_application")).toMatchObject({
      serving_status: "USER_DISABLED",
      database_type: "CLOUD_FIRESTORE",
    });
  });

  test("refuses a place that is no location", () => {
    const build = () => synthesized((stack) => new Application(stack, "app", { location: "Europe" }));
    expect(refusals(build)).toEqual(["location: an App Engine location such as europe-west"]);
  });
});

describe("BootstrapVersion", () => {
  test("is the first version of default, made of two files, and stays when it is destroyed", () => {
    const { one, all } = synthesized((stack) => {
      const application = new Application(stack, "app", { location: "europe-west" });
      new BootstrapVersion(stack, "bootstrap", {
        bucket: { bucketName: "shop-dev-artifacts" },
        account,
        dependsOn: [application.resource],
      });
    });
    const version = one("google_app_engine_standard_app_version");
    expect(version).toMatchObject({
      service: "default",
      version_id: "bootstrap",
      noop_on_destroy: true,
      delete_service_on_destroy: false,
      lifecycle: { create_before_destroy: true },
      service_account: account.email,
    });
    expect(version.depends_on).toHaveLength(3);
    expect(all("google_storage_bucket_object").map(({ name }) => name)).toEqual([
      "bootstrap/package.json",
      "bootstrap/server.js",
    ]);
  });
});

describe("StandardService", () => {
  test("makes each version beside the others, before any goes", () => {
    // WHEN
    const { all } = synthesized((stack) => new StandardService(stack, "orders", orders));
    // THEN
    const versions = all("google_app_engine_standard_app_version");
    expect(versions.map(({ version_id }) => version_id)).toEqual([blue.id, green.id]);
    for (const version of versions) {
      expect(version).toMatchObject({
        lifecycle: { create_before_destroy: true },
        delete_service_on_destroy: false,
        service_account: account.email,
        env_variables: { LOG_LEVEL: "info" },
        vpc_access_connector: { name: connector.connectorPath, egress_setting: "PRIVATE_IP_RANGES" },
        automatic_scaling: { standard_scheduler_settings: { min_instances: 1, max_instances: 5 } },
      });
    }
    expect(versions[0]).toMatchObject({
      deployment: { zip: { source_url: "https://storage.googleapis.com/shop-dev-artifacts/orders/1.zip" } },
    });
  });

  test("splits traffic in strings, after every version is there, and never migrates by itself", () => {
    const { one } = synthesized((stack) => new StandardService(stack, "orders", orders));
    const split = one("google_app_engine_service_split_traffic");
    expect(split).toMatchObject({
      service: "orders",
      migrate_traffic: false,
      split: { shard_by: "RANDOM", allocations: { [blue.id]: "0.95", [green.id]: "0.05" } },
    });
    expect(split.depends_on).toHaveLength(2);
  });

  test("writes shares without the noise of floating point", () => {
    const { one } = synthesized((stack) => {
      new StandardService(stack, "orders", { ...orders, traffic: { [blue.id]: 1 - 0.9, [green.id]: 0.9 } });
    });
    expect(one("google_app_engine_service_split_traffic")).toMatchObject({
      split: { allocations: { [blue.id]: "0.1", [green.id]: "0.9" } },
    });
  });

  test("stands twice in one stack", () => {
    const { all } = synthesized((stack) => {
      new StandardService(stack, "orders", orders);
      new StandardService(stack, "catalogue", { ...orders, service: "catalogue" });
    });
    expect(all("google_app_engine_standard_app_version")).toHaveLength(4);
    expect(all("google_app_engine_service_split_traffic")).toHaveLength(2);
  });

  test("takes no connector without egress, and no variables when there are none", () => {
    const alone = { ...blue, settings: { ...settings, egress: "none" as const, env: {} } };
    const { one } = synthesized((stack) => {
      new StandardService(stack, "orders", { ...orders, versions: [alone], traffic: { [blue.id]: 1 } });
    });
    const version = one("google_app_engine_standard_app_version");
    expect(version).not.toHaveProperty("vpc_access_connector");
    expect(version).not.toHaveProperty("env_variables");
  });

  test("hands its configurations to transform last", () => {
    const { one } = synthesized((stack) => {
      new StandardService(stack, "orders", {
        ...orders,
        versions: [blue],
        traffic: { [blue.id]: 1 },
        transform: {
          version: (config) => {
            config.instanceClass = "F4";
          },
          split: (config) => {
            config.migrateTraffic = true;
          },
        },
      });
    });
    expect(one("google_app_engine_standard_app_version")).toMatchObject({ instance_class: "F4" });
    expect(one("google_app_engine_service_split_traffic")).toMatchObject({ migrate_traffic: true });
  });

  test("moves traffic gradually where it can: to one version that warms up", () => {
    const build = (traffic: Record<string, number>, of: Partial<StandardVersionSettings> = {}) =>
      synthesized((stack) => {
        new StandardService(stack, "orders", {
          ...orders,
          versions: [{ ...green, settings: { ...settings, ...of } }, blue],
          traffic,
          migration: "gradual",
        });
      });
    expect(build({ [green.id]: 1 }).one("google_app_engine_service_split_traffic")).toMatchObject({
      migrate_traffic: true,
    });
    expect(refusals(() => build({ [green.id]: 0.5, [blue.id]: 0.5 }))).toEqual([
      "migration: one version with everything, or at-once",
    ]);
    const cold = [
      "migration: a version of the standard environment with automatic scaling and the inbound service warmup, or at-once",
    ];
    expect(refusals(() => build({ [green.id]: 1 }, { inboundServices: [] }))).toEqual(cold);
    const manual = { instanceClass: "B1", scaling: { kind: "manual", instances: 1 } } as const;
    expect(refusals(() => build({ [green.id]: 1 }, manual))).toEqual(cold);
  });

  test("sets who may reach it, for all its versions", () => {
    const { one } = synthesized((stack) => {
      new StandardService(stack, "orders", { ...orders, ingress: "internal-and-load-balancer" });
    });
    const settingsOf = one("google_app_engine_service_network_settings");
    expect(settingsOf).toMatchObject({ service: "orders" });
    expect(settingsOf.depends_on).toHaveLength(2);
  });

  test("has at most 180 versions with all others of its stack, and none of them twice", () => {
    const versions = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...blue,
        id: `v20261118-${String(from + index).padStart(7, "0")}`,
      }));
    const service = (name: string, list: ReturnType<typeof versions>) => ({
      ...orders,
      service: name,
      versions: list,
      traffic: { [list[0]?.id ?? ""]: 1 },
    });
    const build = (second: ReturnType<typeof versions>) =>
      built((stack) => {
        new StandardService(stack, "orders", service("orders", versions(0, 100)));
        new StandardService(stack, "catalogue", service("catalogue", second));
      });
    expect(() => build(versions(0, 80))).not.toThrow();
    expect(refusals(() => build(versions(0, 81)))).toEqual([
      "versions: at most 180, all services together: remove old ones",
    ]);
    expect(
      refusals(() =>
        built((stack) => {
          new StandardService(stack, "a", { ...orders, versions: [blue], traffic: { [blue.id]: 1 } });
          new StandardService(stack, "b", { ...orders, versions: [blue], traffic: { [blue.id]: 1 } });
        }),
      ),
    ).toEqual(["versionId: each version once"]);
  });

  test("refuses shares of versions that are not there, too fine ones, and sums other than 1", () => {
    const build = (traffic: Record<string, number>, shardBy: "IP" | "RANDOM" = "RANDOM") => {
      return refusals(() =>
        synthesized((stack) => new StandardService(stack, "o", { ...orders, traffic, shardBy })),
      );
    };
    expect(build({ [blue.id]: 0.5, [green.id]: 0.4 })).toEqual(["traffic: shares that sum to 1"]);
    expect(build({ [blue.id]: 0.5, "v20260101-0000000": 0.5 })).toEqual([
      `traffic.v20260101-0000000: one of ${green.id}, ${blue.id}`,
    ]);
    expect(build({ [blue.id]: 0.995, [green.id]: 0.005 }, "IP")).toEqual([
      `traffic.${blue.id}: at most 2 decimal places when sharding by IP`,
      `traffic.${green.id}: at most 2 decimal places when sharding by IP`,
    ]);
    expect(
      refusals(() => synthesized((stack) => new StandardService(stack, "o", { ...orders, versions: [] }))),
    ).toEqual(["versions: at least one version"]);
  });
});

describe("StandardVersion", () => {
  const version = { service: "orders", versionId: blue.id, artifact: blue.artifact, account, connector };
  const build = (props: object, of: Partial<StandardVersionSettings> = {}) =>
    synthesized((stack) => {
      new StandardVersion(stack, "v", { ...version, settings: { ...settings, ...of }, ...props });
    });

  test("takes the longest host label that App Engine routes, and no longer one", () => {
    // 17 of the id, 5 and 5 of "-dot-", 8 of the project: 28 are left for the service.
    expect(() => build({ service: "s".repeat(28) })).not.toThrow();
    expect(refusals(() => build({ service: "s".repeat(29) }))).toEqual([
      "versionId: a host label of at most 63 characters",
    ]);
  });

  test("refuses Google's default accounts, and names that are no service's", () => {
    const google = accountByEmail("shop-dev@appspot.gserviceaccount.com");
    const found = refusals(() => build({ service: "a-dot-b", account: google }));
    expect(found.map((line) => line.split(":")[0])).toEqual(["service", "account"]);
    expect(
      refusals(() => build({ account: accountByEmail("1-compute@developer.gserviceaccount.com") })),
    ).toHaveLength(1);
  });

  test("refuses an id that does not follow from content", () => {
    expect(refusals(() => build({ versionId: "canary" }))).toEqual([
      "versionId: v, a date and 7 digits of a hash: v20261121-3f9a1c2",
    ]);
  });

  test("reports everything that is wrong at once", () => {
    const scaling = { minInstances: 9, maxInstances: 3, targetCpu: 2, maxConcurrentRequests: 0 };
    const found = refusals(() =>
      build({ artifact: "https://elsewhere/a.zip", connector: undefined }, { scaling, entrypoint: " " }),
    );
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "artifact",
      "connector",
      "entrypoint",
      "scaling.minInstances",
      "scaling.targetCpu",
      "scaling.maxConcurrentRequests",
    ]);
  });

  test.each([
    ["DB_PASSWORD", "x"],
    ["STRIPE_API_KEY", "x"],
    ["SESSION_TOKEN", "x"],
    ["DATABASE_URL", "mongodb+srv://shop:hunter2@cluster.example.net"],
    ["CERT", "-----BEGIN PRIVATE KEY-----"],
    ["JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"],
  ])("refuses %s, which looks like a secret, without repeating its value", (name, value) => {
    let message = "";
    try {
      build({}, { env: { [name]: value } });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(`env.${name}: found`);
    expect(message).not.toContain(value === "x" ? "found x" : value);
  });

  test.each(["PORT", "GAE_SERVICE", "X_GOOGLE_THING", "WITH-HYPHEN", "1ST"])(
    "refuses the name %s",
    (name) => {
      expect(refusals(() => build({}, { env: { [name]: "value" } }))).toHaveLength(1);
    },
  );

  test.each(["SECRET_NAME", "TOKEN_LIFETIME", "PASSWORD_MIN_LENGTH", "KEYBOARD"])("lets %s pass", (name) => {
    expect(() => build({}, { env: { [name]: "value" } })).not.toThrow();
  });
});
