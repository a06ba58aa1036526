import { isUserError, type Problem } from "@groundwork/user-error";
import fc from "fast-check";
import { dev } from "./dev";
import { difference, differFrom, type EnvironmentDefinition, environment } from "./difference";
import type { Environment } from "./environment";
import { type EnvironmentSource, loadEnvironments, validateEnvironments } from "./load";
import { organisation } from "./organisation";
import { prod } from "./prod";
import { staging } from "./staging";

const source: EnvironmentSource = {
  organisation,
  definitions: [dev, staging, prod],
  releaseText: () => '{"services":{}}',
};

function problems(change: Partial<EnvironmentSource>): Problem[] {
  try {
    validateEnvironments({ ...source, ...change });
  } catch (error) {
    if (isUserError(error)) {
      return [...error.problems];
    }
    throw error;
  }
  return [];
}

/** Problems of production with some fields changed, as `field: expected`. */
function refused(change: (fields: Environment & Record<string, unknown>) => void): string[] {
  const fields = structuredClone(prod.fields) as Environment & Record<string, unknown>;
  change(fields);
  return problems({ definitions: [environment(fields)] }).map(
    ({ field, expected }) => `${field}: ${expected}`,
  );
}

describe("loadEnvironments", () => {
  test("takes the environments of this repository, in the order in which a change reaches them", () => {
    const loaded = loadEnvironments();
    expect(loaded.map(({ environment: { name } }) => name)).toEqual(["preview", "dev", "staging", "prod"]);
    expect(loaded.map(({ release }) => Object.keys(release.services))).toEqual(
      loaded.map(() => ["default", "orders", "catalogue"]),
    );
  });
});

