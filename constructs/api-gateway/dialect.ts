import type { ResolvedBackend } from "./backend";
import { type Node, nodeOf, type OpenApiVersion } from "./openapi";
import type { Quota } from "./quotas";
import { API_KEY } from "./security";
import type { TokenIssuer } from "./token-issuers";

/** What the gateway adds at the top of a document. */
export interface Additions {
  readonly issuers: Readonly<Record<string, TokenIssuer>>;
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Whether an operation demands an API key. */
  readonly usesKey: boolean;
  readonly backends: BackendNames;
}

/** Where a version of OpenAPI has what API Gateway reads. */
export interface Dialect {
  /** What a document begins with. */
  head(title: string): Node;
  /** A parameter of a path. */
  parameter(name: string): Node;
  /** `x-google-backend` of an operation. */
  backend(backend: ResolvedBackend, names: BackendNames): unknown;
  /** The top of the document, with what it has already and the additions. */
  root(document: Node, additions: Additions): Node;
  /** The security schemes that a document defines. */
  schemes(document: Node): Node;
}

/** Backends of a document that names them, in the order in which they are first used: `backend1`, `backend2`. */
export class BackendNames {
  private readonly names = new Map<string, string>();

  /** @param taken names that the document has already */
  constructor(private readonly taken: readonly string[] = []) {}

  /** The name under which this backend stands. */
  nameOf(backend: Node): string {
    const key = JSON.stringify(backend);
    const known = this.names.get(key);
    if (known !== undefined) {
      return known;
    }
    let number = this.names.size + 1;
    while (this.taken.includes(`backend${number}`)) {
      number += 1;
    }
    const name = `backend${number}`;
    this.names.set(key, name);
    return name;
  }

  /** Every backend by its name. */
  all(): Node {
    return Object.fromEntries([...this.names].map(([key, name]) => [name, JSON.parse(key) as Node]));
  }
}

/** The key stands in a header: addresses end up in logs. */
const keyScheme = { type: "apiKey", name: "x-api-key", in: "header" };

const openApi2: Dialect = {
  head: (title) => ({
    swagger: "2.0",
    info: { title, version: "1.0.0" },
    schemes: ["https"],
    produces: ["application/json"],
  }),
  parameter: (name) => ({ name, in: "path", required: true, type: "string" }),
  backend: ({ address, deadline, audience, pathTranslation, protocol }) => ({
    address,
    deadline,
    jwt_audience: audience,
    path_translation: pathTranslation,
    protocol,
  }),
  root: (document, { issuers, quotas, usesKey }) => ({
    ...document,
    ...(Object.keys(quotas).length > 0
      ? { "x-google-management": management2(nodeOf(document["x-google-management"]), quotas) }
      : {}),
    securityDefinitions: {
      ...nodeOf(document.securityDefinitions),
      ...mapValues(issuers, ({ issuer, keys, audiences }) => ({
        type: "oauth2",
        flow: "implicit",
        authorizationUrl: "",
        scopes: {},
        "x-google-issuer": issuer,
        "x-google-jwks_uri": keys,
        "x-google-audiences": audiences.join(","),
      })),
      ...(usesKey ? { [API_KEY]: keyScheme } : {}),
    },
  }),
  schemes: (document) => nodeOf(document.securityDefinitions),
};

function management2(own: Node, quotas: Additions["quotas"]): Node {
  const quota = nodeOf(own.quota);
  return {
    ...own,
    metrics: [
      ...listOf(own.metrics),
      ...Object.entries(quotas).map(([name, { title = name }]) => ({
        name,
        displayName: title,
        valueType: "INT64",
        metricKind: "DELTA",
      })),
    ],
    quota: {
      ...quota,
      limits: [
        ...listOf(quota.limits),
        ...Object.entries(quotas).map(([name, { perMinute }]) => ({
          name: `${name}-per-minute`,
          metric: name,
          unit: "1/min/{project}",
          values: { STANDARD: perMinute },
        })),
      ],
    },
  };
}

function openApi3(patch: string): Dialect {
  return {
    head: (title) => ({ openapi: patch, info: { title, version: "1.0.0" } }),
    parameter: (name) => ({ name, in: "path", required: true, schema: { type: "string" } }),
    backend: ({ address, deadline, audience, pathTranslation, protocol }, names) =>
      names.nameOf({ address, deadline, jwtAudience: audience, pathTranslation, protocol }),
    root: (document, additions) => ({
      ...document,
      "x-google-api-management": management3(nodeOf(document["x-google-api-management"]), additions),
      components: {
        ...nodeOf(document.components),
        securitySchemes: {
          ...nodeOf(nodeOf(document.components).securitySchemes),
          ...mapValues(additions.issuers, ({ issuer, keys, audiences }) => ({
            type: "oauth2",
            flows: { implicit: { authorizationUrl: "", scopes: {} } },
            "x-google-auth": { issuer, jwksUri: keys, audiences },
          })),
          ...(additions.usesKey ? { [API_KEY]: keyScheme } : {}),
        },
      },
    }),
    schemes: (document) => nodeOf(nodeOf(document.components).securitySchemes),
  };
}

function management3(own: Node, { quotas, backends }: Additions): Node {
  const limited = Object.keys(quotas).length > 0;
  const quota = nodeOf(own.quota);
  return {
    ...own,
    ...(limited
      ? {
          metrics: {
            ...nodeOf(own.metrics),
            ...mapValues(quotas, ({ title }, name) => ({ displayName: title ?? name })),
          },
          quota: {
            ...quota,
            limits: {
              ...nodeOf(quota.limits),
              ...Object.fromEntries(
                Object.entries(quotas).map(([name, { perMinute }]) => [
                  `${name}-per-minute`,
                  { metric: name, values: perMinute },
                ]),
              ),
            },
          },
        }
      : {}),
    backends: { ...nodeOf(own.backends), ...backends.all() },
  };
}

/** How each version writes what API Gateway reads. */
export const dialects: Readonly<Record<OpenApiVersion, Dialect>> = {
  "2.0": openApi2,
  "3.0": openApi3("3.0.4"),
  "3.1": openApi3("3.1.1"),
};

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapValues<From, To>(
  map: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
