import fc from "fast-check";
import { type ApiDefinition, writeDefinition } from "./definition";
import { schemaProblems } from "./document-schema";
import { type Node, nodeOf, type OpenApi2Document, openApiVersions } from "./openapi";
import type { OwnDocument } from "./own-document";
import { methods, type RouteSpec } from "./routes";
import { firebaseCustomers, serviceAccountTokens } from "./token-issuers";

const address = "https://orders-dot-shop-dev.ew.r.appspot.com";
const issuers = {
  customer: firebaseCustomers("shop-dev"),
  partner: serviceAccountTokens("caller@partner.iam.gserviceaccount.com", ["https://api.shop.example"]),
};
const quotas = { reads: { perMinute: 600, title: "Reads" }, writes: { perMinute: 60 } };
const rules = { project: "shop-dev", otherHosts: ["pay.partner.example"], versions: false, issuers, quotas };
const iapClient = "123-abc.apps.googleusercontent.com";

function write(definition: ApiDefinition, change: { cors?: boolean; iapClient?: string } = {}) {
  return writeDefinition(definition, "Shop", { issuers, quotas, cors: false, ...change }, rules);
}

/** The document that a definition makes. */
function document(definition: ApiDefinition, change: { cors?: boolean; iapClient?: string } = {}): Node {
  const { text, problems } = write(definition, change);
  expect(problems).toEqual([]);
  return JSON.parse(text ?? "") as Node;
}

function refusals(definition: ApiDefinition): string[] {
  return write(definition).problems.map(({ field, found, expected }) => `${field}: ${found}; ${expected}`);
}

/** What stands at a place of a document. */
function at(node: unknown, ...keys: string[]): unknown {
  return keys.reduce((one, key) => nodeOf(one)[key], node);
}

const place: RouteSpec = {
  path: "/v1/orders/{orderId}",
  method: "put",
  address,
  deadline: "30 seconds",
  access: "customer",
  apiKey: true,
  costs: { writes: 2 },
  summary: "Change an order",
};
const list: RouteSpec = {
  path: "/v1/orders",
  method: "get",
  address,
  deadline: "10 seconds",
  access: ["customer", "partner"],
  summary: "Orders",
};
const routes = [place, list];

