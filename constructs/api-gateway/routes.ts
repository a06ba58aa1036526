import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Backend, type BackendRules, backendProblems } from "./backend";
import type { Dialect } from "./dialect";
import type { Operation } from "./operation";
import { type Costs, costProblems, type Quota } from "./quotas";
import { type Access, API_KEY, demands, issuersOf, requirementsOf } from "./security";
import type { TokenIssuer } from "./token-issuers";

/** Methods that a path may have. */
export const methods = ["get", "post", "put", "patch", "delete", "head", "options"] as const;
export type Method = (typeof methods)[number];

/** One route of a gateway. */
export interface RouteSpec extends Backend {
  /** `/v1/orders/{orderId}`: parameters are whole segments. */
  readonly path: string;
  readonly method: Method;
  /** `public`, `api-key`, or the name of the issuer whose tokens it demands; a list: tokens of any of these. */
  readonly access: Access;
  /** Whether an API key is demanded beside the token. @default false */
  readonly apiKey?: boolean;
  /** What a call spends, by quota. @default - nothing */
  readonly costs?: Costs;
  /** One line for the reader of the document. */
  readonly summary: string;
}

/** `POST /v1/orders/{orderId}` → `postV1OrdersOrderId`: an id that stays the same while the route does. */
export function operationId(method: Method, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Names of a path's parameters, in their order. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{([^}=]*)[^}]*\}/g)].map((match) => match[1] ?? "");
}

/** Two paths that differ only in the names of parameters are one to the gateway. */
export function routeKey(method: string, path: string): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
}

const segment = "([A-Za-z0-9\\-._~]+|\\{[A-Za-z]\\w*\\})";
const routePath = new RegExp(`^/(${segment}(/${segment})*)?$`);

/** What a route's access may name. */
export interface RouteRules extends BackendRules {
  readonly issuers: Readonly<Record<string, TokenIssuer>>;
  readonly quotas: Readonly<Record<string, Quota>>;
}

/** What is wrong with a list of routes. */
export function routeProblems(routes: readonly RouteSpec[], rules: RouteRules): Problem[] {
  const seen = new Map<string, number>();
  const ids = new Map<string, number>();
  return [
    check(routes.length > 0, "routes", "nothing", "at least one route"),
    ...routes.flatMap((route, index) => {
      const { path, method } = route;
      const field = `routes[${index}]`;
      const names = parametersOf(path);
      const earlier = first(seen, routeKey(method, path), index);
      const sameId = routePath.test(path) ? first(ids, operationId(method, path), index) : undefined;
      return [
        check(routePath.test(path), `${field}.path`, path, "a path such as /v1/orders/{orderId}"),
        check(new Set(names).size === names.length, `${field}.path`, path, "each parameter once"),
        check(
          earlier === undefined,
          field,
          `${method.toUpperCase()} ${path}`,
          `one route for it; routes[${earlier}] is another`,
        ),
        check(
          sameId === undefined || earlier !== undefined,
          `${field}.path`,
          path,
          `a path that differs from routes[${sameId}] in more than punctuation: both would be ${operationId(method, path)}`,
        ),
        ...accessProblems(route, field, rules),
        ...backendProblems(route, field, rules),
      ];
    }),
  ].filter((problem) => problem !== undefined);
}

/** The index that had the key before, if any; the first one keeps it. */
function first(seen: Map<string, number>, key: string, index: number): number | undefined {
  const earlier = seen.get(key);
  if (earlier === undefined) {
    seen.set(key, index);
  }
  return earlier;
}

function accessProblems(
  { access, apiKey = false, costs = {} }: RouteSpec,
  field: string,
  { issuers, quotas }: RouteRules,
): (Problem | undefined)[] {
  const known = Object.keys(issuers);
  const wanted = issuersOf(access);
  return [
    check(
      (typeof access === "string" || access.length > 0) && wanted.every((name) => known.includes(name)),
      `${field}.access`,
      access,
      ["public", API_KEY, ...known].join(" or "),
    ),
    check(
      !(apiKey && access === "public"),
      `${field}.apiKey`,
      true,
      `access "${API_KEY}": a route that demands a key isn't public`,
    ),
    check(
      !(apiKey && wanted.length > 1),
      `${field}.apiKey`,
      true,
      "one issuer beside the key: API Gateway takes no alternatives that hold an API key",
    ),
    ...costProblems(costs, `${field}.costs`, quotas, demands(requirementsOf(access, apiKey), [API_KEY])),
  ];
}

/** Operations of a list of routes. */
export function operationsOf(routes: readonly RouteSpec[], dialect: Dialect): Operation[] {
  return routes.map(({ path, method, access, apiKey = false, costs, summary, ...backend }) => ({
    path,
    method,
    content: {
      operationId: operationId(method, path),
      summary,
      ...(path.includes("{") ? { parameters: parametersOf(path).map(dialect.parameter) } : {}),
      responses: { 200: { description: "Answered by the service" } },
    },
    backend,
    security: requirementsOf(access, apiKey),
    costs: costs ?? {},
  }));
}
