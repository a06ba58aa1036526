import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isUserError } from "@groundwork/user-error";
import fc from "fast-check";
import { dev } from "../environments/dev";
import { difference, differFrom, type EnvironmentDefinition, environment } from "../environments/difference";
import { type LoadedEnvironment, loadEnvironments, validateEnvironments } from "../environments/load";
import { organisation } from "../environments/organisation";
import { prod } from "../environments/prod";
import type { Site } from "../environments/schema/site";
import { environmentStacks } from "./environment-stacks";
import type { Overview } from "./overview";
import { Synthesis } from "./synthesis";

const folder = mkdtempSync(join(tmpdir(), "groundwork-stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Configuration {
  readonly data?: unknown;
  readonly terraform: {
    readonly backend: unknown;
    readonly required_version: string;
    readonly required_providers?: Record<string, { version: string }>;
  };
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

function synthesize(name: string, environments: readonly LoadedEnvironment[]): string {
  const outdir = join(folder, name);
  const synthesis = new Synthesis(outdir);
  for (const environment of environments) {
    for (const kind of environmentStacks) {
      synthesis.add(kind, environment);
    }
  }
  synthesis.write();
  return outdir;
}

function configuration(outdir: string, stack: string): Configuration {
  return JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Configuration;
}

/** Every file of a folder with its content. */
function files(outdir: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(outdir.length), readFileSync(path, "utf8")]),
  );
}

/** Addresses of what differs between two stacks: `type.id`. */
function changed(one: Configuration, other: Configuration): string[] {
  const flat = ({ resource }: Configuration) =>
    Object.entries(resource).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([id, value]) => [`${type}.${id}`, JSON.stringify(value)] as const),
    );
  const [before, after] = [new Map(flat(one)), new Map(flat(other))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .sort();
}

const environments = loadEnvironments();
const outdir = synthesize("first", environments);
const overview = JSON.parse(readFileSync(join(outdir, "groundwork.json"), "utf8")) as Overview;

describe("the stacks", () => {
  test("are four environments of six states each, in waves", () => {
    expect(overview.stacks).toHaveLength(24);
    expect(overview.stacks.filter(({ environment }) => environment === "dev")).toMatchObject([
      { name: "dev-foundation", stack: "foundation", wave: 0, dependsOn: [] },
      { name: "dev-network", stack: "network", wave: 1, dependsOn: ["dev-foundation"] },
      { name: "dev-data", stack: "data", wave: 2, dependsOn: ["dev-network"] },
      { name: "dev-platform", stack: "platform", wave: 2, dependsOn: ["dev-network"] },
      { name: "dev-release", stack: "release", wave: 3, dependsOn: ["dev-data", "dev-platform"] },
      { name: "dev-observability", stack: "observability", wave: 4, dependsOn: ["dev-release"] },
    ]);
  });

  test("are the same bytes every time", () => {
    expect(files(synthesize("second", loadEnvironments()))).toEqual(files(outdir));
  });

  test.each(overview.stacks.map((stack) => [stack.name, stack] as const))(
    "%s reads nothing of another stack, keeps its state apart and pins what it uses",
    (name, { backend, providers }) => {
      const { data, terraform } = configuration(outdir, name);
      expect(data).toBeUndefined();
      expect(terraform.backend).toEqual({ gcs: backend });
      expect(terraform.required_version).toBe(">= 1.11");
      expect(Object.values(terraform.required_providers ?? {}).map(({ version }) => version)).toEqual(
        Object.values(providers),
      );
    },
  );

  test("declare only the providers that they use", () => {
    const used = Object.fromEntries(
      overview.stacks
        .filter(({ environment }) => environment === "dev")
        .map(({ stack, providers }) => [
          stack,
          Object.keys(providers).map((address) => address.split("/").at(-1)),
        ]),
    );
    expect(used).toEqual({
      foundation: ["google", "google-beta"],
      network: ["google"],
      data: ["google", "mongodbatlas"],
      platform: ["google", "google-beta"],
      release: ["google", "google-beta"],
      observability: ["google"],
    });
  });

  test("let workflows seed and drop databases where previews stand, in one cluster, and nowhere else", () => {
    const { resource } = configuration(outdir, "preview-data");
    const all = (type: string) => Object.values(resource[type] ?? {});
    const [keeper] = all("mongodbatlas_custom_db_role").filter(
      ({ role_name: name }) => name === "preview-databases",
    );
    expect(keeper?.actions).toHaveLength(3);
    const shown = all("google_service_account_iam_member").filter(({ role }) =>
      /OpenIdToken/.test(String(role)),
    );
    expect(shown).toMatchObject([
      {
        service_account_id: expect.stringContaining("preview-databases"),
        member: "serviceAccount:tf-preview@hazelwick-preview.iam.gserviceaccount.com",
      },
    ]);
    const scopes = all("mongodbatlas_database_user").map(({ scopes: own }) => own);
    expect(scopes).toHaveLength(3);
    for (const own of scopes) expect(own).toMatchObject([{ type: "CLUSTER" }]);
    for (const { name } of overview.stacks.filter(({ environment }) => environment !== "preview")) {
      expect(JSON.stringify(configuration(outdir, name))).not.toMatch(/preview-databases|tf-preview/);
    }
  });

  test("hold no password, no secret's value and no key", () => {
    const text = Object.values(files(outdir)).join("\n");
    expect(text).not.toMatch(/"(password|secret_data|private_key|public_key|service_key|auth_token)"/);
    expect(text).not.toMatch(/google_service_account_key|google_secret_manager_secret_version/);
  });
});

