import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Backend, type BackendRules, backendProblems } from "./backend";
import { dialects } from "./dialect";
import { type Node, nodeOf, type OpenApiDocument, type OpenApiVersion } from "./openapi";
import type { Operation } from "./operation";
import { ownBackendProblems } from "./own-backend";
import { schemeKinds, securityProblems } from "./own-security";
import { undeclaredParameters } from "./parameters";
import { type Costs, costProblems, type Quota } from "./quotas";
import { methods, routeKey } from "./routes";
import { demands, type Requirement } from "./security";
import type { TokenIssuer } from "./token-issuers";

/** A user's own document, and where its paths go. */
export interface OwnDocument {
  /** OpenAPI 2.0, 3.0 or 3.1: the text (JSON or YAML), or the object. */
  readonly document: string | OpenApiDocument;
  /** Backends by the start of the path; the longest that fits wins, over what the document says itself. `/` fits all. */
  readonly backends: Readonly<Record<string, Backend>>;
  /** `METHOD /path` of every operation that is public on purpose. @default - none */
  readonly publicOperations?: readonly string[];
  /** What calls spend, by `METHOD /path` and quota. @default - what the document says itself */
  readonly costs?: Readonly<Record<string, Costs>>;
}

/** What the gateway around a document has and allows. */
export interface DocumentRules extends BackendRules {
  readonly issuers: Readonly<Record<string, TokenIssuer>>;
  readonly quotas: Readonly<Record<string, Quota>>;
}

/** `METHOD /path`. */
function nameOf({ method, path }: Pick<Operation, "method" | "path">): string {
  return `${method.toUpperCase()} ${path}`;
}

/** The operations of a document with what the gateway is told of them. */
export function ownOperations(
  document: Node,
  version: OpenApiVersion,
  { backends, publicOperations = [], costs = {} }: OwnDocument,
): Operation[] {
  const dialect = dialects[version];
  return operationsIn(document).map(({ path, method, content }) => {
    const backend = backendFor(path, backends);
    const name = nameOf({ method, path });
    const listed = Array.isArray(content.parameters) ? content.parameters : [];
    const missing = undeclaredParameters(
      dialect,
      document,
      path,
      listed,
      nodeOf(nodeOf(document.paths)[path]).parameters,
    );
    return {
      path,
      method,
      content: missing.length > 0 ? { ...content, parameters: [...listed, ...missing] } : content,
      ...(backend ? { backend } : {}),
      ...(publicOperations.includes(name) ? { security: [] } : {}),
      costs: costs[name] ?? {},
    };
  });
}

/**
 * What is wrong with a document of the right form, as far as API Gateway would refuse it, call what it must not call,
 * or leave a route open by mistake.
 *
 * @see https://cloud.google.com/api-gateway/docs/openapi-limitations
 */
export function ownDocumentProblems(
  document: Node,
  version: OpenApiVersion,
  own: OwnDocument,
  rules: DocumentRules,
): Problem[] {
  const { backends, publicOperations = [], costs = {} } = own;
  const operations = operationsIn(document);
  const names = operations.map(nameOf);
  const listed = (list: readonly string[], field: string) =>
    list.map((name) =>
      check(names.includes(name), field, name, `an operation of the document: ${names.join(", ")}`),
    );
  return [
    check(operations.length > 0, "document.paths", "no operation", "at least one operation"),
    ...topProblems(document),
    ...Object.entries(backends).flatMap(([prefix, backend]) =>
      backendProblems(backend, `backends.${prefix}`, rules),
    ),
    ...listed(publicOperations, "publicOperations"),
    ...listed(Object.keys(costs), "costs"),
    ...operations.flatMap((operation, index) =>
      operationProblems(operation, operations.slice(0, index), document, version, own, rules),
    ),
  ].filter((problem) => problem !== undefined);
}