describe("typed routes", () => {
  test("GIVEN quotas and keys THEN a document in 2.0 counts calls where its extensions say so", () => {
    const made = document({ routes });
    expect(made["x-google-management"]).toEqual({
      metrics: [
        { name: "reads", displayName: "Reads", valueType: "INT64", metricKind: "DELTA" },
        { name: "writes", displayName: "writes", valueType: "INT64", metricKind: "DELTA" },
      ],
      quota: {
        limits: [
          { name: "reads-per-minute", metric: "reads", unit: "1/min/{project}", values: { STANDARD: 600 } },
          { name: "writes-per-minute", metric: "writes", unit: "1/min/{project}", values: { STANDARD: 60 } },
        ],
      },
    });
    expect(at(made, "paths", place.path, "put")).toMatchObject({
      security: [{ customer: [], "api-key": [] }],
      "x-google-quota": { metricCosts: { writes: 2 } },
    });
    expect(at(made, "paths", list.path, "get", "security")).toEqual([{ customer: [] }, { partner: [] }]);
    expect(at(made, "securityDefinitions", "api-key")).toEqual({
      type: "apiKey",
      name: "x-api-key",
      in: "header",
    });
  });

  test("WHEN they are written in 3.x THEN backends, quotas and issuers stand where that syntax has them", () => {
    const made = document({ routes, openApi: "3.1" });
    expect(made.openapi).toMatch(/^3\.1\.\d$/);
    expect(made["x-google-api-management"]).toEqual({
      metrics: { reads: { displayName: "Reads" }, writes: { displayName: "writes" } },
      quota: {
        limits: {
          "reads-per-minute": { metric: "reads", values: 600 },
          "writes-per-minute": { metric: "writes", values: 60 },
        },
      },
      backends: {
        backend1: {
          address,
          deadline: 30,
          jwtAudience: address,
          pathTranslation: "APPEND_PATH_TO_ADDRESS",
          protocol: "h2",
        },
        backend2: expect.objectContaining({ deadline: 10 }),
      },
    });
    expect(at(made, "paths", place.path, "put")).toMatchObject({
      "x-google-backend": "backend1",
      parameters: [{ name: "orderId", in: "path", required: true, schema: { type: "string" } }],
    });
    expect(at(made, "components", "securitySchemes", "partner", "x-google-auth")).toEqual({
      issuer: "caller@partner.iam.gserviceaccount.com",
      jwksUri: "https://www.googleapis.com/robot/v1/metadata/x509/caller@partner.iam.gserviceaccount.com",
      audiences: ["https://api.shop.example"],
    });
  });

  test("GIVEN browsers of other origins THEN OPTIONS of every path goes to its service without a token", () => {
    const made = document({ routes: [...routes, { ...list, method: "post" }] }, { cors: true });
    expect(at(made, "paths", place.path, "options")).toMatchObject({
      operationId: "optionsV1OrdersOrderId",
      parameters: [{ name: "orderId" }],
      security: [],
      "x-google-backend": { address, deadline: 30 },
    });
    expect(Object.keys(nodeOf(at(made, "paths", list.path)))).toEqual(["get", "post", "options"]);
    const own: RouteSpec = { ...list, method: "options", access: "public", summary: "Mine" };
    expect(at(document({ routes: [own] }, { cors: true }), "paths", list.path, "options", "summary")).toBe(
      "Mine",
    );
  });

  test("GIVEN an identity-aware proxy THEN tokens are for its client, unless a route says otherwise", () => {
    const made = document({ routes: [{ ...place, audience: "other" }, list] }, { iapClient });
    expect(at(made, "paths", list.path, "get", "x-google-backend", "jwt_audience")).toBe(iapClient);
    expect(at(made, "paths", place.path, "put", "x-google-backend", "jwt_audience")).toBe("other");
  });

  test("GIVEN one address for every path THEN the request's path does not follow it", () => {
    const constant: RouteSpec = {
      ...list,
      address: `${address}/hook`,
      pathTranslation: "constant",
      protocol: "http/1.1",
    };
    expect(at(document({ routes: [constant] }), "paths", list.path, "get", "x-google-backend")).toEqual({
      address: `${address}/hook`,
      deadline: 10,
      jwt_audience: address,
      path_translation: "CONSTANT_ADDRESS",
      protocol: "http/1.1",
    });
  });

  test.each([
    ["https://shop-dev.ew.r.appspot.com", true],
    ["https://shop-dev.appspot.com", true],
    ["https://orders-dot-shop-dev.uc.r.appspot.com/base", true],
    ["https://pay.partner.example", true],
    ["https://orders-dot-shop-prod.ew.r.appspot.com", false],
    ["https://orders-dot-other-shop-dev.ew.r.appspot.com", false],
    ["https://shop-dev.ew.r.appspot.com.evil.example", false],
    ["https://user@shop-dev.ew.r.appspot.com", false],
    ["https://v1-dot-orders-dot-shop-dev.ew.r.appspot.com", false],
  ])("GIVEN a backend at %s THEN that it is one of this project is %s", (one, allowed) => {
    expect(refusals({ routes: [{ ...list, address: one }] }).length === 0).toBe(allowed);
  });

  test("GIVEN what API Gateway can't do THEN every reason is told", () => {
    const wrong: RouteSpec[] = [
      { ...list, path: "/a", access: [] },
      { ...list, path: "/b", access: "public", apiKey: true },
      { ...list, path: "/c", apiKey: true },
      { ...list, path: "/d", costs: { reads: 1, searches: 1 } },
      { ...list, path: "/e-f", access: "public" },
      { ...list, path: "/e/f", access: "public" },
    ];
    expect(refusals({ routes: wrong })).toEqual([
      "routes[0].access: []; public or api-key or customer or partner",
      `routes[1].apiKey: true; access "api-key": a route that demands a key isn't public`,
      "routes[2].apiKey: true; one issuer beside the key: API Gateway takes no alternatives that hold an API key",
      "routes[3].costs.searches: searches; a quota: reads, writes",
      "routes[3].costs: reads, searches; an API key on the operation: quotas are counted by the key's project, without one they never apply",
      "routes[5].path: /e/f; a path that differs from routes[4] in more than punctuation: both would be getEF",
    ]);
  });

  test("whatever the routes, the document is what the OpenAPI Initiative's schema demands", () => {
    const route = fc.record({
      path: fc.stringMatching(/^(\/([a-z]{1,4}|\{[a-z]{1,4}\})){1,3}$/),
      method: fc.constantFrom(...methods),
      access: fc.constantFrom("public", "api-key", "customer", ["customer", "partner"]),
      pathTranslation: fc.constantFrom("append" as const, "constant" as const),
    });
    fc.assert(
      fc.property(
        fc.array(route),
        fc.constantFrom(...openApiVersions),
        fc.boolean(),
        (some, version, cors) => {
          const { text } = writeDefinition(
            { routes: some.map((one) => ({ ...list, ...one })), openApi: version },
            "Shop",
            { issuers, quotas, cors },
            rules,
          );
          expect(text === undefined ? [] : schemaProblems(JSON.parse(text) as Node, version)).toEqual([]);
        },
      ),
    );
  });
});

