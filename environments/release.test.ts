import fc from "fast-check";
import { Names } from "./names";
import { organisation } from "./organisation";
import { prod } from "./prod";
import { resolveRelease } from "./release";
import { type ReleaseManifest, releaseSchema, type VersionEntry } from "./release-manifest";
import { versionId, versionSettingsOf } from "./version-id";

const environment = prod.fields;
const names = new Names(environment, organisation);
const orders = environment.services.orders as NonNullable<typeof environment.services.orders>;
const settings = versionSettingsOf(orders);
const old = { ...settings, env: { ...settings.env, LOG_LEVEL: "info" } };

function entry(day: string, of: Partial<VersionEntry> = {}): VersionEntry {
  const sha256 = day.replaceAll("-", "").padEnd(64, "a");
  return {
    artifact: `gs://hazelwick-prod-artifacts/orders/${sha256}.zip`,
    sha256,
    createdAt: `${day}T10:00:00Z`,
    ...of,
  };
}

/** An entry whose id follows from its content. */
function sealed(day: string, ran = settings): VersionEntry & { id: string } {
  const one = entry(day, { settings: ran });
  return { ...one, id: versionId({ ...one, settings: ran, account: "run-orders" }) };
}

function resolved(versions: VersionEntry[], traffic: Record<string, number>, of: object = {}) {
  const manifest = {
    services: { orders: { versions, traffic, shardBy: "RANDOM", strategy: "canary", ...of } },
  };
  const { release, problems } = resolveRelease(
    releaseSchema.parse(manifest) as ReleaseManifest,
    environment,
    names,
    () => undefined,
  );
  return {
    ids: release.services.orders?.versions.map(({ id }) => id),
    traffic: release.services.orders?.traffic,
    problems: problems.map(({ field, expected }) => `${field}: ${expected}`),
  };
}

describe("versionId", () => {
  const content = {
    sha256: "a".repeat(64),
    createdAt: "2026-11-21T09:30:00Z",
    account: "run-orders",
    settings,
  };

  test("is the artifact's date and a hash, whatever the order of the keys", () => {
    const reversed = Object.fromEntries(Object.entries(settings).reverse()) as typeof settings;
    expect(versionId(content)).toMatch(/^v20261121-[0-9a-f]{7}$/);
    expect(versionId({ ...content, settings: reversed })).toBe(versionId(content));
  });

  test("is another one for any other content", () => {
    const others = [
      { ...content, sha256: "b".repeat(64) },
      { ...content, account: "run-other" },
      { ...content, settings: { ...settings, runtime: "nodejs22" as const } },
      { ...content, settings: { ...settings, env: { ...settings.env, NEW: "1" } } },
      { ...content, settings: { ...settings, scaling: { ...settings.scaling, maxInstances: 21 } } },
      { ...content, settings: { ...settings, egress: "none" as const } },
    ].map(versionId);
    expect(new Set([versionId(content), ...others]).size).toBe(7);
  });

  test("tells apart variables that only look alike when joined", () => {
    const pairs = fc.dictionary(fc.stringMatching(/^[A-Z]{1,3}$/), fc.string({ maxLength: 3 }), {
      maxKeys: 3,
    });
    fc.assert(
      fc.property(pairs, pairs, (one, other) => {
        const id = (env: Record<string, string>) =>
          versionId({ ...content, settings: { ...settings, env: { ...env } } });
        const same =
          JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        expect(id(one) === id(other)).toBe(same);
      }),
    );
  });
});

