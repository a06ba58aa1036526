import { Token } from "cdktf";
import fc from "fast-check";
import { Account } from "../identity/account";
import { accountByEmail } from "../identity/principal";
import { refusals, synthesized } from "../testing";
import { Api, apiByName } from "./api";
import { apiConfigId, Gateway, type GatewayProps } from "./gateway";
import type { OpenApi2Document } from "./openapi";
import { methods, operationId, type RouteSpec, routeProblems } from "./routes";
import { firebaseCustomers } from "./token-issuers";

const address = "https://orders-dot-shop-dev.ew.r.appspot.com";
const place: RouteSpec = {
  path: "/v1/orders",
  method: "post",
  address,
  deadline: "30 seconds",
  access: "customer",
  summary: "Place an order",
};
const health: RouteSpec = {
  path: "/healthz",
  method: "get",
  address,
  deadline: "5 seconds",
  access: "public",
  summary: "Is it up",
};
const order: RouteSpec = { ...place, path: "/v1/orders/{orderId}", method: "get", summary: "One order" };
const props: GatewayProps = {
  api: apiByName("shop-api"),
  gatewayId: "shop-gateway",
  title: "Shop API",
  region: "europe-west1",
  definition: { routes: [place, health, order] },
  issuers: { customer: firebaseCustomers("shop-dev") },
  account: accountByEmail("gateway-shop@shop-dev.iam.gserviceaccount.com"),
};

function built(change: Partial<GatewayProps> = {}) {
  const { one } = synthesized((stack) => new Gateway(stack, "gateway", { ...props, ...change }));
  const config = one("google_api_gateway_api_config") as {
    api_config_id: string;
    openapi_documents: { document: { contents: string } }[];
  };
  const contents = config.openapi_documents[0]?.document.contents ?? "";
  return {
    config,
    gateway: one("google_api_gateway_gateway"),
    document: JSON.parse(Buffer.from(contents, "base64").toString("utf8")) as OpenApi2Document,
  };
}

describe("Api", () => {
  test("is made by google-beta, under its id", () => {
    const { one, providers } = synthesized(
      (stack) => new Api(stack, "api", { apiId: "shop-api", title: "Shop" }),
    );
    expect(one("google_api_gateway_api")).toMatchObject({ api_id: "shop-api", provider: "google-beta" });
    expect(Object.keys(providers)).toEqual(["google-beta"]);
  });

  test("may be seen by somebody, and tells the service whose keys open it", () => {
    const { one } = synthesized((stack) => {
      const api = new Api(stack, "api", { apiId: "shop-api", title: "Shop" });
      api.grant("on-call", { member: "group:on-call@shop.example" }, "administer");
      expect(Token.isUnresolved(api.managedService)).toBe(true);
    });
    expect(one("google_api_gateway_api_iam_member")).toMatchObject({
      role: "roles/apigateway.admin",
      member: "group:on-call@shop.example",
    });
  });

  test("is one of fifty at most", () => {
    const build = (count: number) => () =>
      synthesized((stack) => {
        for (let index = 0; index < count; index += 1) {
          new Api(stack, `api-${index}`, { apiId: `api-${index}`, title: "t" });
        }
      });
    expect(build(50)).not.toThrow();
    expect(refusals(build(51))).toEqual(["apiId: at most 50: Google's limit"]);
  });

  test("takes the longest legal id, and no longer one", () => {
    const build = (length: number) => () =>
      synthesized((stack) => new Api(stack, "a", { apiId: "a".repeat(length), title: "t" }));
    expect(build(49)).not.toThrow();
    expect(refusals(build(50))).toEqual([
      "apiId: 1 to 49 lowercase letters, digits and hyphens, starting with a letter",
    ]);
  });
});

