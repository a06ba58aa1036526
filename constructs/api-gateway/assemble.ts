import { resolveBackend } from "./backend";
import { BackendNames, type Dialect, dialects } from "./dialect";
import { type Node, nodeOf, type OpenApiDocument, type OpenApiVersion } from "./openapi";
import type { Operation } from "./operation";
import { undeclaredParameters } from "./parameters";
import type { Quota } from "./quotas";
import { type Method, operationId } from "./routes";
import { API_KEY, type Requirement } from "./security";
import type { TokenIssuer } from "./token-issuers";

/** What a document is completed with. */
export interface Completion {
  readonly issuers: Readonly<Record<string, TokenIssuer>>;
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Whether browsers of other origins may call: their preflight requests go through to the services. */
  readonly cors: boolean;
  /** OAuth client of the identity-aware proxy in front of the services. */
  readonly iapClient?: string | undefined;
}

/** The document with every operation's backend, security and costs in it, and their definitions at its top. */
export function assemble(
  version: OpenApiVersion,
  document: Node,
  operations: readonly Operation[],
  { issuers, quotas, cors, iapClient }: Completion,
): OpenApiDocument {
  const dialect = dialects[version];
  const backends = new BackendNames(
    Object.keys(nodeOf(nodeOf(document["x-google-api-management"]).backends)),
  );
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [path, item] of Object.entries(nodeOf(document.paths))) {
    paths[path] = { ...nodeOf(item) };
  }
  const all = cors ? [...operations, ...preflights(dialect, document, operations)] : operations;
  for (const { path, method, content, backend, security, costs } of all) {
    paths[path] = {
      ...paths[path],
      [method]: {
        ...content,
        ...(security ? { security } : {}),
        ...(backend
          ? { "x-google-backend": dialect.backend(resolveBackend(backend, iapClient), backends) }
          : {}),
        ...(Object.keys(costs).length > 0 ? { "x-google-quota": { metricCosts: costs } } : {}),
      },
    };
  }
  const usesKey = all.some(({ security = [] }) => security.some((one) => Object.hasOwn(one, API_KEY)));
  return {
    ...dialect.root(document, { issuers, quotas, usesKey: usesKey || namesKey(document), backends }),
    paths,
  } as OpenApiDocument;
}

/** Whether a document demands the gateway's own key scheme, for all of its operations or for one. */
function namesKey(document: Node): boolean {
  const lists = [
    document.security,
    ...Object.values(nodeOf(document.paths)).flatMap((item) =>
      Object.values(nodeOf(item)).map((operation) => nodeOf(operation).security),
    ),
  ];
  return lists.some(
    (list) =>
      Array.isArray(list) && (list as Requirement[]).some((one) => Object.hasOwn(nodeOf(one), API_KEY)),
  );
}

/**
 * `OPTIONS` of every path that does not have it: the service answers which origins may call. Browsers ask without a
 * token, so these are public.
 */
function preflights(dialect: Dialect, document: Node, operations: readonly Operation[]): Operation[] {
  const firsts = new Map<string, Operation>();
  for (const operation of operations) {
    if (!firsts.has(operation.path)) {
      firsts.set(operation.path, operation);
    }
  }
  const taken = new Set(operations.map(({ content }) => content.operationId));
  const withOptions = new Set(
    operations.filter(({ method }) => method === "options").map(({ path }) => path),
  );
  return [...firsts.values()]
    .filter(({ path }) => !withOptions.has(path))
    .map(({ path, content, backend }) => {
      const parameters = undeclaredParameters(
        dialect,
        document,
        path,
        nodeOf(nodeOf(document.paths)[path]).parameters,
      );
      return {
        path,
        method: "options",
        content: {
          operationId: free(operationId("options" satisfies Method, path), taken),
          summary: "Which origins may call",
          ...(parameters.length > 0 ? { parameters } : {}),
          ...(backend ? {} : ownBackend(content)),
          responses: { 204: { description: "Answered by the service" } },
        },
        ...(backend ? { backend } : {}),
        security: [],
        costs: {},
      };
    });
}

/** An id that the document does not have yet. */
function free(id: string, taken: ReadonlySet<unknown>): string {
  return taken.has(id) ? free(`${id}Preflight`, taken) : id;
}

function ownBackend(content: Node): Node {
  const backend = content["x-google-backend"];
  return backend === undefined ? {} : { "x-google-backend": backend };
}