describe("a changed value", () => {
  const releaseText = (name: string) =>
    readFileSync(join("environments", "releases", `${name}.json`), "utf8");
  const withDifference = (...differences: Parameters<typeof differFrom>[2]) => {
    const { name, project, stateBucket } = dev.fields;
    const paths = differences.map(({ path }) => path);
    const definition: EnvironmentDefinition = differFrom(prod, { name, project, stateBucket }, [
      ...dev.differences.filter(({ path }) => !paths.includes(path)),
      ...differences,
    ]);
    const loaded = validateEnvironments({ organisation, definitions: [definition], releaseText });
    return synthesize(paths.join("-"), loaded);
  };
  const affected = (other: string) =>
    Object.fromEntries(
      overview.stacks
        .filter(({ environment }) => environment === "dev")
        .map(
          ({ name, stack }) =>
            [stack, changed(configuration(outdir, name), configuration(other, name))] as const,
        )
        .filter(([, addresses]) => addresses.length > 0),
    );

  test("of the cluster's size touches the cluster alone", () => {
    const [own] = validateEnvironments({ organisation, definitions: [dev], releaseText });
    const tier = own?.environment.atlas.tier === "M20" ? "M10" : "M20";
    expect(affected(withDifference(difference("atlas.tier", tier, "Another.")))).toEqual({
      data: [expect.stringMatching(/^mongodbatlas_advanced_cluster\./)],
    });
  });

  test("of a retention touches the schedule alone", () => {
    expect(
      affected(withDifference(difference("atlas.backups.daily", { keep: "10 days" }, "Longer."))),
    ).toEqual({
      data: [expect.stringMatching(/^mongodbatlas_cloud_backup_schedule\./)],
    });
  });

  test("of a variable makes a version beside the old one, and moves the traffic where dev follows the latest", () => {
    const other = withDifference(difference("services.orders.env.LOG_LEVEL", "off", "No noise."));
    const { release = [], ...rest } = affected(other);
    expect(rest).toEqual({});
    const isVersion = (address: string) => address.startsWith("google_app_engine_standard_app_version.");
    expect(release.filter((address) => !isVersion(address))).toEqual([
      // Waits for other versions; in the cloud nothing of it changes.
      expect.stringMatching(/^google_app_engine_service_network_settings\.service-orders_/),
      expect.stringMatching(/^google_app_engine_service_split_traffic\.service-orders_/),
    ]);
    const versions = (of: string) =>
      Object.keys(configuration(of, "dev-release").resource.google_app_engine_standard_app_version ?? {});
    const made = versions(other).filter((id) => !versions(outdir).includes(id));
    expect(made).toEqual([expect.stringMatching(/^service-orders_v\d{8}-[0-9a-f]{7}_/)]);
    // Gone is at most the version of settings that no file of releases has yet.
    const gone = versions(outdir).filter((id) => !versions(other).includes(id));
    expect(release.filter(isVersion)).toHaveLength(made.length + gone.length);
    expect(
      gone.filter((id) => releaseText("dev").includes(/v\d{8}-[0-9a-f]{7}/.exec(id)?.[0] ?? "")),
    ).toEqual([]);
  });
});

describe("what a construct refuses", () => {
  test("is told with the fields of the environment, of every stack at once, and nothing is written", () => {
    const { name, project, stateBucket } = dev.fields;
    const definition = differFrom(prod, { name, project, stateBucket }, [
      difference("services.orders.env.API_TOKEN", "abc", "Wrong."),
      difference("atlas.backups.weekly", { keep: "1 week" }, "Wrong."),
      difference(
        "apis.shop.routes",
        [
          ...(prod.fields.apis.shop?.routes ?? []).slice(0, 1),
          ...(prod.fields.apis.shop?.routes ?? []).slice(0, 1),
        ],
        "Wrong.",
      ),
    ]);
    const releaseText = () => readFileSync(join("environments", "releases", "dev.json"), "utf8");
    const loaded = validateEnvironments({ organisation, definitions: [definition], releaseText });
    let fields: string[] = [];
    try {
      synthesize("refused", loaded);
    } catch (error) {
      fields = isUserError(error) ? error.problems.map(({ field }) => field) : [];
    }
    expect(fields).toEqual([
      "dev.atlas.backups.weekly.keep",
      "dev.services.orders.env.API_TOKEN",
      "dev.apis.shop.routes[1]",
    ]);
    expect(readdirSync(folder)).not.toContain("refused");
  });
});

