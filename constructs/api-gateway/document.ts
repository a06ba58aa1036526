import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import {
  type Backend,
  backendExtension,
  backendProblems,
  methods,
  type OpenApiDocument,
  securityDefinitions,
  type TokenIssuer,
} from "./openapi";

/** A user's own document, and where its paths go. */
export interface OwnDocument {
  readonly document: OpenApiDocument;
  /** Backends by the start of the path; the longest that fits wins. `/` fits all. */
  readonly backends: Readonly<Record<string, Backend>>;
  /** `METHOD /path` of every operation that is public on purpose. @default - none */
  readonly publicOperations?: readonly string[];
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What is wrong with a user's document, as far as API Gateway would refuse it or leave a route open by mistake. */
export function ownDocumentProblems({ document, backends, publicOperations = [] }: OwnDocument): Problem[] {
  const operations = operationsOf(document);
  const ids = operations.map(({ content }) => content.operationId);
  return [
    check(document.swagger === "2.0", "document.swagger", document.swagger ?? "nothing", '"2.0"'),
    check(Boolean(document.info?.title), "document.info.title", "nothing", "a title"),
    check(operations.length > 0, "document.paths", "no operation", "at least one operation"),
    ...Object.entries(backends).flatMap(([prefix, backend]) =>
      backendProblems(backend, `backends.${prefix}`),
    ),
    ...operations.flatMap(({ path, method, content }, index) => {
      const field = `document.paths.${path}.${method}`;
      const id = content.operationId;
      return [
        check(path.startsWith("/"), field, path, "a path that starts with /"),
        check(
          typeof id === "string" && id !== "",
          `${field}.operationId`,
          id ?? "nothing",
          "an operation id",
        ),
        check(ids.indexOf(id) === index, `${field}.operationId`, String(id), "each operation id once"),
        check(
          backendFor(path, backends) !== undefined,
          field,
          "no backend",
          `a backend for the path; there are ${Object.keys(backends).join(", ") || "none"}`,
        ),
        check(
          publicOperations.includes(`${method.toUpperCase()} ${path}`) ||
            hasSecurity(content.security ?? document.security),
          `${field}.security`,
          "nothing",
          `a security requirement, or ${method.toUpperCase()} ${path} among the public operations`,
        ),
      ];
    }),
  ].filter((problem) => problem !== undefined);
}

/** The document with every operation's backend in it, and the issuers' definitions beside its own. */
export function withBackends(
  { document, backends, publicOperations = [] }: OwnDocument,
  issuers: Readonly<Record<string, TokenIssuer>>,
): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [path, item] of Object.entries(document.paths)) {
    paths[path] = { ...item };
  }
  for (const { path, method, content } of operationsOf(document)) {
    const backend = backendFor(path, backends);
    const isPublic = publicOperations.includes(`${method.toUpperCase()} ${path}`);
    paths[path] = {
      ...paths[path],
      [method]: {
        ...content,
        ...(isPublic ? { security: [] } : {}),
        ...(backend ? { "x-google-backend": backendExtension(backend) } : {}),
      },
    };
  }
  const own = document.securityDefinitions as Record<string, unknown> | undefined;
  return { ...document, securityDefinitions: { ...own, ...securityDefinitions(issuers) }, paths };
}

function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const content = item[method];
      return typeof content === "object" && content !== null
        ? [{ path, method, content: content as Record<string, unknown> }]
        : [];
    }),
  );
}

function backendFor(path: string, backends: Readonly<Record<string, Backend>>): Backend | undefined {
  const prefix = Object.keys(backends)
    .filter((one) => one === "/" || path === one || path.startsWith(`${one.replace(/\/$/, "")}/`))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? undefined : backends[prefix];
}

function hasSecurity(security: unknown): boolean {
  return Array.isArray(security) && security.length > 0;
}