describe("a release", () => {
  test("has every version of the manifest, and the shares as they stand there", () => {
    const blue = sealed("2026-11-12");
    const green = sealed("2026-11-18");
    expect(resolved([green, blue], { [blue.id]: 0.95, [green.id]: 0.05 })).toEqual({
      ids: [green.id, blue.id],
      traffic: { [blue.id]: 0.95, [green.id]: 0.05 },
      problems: [],
    });
  });

  test("gets a version beside the old one when a setting changed, and traffic stays where it is", () => {
    const before = sealed("2026-11-18", old);
    const { ids, traffic, problems } = resolved([before], { [before.id]: 1 });
    expect(ids).toEqual([sealed("2026-11-18").id, before.id]);
    expect(traffic).toEqual({ [before.id]: 1 });
    expect(problems).toEqual([]);
  });

  test("moves to what the environment asks for where traffic says latest", () => {
    const before = sealed("2026-11-18", old);
    expect(resolved([before], { latest: 1 })).toMatchObject({
      ids: [sealed("2026-11-18").id, before.id],
      traffic: { [sealed("2026-11-18").id]: 1 },
    });
  });

  test("may start with a version whose id follows the environment", () => {
    const id = sealed("2026-11-18").id;
    expect(resolved([entry("2026-11-18")], { latest: 1 })).toEqual({
      ids: [id],
      traffic: { [id]: 1 },
      problems: [],
    });
  });

  test("leaves versions without a share out of the traffic", () => {
    const [one, two] = [sealed("2026-11-18"), sealed("2026-11-12")];
    expect(resolved([one, two], { [one.id]: 1, [two.id]: 0 }).traffic).toEqual({ [one.id]: 1 });
  });

  test.each([
    ["a sum other than 1", { a: 0.5, b: 0.4 }, {}, ["traffic: shares that sum to 1"]],
    [
      "shares that are too fine",
      { a: 0.9995, b: 0.0005 },
      {},
      [
        "traffic.a: at most 3 decimal places when sharding by RANDOM",
        "traffic.b: at most 3 decimal places when sharding by RANDOM",
      ],
    ],
    [
      "shares that are too fine for addresses",
      { a: 0.995, b: 0.005 },
      { shardBy: "IP" },
      [
        "traffic.a: at most 2 decimal places when sharding by IP",
        "traffic.b: at most 2 decimal places when sharding by IP",
      ],
    ],
    [
      "a version that is not there",
      { a: 0.5, "v20260101-0000000": 0.5 },
      {},
      ["traffic.v20260101-0000000: one of latest, A, B"],
    ],
    [
      "a way back to a version that is gone",
      { a: 1 },
      { previousTraffic: { "v20260101-0000000": 1 } },
      ["previousTraffic.v20260101-0000000: one of latest, A, B"],
    ],
  ])("refuses %s", (_name, shares, of, expected) => {
    const [a, b] = [sealed("2026-11-18"), sealed("2026-11-12")];
    const key = (name: string) => ({ a: a.id, b: b.id })[name] ?? name;
    const traffic = Object.fromEntries(Object.entries(shares).map(([name, share]) => [key(name), share]));
    expect(resolved([a, b], traffic, of).problems).toEqual(
      expected.map((line) =>
        `releases/prod.json services.orders.${line}`
          .replace("traffic.a", `traffic.${a.id}`)
          .replace("traffic.b", `traffic.${b.id}`)
          .replace("A, B", `${a.id}, ${b.id}`),
      ),
    );
  });

  test("refuses an id that does not follow from the content, and says which one does", () => {
    const right = sealed("2026-11-18");
    const wrong = { ...right, id: "v20261118-0000000" };
    expect(resolved([wrong], { latest: 1 }).problems).toEqual([
      `releases/prod.json services.orders.versions[0].id: ${right.id}, which follows from this version's content`,
    ]);
  });

  test("refuses a second version without an id, and the same version twice", () => {
    const one = sealed("2026-11-18");
    const { problems } = resolved([one, one, entry("2026-11-12")], { latest: 1 });
    expect(problems).toEqual([
      "releases/prod.json services.orders.versions[1]: each version once",
      expect.stringMatching(/versions\[2\]\.id: v20261112-[0-9a-f]{7}; only the first version/),
    ]);
  });

  test("refuses a service that the environment does not have", () => {
    const manifest = {
      services: {
        basket: {
          versions: [entry("2026-11-18")],
          traffic: { latest: 1 },
          shardBy: "IP",
          strategy: "canary",
        },
      },
    } as const;
    const { problems } = resolveRelease(releaseSchema.parse(manifest), environment, names, () => undefined);
    expect(problems).toMatchObject([
      { field: "releases/prod.json services.basket", expected: "one of default, orders, catalogue" },
    ]);
  });
});

describe("the configurations of an API", () => {
  const [one, two] = ["c-000000000001", "c-000000000002"] as const;
  const apis = (shop: object, name = "shop") => {
    const manifest = releaseSchema.parse({ services: {}, apis: { [name]: shop } });
    const { release, problems } = resolveRelease(manifest, environment, names, (id) =>
      id === one ? "{}" : undefined,
    );
    return { apis: release.apis, problems: problems.map(({ field, expected }) => `${field}: ${expected}`) };
  };

  test("come with their documents, and the one that is served", () => {
    expect(apis({ configs: [one], serving: one })).toEqual({
      apis: { shop: { kept: [{ id: one, document: "{}" }], serving: one } },
      problems: [],
    });
    expect(apis({ configs: [one], serving: "latest" }).apis).toEqual({
      shop: { kept: [{ id: one, document: "{}" }] },
    });
  });

  test("are refused without a document, of no API, or when one is served that is not kept", () => {
    expect(apis({ configs: [two], serving: one }, "admin").problems).toEqual([
      "releases/prod.json apis.admin: one of shop",
      `releases/prod.json apis.admin.serving: one of latest, ${two}`,
      `releases/prod.json apis.admin.configs[0]: the text that was uploaded, in releases/documents/${two}.json`,
    ]);
  });
});
