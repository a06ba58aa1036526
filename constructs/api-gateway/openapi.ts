import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, inSeconds } from "../units";

/** A document in OpenAPI 2.0, as far as API Gateway reads it. @see https://cloud.google.com/endpoints/docs/openapi/openapi-extensions */
export interface OpenApiDocument {
  readonly swagger: "2.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [key: string]: unknown;
}

/** Methods that a path may have. */
export const methods = ["get", "post", "put", "patch", "delete", "head", "options"] as const;
export type Method = (typeof methods)[number];

/** A service behind the gateway: its address, whatever version serves it. */
export interface Backend {
  /** `https://orders-dot-shop-dev.ew.r.appspot.com`. */
  readonly address: string;
  /** How long the gateway waits, at most 600 seconds. */
  readonly deadline: Duration;
  /**
   * Audience of the token that the gateway shows: the OAuth client of an identity-aware proxy in front of the service.
   *
   * @default - the address
   */
  readonly audience?: string;
}

/** Who issues the tokens that the gateway accepts. */
export interface TokenIssuer {
  /** The `iss` claim. */
  readonly issuer: string;
  /** Where the issuer's public keys are. */
  readonly keys: string;
  /** The `aud` claim, at least one. */
  readonly audiences: readonly string[];
}

/** One route of a gateway. */
export interface RouteSpec extends Backend {
  /** `/v1/orders/{orderId}`. */
  readonly path: string;
  readonly method: Method;
  /** `public`, or the name of the issuer whose tokens it demands. */
  readonly access: "public" | (string & {});
  /** One line for the reader of the document. */
  readonly summary: string;
}

/** `POST /v1/orders/{orderId}` → `postV1OrdersOrderId`: an id that stays the same while the route does. */
export function operationId(method: Method, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function parameters(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");
}

/** What is wrong with a list of routes. */
export function routeProblems(
  routes: readonly RouteSpec[],
  issuers: Readonly<Record<string, TokenIssuer>>,
): Problem[] {
  const seen = new Map<string, number>();
  return routes
    .flatMap(({ path, method, address, deadline, access }, index) => {
      const field = `routes[${index}]`;
      // Two paths that differ only in the names of parameters are one to the gateway.
      const key = `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`;
      const earlier = seen.get(key);
      seen.set(key, index);
      const names = parameters(path);
      return [
        check(
          /^\/([A-Za-z0-9\-._~]+|\{[A-Za-z]\w*\})?(\/([A-Za-z0-9\-._~]+|\{[A-Za-z]\w*\}))*$/.test(path),
          `${field}.path`,
          path,
          "a path such as /v1/orders/{orderId}",
        ),
        check(new Set(names).size === names.length, `${field}.path`, path, "each parameter once"),
        check(
          earlier === undefined,
          field,
          `${method.toUpperCase()} ${path}`,
          `one route for it; routes[${earlier}] is another`,
        ),
        check(
          access === "public" || Object.hasOwn(issuers, access),
          `${field}.access`,
          access,
          ["public", ...Object.keys(issuers)].join(" or "),
        ),
        ...backendProblems({ address, deadline }, field),
      ];
    })
    .filter((problem) => problem !== undefined);
}

/** What is wrong with a backend. */
export function backendProblems({ address, deadline }: Backend, field: string): (Problem | undefined)[] {
  return [
    check(/^https:\/\/[a-z0-9.-]+$/.test(address), `${field}.address`, address, "https:// and a host"),
    check(
      inSeconds(deadline) >= 1 && inSeconds(deadline) <= 600,
      `${field}.deadline`,
      deadline,
      "1 to 600 seconds",
    ),
  ];
}

/** The extension that says where a request goes. */
export function backendExtension({ address, deadline, audience = address }: Backend) {
  return {
    address,
    deadline: inSeconds(deadline),
    jwt_audience: audience,
    path_translation: "APPEND_PATH_TO_ADDRESS",
    protocol: "h2",
  };
}

/** The document of a list of routes: every route says who may call it and where it goes. */
export function documentOf(
  title: string,
  routes: readonly RouteSpec[],
  issuers: Readonly<Record<string, TokenIssuer>>,
): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    swagger: "2.0",
    info: { title, version: "1.0.0" },
    schemes: ["https"],
    produces: ["application/json"],
    securityDefinitions: securityDefinitions(issuers),
    paths,
  };
}

function operation({ path, method, access, summary, ...backend }: RouteSpec): Record<string, unknown> {
  const names = parameters(path);
  return {
    operationId: operationId(method, path),
    summary,
    ...(names.length > 0
      ? { parameters: names.map((name) => ({ name, in: "path", required: true, type: "string" })) }
      : {}),
    // An empty list is OpenAPI's way to say that a route is public on purpose.
    security: access === "public" ? [] : [{ [access]: [] }],
    "x-google-backend": backendExtension(backend),
    responses: { 200: { description: "Answered by the service" } },
  };
}

/** How API Gateway checks tokens. */
export function securityDefinitions(issuers: Readonly<Record<string, TokenIssuer>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(issuers).map(([name, { issuer, keys, audiences }]) => [
      name,
      {
        type: "oauth2",
        flow: "implicit",
        authorizationUrl: "",
        "x-google-issuer": issuer,
        "x-google-jwks_uri": keys,
        "x-google-audiences": audiences.join(","),
      },
    ]),
  );
}