describe("another organisation", () => {
  const service = structuredClone(prod.fields.services.default) as NonNullable<
    typeof prod.fields.services.default
  >;
  const site = { ...structuredClone(prod.fields.sites.storefront), domain: "none" } as Site;
  const live = environment({
    ...structuredClone(prod.fields),
    name: "live",
    project: "mill-and-mortar",
    stateBucket: "mill-and-mortar-states",
    region: "us-central1",
    secondRegion: "us-east1",
    appEngine: { ...structuredClone(prod.fields.appEngine), location: "us-central", regionCode: "uc" },
    services: {
      default: service,
      checkout: {
        ...service,
        egress: "private-ranges",
        database: { name: "checkout", access: "read-write", poolSize: 5 },
      },
      search: {
        ...service,
        database: { name: "checkout", access: "read", poolSize: 5 },
        egress: "all-traffic",
      },
      mail: { ...service, secrets: ["smtp"] },
    },
    secrets: { smtp: { purpose: "Signs in to the mail relay.", protected: false, rotation: "none" } },
    sites: { shop: { ...site, title: "Shop" }, "back-office": { ...site, title: "Back office" } },
    network: { ...prod.fields.network, zone: "none" },
    guard: "none",
    apis: {},
    atlas: { ...structuredClone(prod.fields.atlas), region: "CENTRAL_US" },
  });
  const others = ["qa", "uat", "demo"].map((name) =>
    differFrom(live, { name, project: `mill-${name}`, stateBucket: `mill-${name}-states` }, []),
  );
  const ofMill = { ...organisation, name: "mill", title: "Mill & Mortar", domain: "mill.example" };

  test("needs no other folder, no release and no API", () => {
    const loaded = validateEnvironments({
      organisation: ofMill,
      definitions: [...others, live],
      releaseText: () => '{"services":{}}',
    });
    const target = synthesize("mill", loaded);
    expect(readdirSync(join(target, "stacks"))).toHaveLength(24);
    expect(Object.keys(configuration(target, "live-release").resource ?? {})).toEqual([]);
    expect(
      Object.values(configuration(target, "live-platform").resource.google_firebase_hosting_site ?? {}),
    ).toHaveLength(2);
    expect(
      Object.values(configuration(target, "qa-data").resource.mongodbatlas_database_user ?? {}),
    ).toHaveLength(2);
  });
});

test("whatever the environments' check lets through is synthesized or refused with fields, never a crash", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9]{1,3} (hours|days|weeks|months|years)$/),
    fc.double(),
    fc.constantFrom("none", "M10", "read", "all-traffic"),
  );
  const paths = [
    "atlas.backups.daily.keep",
    "atlas.backups.hourly.every",
    "atlas.backups.yearly",
    "atlas.backups.restoreWindow",
    "atlas.diskGb",
    "services.orders.entrypoint",
    "services.orders.egress",
    "services.orders.env.LOG_LEVEL",
    "services.orders.database.name",
    "apis.shop.routes",
    "observability.logs",
    "observability.channels.p2",
    "network.natAddresses",
    "services.orders.scaling.maxInstances",
    "atlas.access",
    "atlas.tier",
    "sites.storefront.settings",
    "secrets.session-signing.purpose",
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...paths), anything, { minKeys: 1, maxKeys: 4 }), (values) => {
      const { name, project, stateBucket } = dev.fields;
      const definition = differFrom(
        prod,
        { name, project, stateBucket },
        Object.entries(values).map(([path, value]) => ({ path, value, reason: "Fuzzed." })),
      );
      const releaseText = () => readFileSync(join("environments", "releases", "dev.json"), "utf8");
      try {
        synthesize("fuzzed", validateEnvironments({ organisation, definitions: [definition], releaseText }));
      } catch (error) {
        expect(isUserError(error) && error.problems.length > 0 ? "refused" : error).toBe("refused");
      }
    }),
    { numRuns: 60 },
  );
});

describe("the output folder", () => {
  test("keeps a lock file with hashes, replaces one that no longer fits, and drops stacks that are gone", () => {
    const dev = environments.filter(({ environment }) => environment.name === "dev");
    const target = synthesize("kept", environments);
    const lock = join(target, "stacks", "dev-network", ".terraform.lock.hcl");
    const hashed = readFileSync(lock, "utf8").replace(/\n}/, '\n  hashes = [\n    "h1:x=",\n  ]\n}');
    writeFileSync(lock, hashed);
    const stale = join(target, "stacks", "dev-data", ".terraform.lock.hcl");
    writeFileSync(stale, readFileSync(stale, "utf8").replaceAll("6.50.0", "6.49.0"));
    // WHEN synthesized again, with dev alone
    synthesize("kept", dev);
    // THEN
    expect(readFileSync(lock, "utf8")).toBe(hashed);
    expect(readFileSync(stale, "utf8")).toContain('version     = "6.50.0"');
    expect(readdirSync(join(target, "stacks")).every((name) => name.startsWith("dev-"))).toBe(true);
  });
});