function topProblems(document: Node): (Problem | undefined)[] {
  return [
    check(
      document["x-google-allow"] !== "all",
      "document.x-google-allow",
      "all",
      "configured: with all, calls that no path names go through without a check",
    ),
    check(
      !String(document.host ?? "").includes(":"),
      "document.host",
      document.host,
      "a host without a port: API Gateway has none of its own",
    ),
    check(
      (Array.isArray(document.servers) ? document.servers : []).filter(
        (server) => nodeOf(server)["x-google-endpoint"] !== undefined,
      ).length <= 1,
      "document.servers",
      "several with x-google-endpoint",
      "at most one server with x-google-endpoint",
    ),
    ...outsideReferences(document).map(({ field, target }) =>
      check(false, field, target, "a reference inside the document: #/…"),
    ),
  ];
}

function operationProblems(
  { path, method, content }: ReadOperation,
  earlier: readonly ReadOperation[],
  document: Node,
  version: OpenApiVersion,
  { backends, publicOperations = [], costs = {} }: OwnDocument,
  rules: DocumentRules,
): (Problem | undefined)[] {
  const field = `document.paths.${path}.${method}`;
  const name = nameOf({ method, path });
  const isPublic = publicOperations.includes(name);
  const security = (content.security ?? document.security) as readonly Requirement[] | undefined;
  const kinds = schemeKinds(document, version, rules.issuers);
  const keys = Object.keys(kinds).filter((scheme) => kinds[scheme] === "key");
  const same = earlier.find((one) => routeKey(one.method, one.path) === routeKey(method, path));
  return [
    check(
      (methods as readonly string[]).includes(method),
      field,
      method,
      `${methods.join(", ")}: API Gateway has no other methods`,
    ),
    check(
      /^\/(([^{}/]+|\{[^{}/]+\})(\/([^{}/]+|\{[^{}/]+\}))*\/?)?$/.test(path),
      field,
      path,
      "a path that starts with / and whose parameters are whole segments",
    ),
    check(same === undefined, field, name, `one operation for it; ${same ? nameOf(same) : ""} is another`),
    check(
      typeof content.operationId === "string" && content.operationId !== "",
      `${field}.operationId`,
      content.operationId ?? "nothing",
      "an operation id",
    ),
    check(
      !earlier.some((one) => one.content.operationId === content.operationId),
      `${field}.operationId`,
      String(content.operationId),
      "each operation id once",
    ),
    ...(backendFor(path, backends)
      ? []
      : ownBackendProblems(document, version, content, field, Object.keys(backends), rules)),
    ...(isPublic ? [] : securityProblems(security, kinds, `${field}.security`, name)),
    ...costProblems(costs[name] ?? {}, `costs.${name}`, rules.quotas, !isPublic && demands(security, keys)),
  ];
}

interface ReadOperation {
  readonly path: string;
  readonly method: string;
  readonly content: Node;
}

/** Methods that OpenAPI knows: also those that API Gateway does not, so that none slips through unseen. */
const openApiMethods = [...methods, "trace"] as const;

function operationsIn(document: Node): ReadOperation[] {
  return Object.entries(nodeOf(document.paths)).flatMap(([path, item]) =>
    openApiMethods.flatMap((method) => {
      const content = nodeOf(item)[method];
      return content === undefined ? [] : [{ path, method, content: nodeOf(content) }];
    }),
  );
}

function backendFor(path: string, backends: Readonly<Record<string, Backend>>): Backend | undefined {
  const prefix = Object.keys(backends)
    .filter((one) => one === "/" || path === one || path.startsWith(`${one.replace(/\/$/, "")}/`))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? undefined : backends[prefix];
}

/** References out of the document, and references to whole paths, whose operations nobody would see here. */
function outsideReferences(document: Node): { field: string; target: string }[] {
  const found: { field: string; target: string }[] = [];
  const walk = (value: unknown, field: string) => {
    if (typeof value !== "object" || value === null) {
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      const isPath = /^document\.paths\.\/[^.]*$/.test(field);
      if (key === "$ref" && typeof inner === "string" && (isPath || !inner.startsWith("#"))) {
        found.push({ field: `${field}.$ref`, target: inner });
      }
      walk(inner, `${field}.${key}`);
    }
  };
  walk(document, "document");
  return found;
}
