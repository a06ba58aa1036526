import type { Problem } from "@groundwork/user-error";
import { assemble, type Completion } from "./assemble";
import { dialects } from "./dialect";
import type { OpenApiVersion } from "./openapi";
import { type DocumentRules, type OwnDocument, ownDocumentProblems, ownOperations } from "./own-document";
import { readDocument } from "./read-document";
import { operationsOf, type RouteSpec, routeProblems } from "./routes";

/** Typed routes, from which the document is written. */
export interface RouteDefinition {
  readonly routes: readonly RouteSpec[];
  /** The version that the document is written in. @default "2.0" */
  readonly openApi?: OpenApiVersion;
}

/** What a gateway answers: typed routes, or a document of one's own. */
export type ApiDefinition = RouteDefinition | OwnDocument;

/** The text that is uploaded (always the same for the same definition), or what is wrong with it. */
export type WrittenDefinition =
  | { readonly text: string; readonly problems: readonly [] }
  | { readonly text?: undefined; readonly problems: readonly Problem[] };

/** Writes the document of a definition. */
export function writeDefinition(
  definition: ApiDefinition,
  title: string,
  completion: Completion,
  rules: DocumentRules,
): WrittenDefinition {
  if ("routes" in definition) {
    const { routes, openApi = "2.0" } = definition;
    const problems = routeProblems(routes, rules);
    if (problems.length > 0) {
      return { problems };
    }
    const dialect = dialects[openApi];
    return written(assemble(openApi, dialect.head(title), operationsOf(routes, dialect), completion));
  }
  const read = readDocument(definition.document);
  if (read.document === undefined) {
    return { problems: read.problems };
  }
  const { document, version } = read;
  const problems = ownDocumentProblems(document, version, definition, rules);
  return problems.length > 0
    ? { problems }
    : written(assemble(version, document, ownOperations(document, version, definition), completion));
}

function written(document: object): WrittenDefinition {
  return { text: `${JSON.stringify(document, null, 2)}\n`, problems: [] };
}