const yaml = `
swagger: "2.0"
info: { title: Orders, version: "3" }
securityDefinitions:
  staff:
    type: oauth2
    flow: implicit
    authorizationUrl: ""
    scopes: {}
    x-google-issuer: https://login.shop.example
    x-google-jwks_uri: https://login.shop.example/keys
parameters:
  id: { name: id, in: path, required: true, type: string }
paths:
  /v1/orders:
    get: { operationId: list, security: [{ customer: [] }], responses: { 200: { description: OK } } }
    post: { operationId: place, security: [{ staff: [], api-key: [] }], responses: { 201: { description: Placed } } }
  /v1/orders/{id}:
    parameters: [{ $ref: "#/parameters/id" }]
    get: { operationId: one, responses: { 200: { description: OK } } }
  /v1/files/{name}:
    get: { operationId: file, security: [{ customer: [] }], responses: { 200: { description: OK } } }
`;
const own: OwnDocument = {
  document: yaml,
  backends: {
    "/": { address: "https://shop-dev.ew.r.appspot.com", deadline: "10 seconds" },
    "/v1/orders": { address, deadline: "20 seconds" },
  },
  publicOperations: ["GET /v1/orders/{id}"],
  costs: { "POST /v1/orders": { writes: 1 } },
};

describe("a document of one's own", () => {
  test("WHEN it is text THEN the closest backend stands in each operation, and the rest is as it was", () => {
    const made = document(own);
    expect(at(made, "paths", "/v1/orders", "get")).toMatchObject({
      operationId: "list",
      "x-google-backend": { address, deadline: 20 },
    });
    expect(at(made, "paths", "/v1/orders", "post")).toMatchObject({
      security: [{ staff: [], "api-key": [] }],
      "x-google-quota": { metricCosts: { writes: 1 } },
    });
    expect(at(made, "paths", "/v1/orders/{id}", "get")).toMatchObject({ security: [] });
    expect(at(made, "paths", "/v1/orders/{id}", "get", "parameters")).toBeUndefined();
    expect(at(made, "paths", "/v1/files/{name}", "get", "parameters")).toEqual([
      { name: "name", in: "path", required: true, type: "string" },
    ]);
    expect(Object.keys(nodeOf(made.securityDefinitions))).toEqual([
      "staff",
      "customer",
      "partner",
      "api-key",
    ]);
  });

  test("WHEN it is in 3.0 and names backends itself THEN they are kept beside those that are put in", () => {
    const backend = {
      address: "https://pay.partner.example",
      deadline: 5,
      jwtAudience: "pay",
      pathTranslation: "CONSTANT_ADDRESS",
    };
    const made = document({
      document: {
        openapi: "3.0.3",
        info: { title: "Orders", version: "1" },
        "x-google-api-management": { backends: { backend1: backend } },
        "x-google-backend": "backend1",
        security: [{ customer: [] }],
        paths: {
          "/pay": { post: { operationId: "pay", responses: { 200: { description: "OK" } } } },
          "/v1": { get: { operationId: "list", responses: { 200: { description: "OK" } } } },
        },
      },
      backends: { "/v1": { address, deadline: "20 seconds" } },
    });
    expect(at(made, "x-google-api-management", "backends")).toMatchObject({
      backend1: backend,
      backend2: { address },
    });
    expect(at(made, "paths", "/v1", "get", "x-google-backend")).toBe("backend2");
    expect(at(made, "paths", "/pay", "post")).not.toHaveProperty("x-google-backend");
  });

  test.each<[string, string, string[]]>([
    ["text that is no YAML", "a: [", ["document, line 1, column 5: Flow sequence in block collection must"]],
    [
      "a key that stands twice",
      "swagger: a\nswagger: b",
      ["document, line 2, column 1: Map keys must be unique"],
    ],
    ["a version without quotes", "swagger: 2.0", ['document.swagger: 2; swagger: "2.0", or openapi:']],
    ["another version", 'openapi: "4.0.0"', ['document.openapi: "4.0.0"; swagger: "2.0", or']],
    ["a list", "[]", ["document.swagger: nothing; "]],
    [
      "what the schema refuses",
      'swagger: "2.0"\ninfo: {title: 5}\npaths: {"/a": {get: {operationId: a, respnses: {}}}}',
      [
        "document.info.version: nothing; a value: it is mandatory",
        "document.info.title: 5; a value of type string",
        "document.paths./a.get.responses: nothing; a value: it is mandatory",
        "document.paths./a.get.respnses: a field that is unknown here; no such field",
      ],
    ],
  ])("GIVEN %s THEN its place is told", (_, text, expected) => {
    const found = refusals({ ...own, document: text });
    expect(found).toHaveLength(expected.length);
    expected.forEach((start, index) => {
      expect(found[index]).toContain(start);
    });
  });

  test("GIVEN what API Gateway would refuse or leave open THEN every reason is told", () => {
    const ok = { 200: { description: "OK" } };
    const found = refusals({
      document: {
        swagger: "2.0",
        info: { title: "Orders", version: "1" },
        host: "api.shop.example:8443",
        "x-google-allow": "all",
        securityDefinitions: {
          key: { type: "apiKey", name: "key", in: "query" },
          basic: { type: "basic" },
        },
        paths: {
          "/a": { get: { responses: ok, security: [{}] } },
          "/b": { get: { operationId: "b", responses: ok } },
          "/c/x-{id}": {
            get: { operationId: "b", responses: ok, security: [{ key: [] }, { customer: [] }] },
          },
          "/d/{a}": { get: { operationId: "d", responses: ok, security: [{ customer: [], partner: [] }] } },
          "/d/{b}": { get: { operationId: "e", responses: ok, security: [{ basic: [] }, { staff: [] }] } },
          "/f": {
            get: {
              operationId: "f",
              responses: { 200: { description: "OK", schema: { $ref: "other.yaml#/Order" } } },
              security: [{ key: [] }],
              "x-google-backend": {
                address: "https://orders-dot-other.ew.r.appspot.com",
                disable_auth: true,
              },
            },
          },
        },
      } satisfies OpenApi2Document,
      backends: { "/a": { address, deadline: "1 second" } },
      publicOperations: ["GET /z"],
      costs: { "GET /a": { reads: 1 } },
    });
    expect(found.map((one) => one.split(";")[0])).toEqual([
      "document.x-google-allow: all",
      "document.host: api.shop.example:8443",
      "document.paths./f.get.responses.200.schema.$ref: other.yaml#/Order",
      "publicOperations: GET /z",
      "document.paths./a.get.operationId: nothing",
      "document.paths./a.get.security: an alternative that demands nothing",
      "costs.GET /a: reads",
      "document.paths./b.get: no backend",
      "document.paths./b.get.security: nothing",
      "document.paths./c/x-{id}.get: /c/x-{id}",
      "document.paths./c/x-{id}.get.operationId: b",
      "document.paths./c/x-{id}.get: no backend",
      'document.paths./c/x-{id}.get.security: [{"key":[]},{"customer":[]}]',
      "document.paths./d/{a}.get: no backend",
      'document.paths./d/{a}.get.security: [{"customer":[],"partner":[]}]',
      "document.paths./d/{b}.get: GET /d/{b}",
      "document.paths./d/{b}.get: no backend",
      "document.paths./d/{b}.get.security: basic",
      "document.paths./d/{b}.get.security: staff",
      "document.paths./f.get.x-google-backend.address: https://orders-dot-other.ew.r.appspot.com",
      "document.paths./f.get.x-google-backend.deadline: nothing",
      "document.paths./f.get.x-google-backend.jwt_audience: nothing",
      "document.paths./f.get.x-google-backend.path_translation: nothing",
      "document.paths./f.get.x-google-backend.disable_auth: true",
    ]);
  });

  test("whatever the text, it is written or refused with a reason", () => {
    const mutated = fc
      .tuple(fc.nat(yaml.length), fc.nat(40), fc.string({ maxLength: 8 }))
      .map(([start, length, put]) => yaml.slice(0, start) + put + yaml.slice(start + length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
        const { text: made, problems } = write({ ...own, document: text });
        expect(made === undefined).toBe(problems.length > 0);
      }),
    );
  });
});