describe("Gateway", () => {
  test("says for each route who may call it and where it goes", () => {
    const { paths, securityDefinitions } = built().document;
    expect(paths["/v1/orders"]?.post).toMatchObject({
      operationId: "postV1Orders",
      security: [{ customer: [] }],
      "x-google-backend": {
        address,
        deadline: 30,
        jwt_audience: address,
        path_translation: "APPEND_PATH_TO_ADDRESS",
      },
    });
    expect(paths["/healthz"]?.get).toMatchObject({ security: [] });
    expect(paths["/v1/orders/{orderId}"]?.get).toMatchObject({
      parameters: [{ name: "orderId", in: "path", required: true, type: "string" }],
    });
    expect(securityDefinitions).toMatchObject({
      customer: {
        "x-google-issuer": "https://securetoken.google.com/shop-dev",
        "x-google-audiences": "shop-dev",
      },
    });
  });

  test("makes the configuration before the gateway moves to it, with an account of its own", () => {
    const { config, gateway } = built();
    expect(config).toMatchObject({
      api: "shop-api",
      lifecycle: { create_before_destroy: true },
      gateway_config: { backend_config: { google_service_account: props.account.email } },
    });
    expect(gateway.api_config).toMatch(/^\$\{google_api_gateway_api_config\..*\.id\}$/);
  });

  test("names the configuration after its content: any change is another one", () => {
    const id = built().config.api_config_id;
    expect(id).toMatch(/^c-[0-9a-f]{12}$/);
    expect(built().config.api_config_id).toBe(id);
    const others = [
      built({ definition: { routes: [place, health] } }),
      built({ account: accountByEmail("other@shop-dev.iam.gserviceaccount.com") }),
      built({ title: "Other" }),
      built({ definition: { routes: [place, { ...health, deadline: "6 seconds" }, order] } }),
    ].map(({ config }) => config.api_config_id);
    expect(new Set([id, ...others]).size).toBe(5);
  });

  test("keeps configurations of before, and serves one of them when it is told to", () => {
    const document = '{"swagger":"2.0"}';
    const before = { id: apiConfigId(document, props.account.email), document };
    const { all, one } = synthesized((stack) => {
      new Gateway(stack, "gateway", { ...props, kept: [before], serving: before.id });
    });
    const ids = all("google_api_gateway_api_config").map(({ api_config_id }) => api_config_id);
    expect(ids.sort()).toEqual([before.id, built().config.api_config_id].sort());
    expect(one("google_api_gateway_gateway").api_config).toContain(before.id);
  });

  test("makes a configuration once when the routes are those of before again", () => {
    const { config } = built();
    const document = Buffer.from(config.openapi_documents[0]?.document.contents ?? "", "base64").toString(
      "utf8",
    );
    expect(built({ kept: [{ id: config.api_config_id, document }] }).config.api_config_id).toBe(
      config.api_config_id,
    );
  });

  test("refuses kept configurations whose id does not follow from them, and one that is served without being kept", () => {
    const kept = [{ id: "c-000000000000", document: "{}" }];
    expect(refusals(() => built({ kept }))[0]).toMatch(/^kept\[0\]\.id: c-[0-9a-f]{12}, which follows/);
    expect(refusals(() => built({ serving: "c-000000000000" }))).toEqual([
      expect.stringMatching(/^serving: one of c-/),
    ]);
  });

  test("shows a token for the audience that the service expects", () => {
    const { paths } = built({
      definition: { routes: [{ ...health, audience: "1-a.apps.example.com" }] },
    }).document;
    expect(paths["/healthz"]?.get).toMatchObject({
      "x-google-backend": { jwt_audience: "1-a.apps.example.com" },
    });
  });

  test("stands twice in one stack", () => {
    const { all } = synthesized((stack) => {
      new Gateway(stack, "one", props);
      new Gateway(stack, "two", { ...props, api: apiByName("admin-api"), gatewayId: "admin-gateway" });
    });
    expect(all("google_api_gateway_api_config")).toHaveLength(2);
  });

  test("hands its configurations to transform last", () => {
    const { config, gateway } = built({
      transform: {
        config: (one) => {
          one.labels = { tier: "gold" };
        },
        gateway: (one) => {
          one.displayName = "Renamed";
        },
      },
    });
    expect(config).toMatchObject({ labels: { tier: "gold" } });
    expect(gateway).toMatchObject({ display_name: "Renamed" });
  });

  test("runs in several regions with one configuration", () => {
    const { all } = synthesized((stack) => {
      const gateway = new Gateway(stack, "gateway", { ...props, region: ["europe-west1", "us-east1"] });
      gateway.grant("on-call", { member: "group:on-call@shop.example" }, "view");
    });
    expect(all("google_api_gateway_api_config")).toHaveLength(1);
    expect(all("google_api_gateway_gateway").map(({ region }) => region)).toEqual([
      "europe-west1",
      "us-east1",
    ]);
    expect(all("google_api_gateway_gateway_iam_member")).toEqual([
      expect.objectContaining({
        region: "europe-west1",
        role: "roles/apigateway.viewer",
        project: "shop-dev",
      }),
      expect.objectContaining({ region: "us-east1" }),
    ]);
  });

  test("refuses a region without API Gateway", () => {
    expect(refusals(() => built({ region: "europe-west3" }))).toEqual([
      expect.stringMatching(/^region: a region that has API Gateway: asia-northeast1, /),
    ]);
  });

  test("refuses an account whose address is not known yet: the configuration's id would change from run to run", () => {
    const build = () =>
      synthesized((stack) => {
        const account = new Account(stack, "account", {
          accountId: "gateway-shop",
          purpose: "Calls services.",
        });
        new Gateway(stack, "gateway", { ...props, account });
      });
    expect(refusals(build)).toEqual([expect.stringMatching(/^account: accountByEmail/)]);
  });

  test("keeps the configurations of an API within Google's limit", () => {
    const kept = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const document = `{"swagger":"2.0","x":${index}}`;
        return { id: apiConfigId(document, props.account.email), document };
      });
    expect(refusals(() => built({ kept: kept(6) }))).toEqual(["kept: at most 5"]);
    const build = (gateways: number) => () =>
      synthesized((stack) => {
        for (let index = 0; index < gateways; index += 1) {
          const region = index % 2 === 0 ? "us-east1" : "us-east4";
          new Gateway(stack, `gateway-${index}`, {
            ...props,
            kept: kept(5),
            gatewayId: `g-${index}`,
            region,
          });
        }
      });
    expect(build(16)).not.toThrow();
    expect(refusals(build(17))).toEqual(["kept: at most 100: Google's limit"]);
  });

  test("reports every wrong route at once", () => {
    const routes: RouteSpec[] = [
      { ...place, path: "v1/orders" },
      { ...order, path: "/v1/{id}/{id}" },
      { ...place, access: "staff" },
      { ...place, deadline: "20 minutes", address: "http://plain" },
      { ...order, path: "/v1/orders/{a}" },
      { ...order, path: "/v1/orders/{b}" },
    ];
    expect(refusals(() => built({ definition: { routes } }))).toEqual([
      "routes[0].path: a path such as /v1/orders/{orderId}",
      "routes[1].path: each parameter once",
      "routes[2].access: public or api-key or customer",
      "routes[3]: one route for it; routes[2] is another",
      "routes[3].address: https:// and a host, perhaps a path",
      "routes[3].deadline: 1 to 600 seconds",
      "routes[5]: one route for it; routes[4] is another",
    ]);
  });
});

test("operation ids are words, and different for the routes of one path", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^([a-z0-9-]{1,8}|\{[a-z]{1,8}\})$/), { maxLength: 5 }),
      fc.constantFrom(...methods),
      fc.constantFrom(...methods),
      (segments, one, other) => {
        const path = `/${segments.join("/")}`;
        expect(operationId(one, path)).toMatch(/^[a-z]+[A-Za-z0-9]*$/);
        expect(operationId(one, path) === operationId(other, path)).toBe(one === other);
      },
    ),
  );
});

const rules = {
  project: "shop-dev",
  otherHosts: [],
  versions: false,
  issuers: props.issuers,
  quotas: {},
};

test("what is called a route is either taken or refused with its field", () => {
  const anyRoute = fc.record({ path: fc.string(), method: fc.constantFrom(...methods), access: fc.string() });
  fc.assert(
    fc.property(fc.array(anyRoute), (some) => {
      const routes = some.map((route) => ({ ...place, ...route }));
      for (const { field } of routeProblems(routes, rules)) {
        expect(field).toMatch(/^routes(\[\d+\])?/);
      }
    }),
  );
});