describe("a wrong value is told with its field and what is allowed", () => {
  test.each<[string, (fields: Environment & Record<string, unknown>) => void, string]>([
    [
      "bad project id",
      (f) => {
        f.project = "Shop_Prod";
      },
      "prod.project: 6 to 30 lowercase",
    ],
    [
      "unknown region",
      (f) => {
        f.region = "europe-west99" as "europe-west1";
      },
      'prod.region: one of "asia-east1"',
    ],
    [
      "unknown key",
      (f) => {
        Object.assign(f.atlas, { teir: "M10" });
      },
      "prod.atlas.teir: one of tier, version",
    ],
    [
      "unknown key at the top",
      (f) => {
        f.zone = "b";
      },
      "prod.zone: one of name, project",
    ],
    [
      "missing key",
      (f) => {
        Reflect.deleteProperty(f.atlas, "tier");
      },
      'prod.atlas.tier: one of "FLEX", "M10"',
    ],
    [
      "wrong type",
      (f) => {
        Object.assign(f.atlas, { pointInTime: "yes" });
      },
      "prod.atlas.pointInTime: true or false",
    ],
    [
      "range",
      (f) => {
        f.network.connectorRange = "10.0.0.0/24";
      },
      "prod.network.connectorRange: a private IPv4 range",
    ],
    [
      "location of another region",
      (f) => {
        f.appEngine.location = "us-central";
      },
      'prod.appEngine.location: "europe-west"',
    ],
    [
      "no default service",
      (f) => {
        Reflect.deleteProperty(f.services, "default");
        f.apis = {};
      },
      "prod.services.default: a service called default",
    ],
    [
      "secret that is not there",
      (f) => {
        f.services.orders?.secrets.push("basket");
      },
      "prod.services.orders.secrets[2]: one of payment-provider",
    ],
    [
      "route to no service",
      (f) => {
        Object.assign(f.apis.shop?.routes[0] ?? {}, { service: "basket" });
      },
      "prod.apis.shop.routes[0].service: one of default",
    ],
    [
      "instances",
      (f) => {
        Object.assign(f.services.orders?.scaling ?? {}, { minInstances: 50 });
      },
      "prod.services.orders.scaling.minInstances: at most maxInstances (",
    ],
    [
      "copy into the same region",
      (f) => {
        Object.assign(f.atlas.backups, { copyTo: "WESTERN_EUROPE" });
      },
      "prod.atlas.backups.copyTo: a region other",
    ],
    [
      "inside one alternative",
      (f) => {
        Object.assign(f.services.orders ?? {}, { database: { name: "orders", access: "rw", poolSize: 5 } });
      },
      'prod.services.orders.database.access: one of "read"',
    ],
    [
      "none of the alternatives",
      (f) => {
        Object.assign(f.services.orders ?? {}, { database: 7 });
      },
      'prod.services.orders.database: "none", or { name, access, poolSize }',
    ],
    [
      "account that is too long",
      (f) => {
        f.project = "shop-one";
        Object.assign(f.services, { ["s".repeat(27)]: f.services.default });
      },
      `prod.services.${"s".repeat(27)}: 6 to 30 characters`,
    ],
    [
      "site that is too long",
      (f) => {
        Object.assign(f.sites, { ["s".repeat(16)]: { ...f.sites.storefront, domain: "none" } });
      },
      `prod.sites.${"s".repeat(16)}: 6 to 30 characters`,
    ],
    [
      "key that is no name",
      (f) => {
        f.secrets = { Upper: { purpose: "None.", protected: true, rotation: "none" } };
        f.services = { default: f.services.default as never };
        f.apis = {};
      },
      "prod.secrets.Upper: 1 to 30 lowercase",
    ],
  ])("%s", (_name, change, expected) => {
    const found = refused(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test("the host label of versions counts the longest project and service together", () => {
    // 17 of the id, 5 and 5 of "-dot-": 36 are left for service and project.
    const service = "s".repeat(26);
    const fits = (length: number) =>
      refused((fields) => {
        fields.project = "p".repeat(length);
        fields.sites = {};
        Object.assign(fields.services, { [service]: fields.services.default });
      });
    expect(fits(10)).toEqual([]);
    expect(fits(11)).toEqual([`prod.services.${service}: 1 to 63 characters`]);
  });

  test("the value of an environment variable is never shown", () => {
    const definitions = [
      environment({
        ...prod.fields,
        services: { default: { ...prod.fields.services.default, env: { A: ["hunter2"] } } },
      } as never),
    ];
    expect(JSON.stringify(problems({ definitions }))).not.toContain("hunter2");
  });
});

test("everything that is wrong anywhere is told at once", () => {
  const found = problems({
    organisation: { ...organisation, domain: "shop" },
    definitions: [
      differFrom(prod, { name: "dev", project: prod.fields.project, stateBucket: "b" }, [
        difference("atlas.tier", "M30", ""),
      ]),
      environment({ ...prod.fields, region: "nowhere" as "europe-west1" }),
    ],
    releaseText: (name) => (name === "dev" ? "{" : undefined),
  });
  expect(found.map(({ field }) => field)).toEqual([
    "organisation.domain",
    "dev.atlas.tier",
    "dev.atlas.tier",
    "dev.stateBucket",
    "releases/dev.json",
    "prod.region",
    "releases/prod.json",
    "prod.project",
  ]);
});

describe("environments share nothing", () => {
  /** Nothing of its own that is unique in the world but buckets and the project. */
  const unnamed = [
    difference("network.zone", "none", "No zone."),
    difference("sites.storefront.domain", "none", "No domain."),
    difference("apis.shop.domain", "none", "No domain."),
  ];

  const shared = (identity: Partial<Environment>) =>
    problems({
      definitions: [
        prod,
        differFrom(
          prod,
          { name: "dev", project: "hazelwick-dev", stateBucket: "hazelwick-dev-tfstate", ...identity },
          unnamed,
        ),
      ],
    }).map(({ field, found }) => `${field}: ${found}`);

  test.each(["name", "project", "stateBucket"] as const)("no %s twice", (field) => {
    const value = prod.fields[field];
    expect(shared({ [field]: value })).toContain(
      `${field === "name" ? "prod" : "dev"}.${field}: "${value}", which is prod's too`,
    );
  });

  test("no state in a bucket that holds something else", () => {
    expect(shared({ stateBucket: "hazelwick-prod-artifacts" })).toEqual([
      'dev.stateBucket: the bucket "hazelwick-prod-artifacts", which prod.project takes too',
    ]);
  });

  test("no domain of another environment", () => {
    const dev = environment({
      ...prod.fields,
      name: "dev",
      project: "hazelwick-dev",
      stateBucket: "hazelwick-dev-tfstate",
    });
    expect(problems({ definitions: [prod, dev] }).map(({ field, found }) => `${field}: ${found}`)).toEqual([
      'dev.sites.storefront.domain: the domain "www.hazelwick.example", which prod.sites.storefront.domain takes too',
      'dev.apis.shop.domain.host: the domain "api.hazelwick.example", which prod.apis.shop.domain.host takes too',
      'dev.network.zone: the zone "hazelwick.example", which prod.network.zone takes too',
    ]);
  });

  test("no two sites of one name, however it comes about", () => {
    const fields = {
      ...prod.fields,
      name: "dev",
      project: "hazelwick",
      stateBucket: "hazelwick-dev-tfstate",
      network: { ...prod.fields.network, zone: "none" },
      apis: {},
      sites: { "prod-storefront": { ...prod.fields.sites.storefront, domain: "none" } as never },
    };
    expect(problems({ definitions: [prod, environment(fields)] }).map(({ field }) => field)).toEqual([
      "dev.sites.prod-storefront",
    ]);
  });
});

test.each([" ", "Dev", "", 7])(
  "GIVEN an environment named %j THEN its problems say which one it is",
  (name) => {
    const definitions = [prod, environment({ ...prod.fields, name: name as string })];
    expect(problems({ definitions }).map(({ field }) => field)).toContain("environments[1].name");
  },
);

test("whatever stands in an environment, it is taken or refused with its field, never a crash", () => {
  const paths = leaves(prod.fields);
  const anything = fc.oneof(
    fc.anything(),
    fc.string(),
    fc.integer(),
    fc.constantFrom("none", "M10", "europe-west1", "7 days", -1, 1e9, "", null, undefined, () => 1),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const fields = structuredClone(prod.fields);
        for (const [path, value] of changes) {
          put(fields, path, value);
        }
        const definitions: EnvironmentDefinition[] = [
          environment(fields),
          differFrom(
            environment(fields),
            { name: "dev", project: "hazelwick-dev", stateBucket: "hazelwick-dev-tfstate" },
            [],
          ),
        ];
        for (const { field, expected } of problems({ definitions })) {
          expect(`${field}|${expected}`).toMatch(/^\S.*\|\S/);
        }
      },
    ),
    { numRuns: 200 },
  );
});

/** Paths of everything inside a value, containers too. */
function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) {
    return [path];
  }
  return Object.entries(value).flatMap(([key, one]) => [[...path, key], ...leaves(one, [...path, key])]);
}

function put(target: unknown, path: readonly string[], value: unknown): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (Object(at) as Record<string, unknown>)[key], target);
  if (typeof parent === "object" && parent !== null) {
    (parent as Record<string, unknown>)[path.at(-1) ?? ""] = value;
  }
}
