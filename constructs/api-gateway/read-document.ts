import type { Problem } from "@groundwork/user-error";
import { schemaProblems } from "./document-schema";
import { type Node, nodeOf, type OpenApiVersion, versionOf } from "./openapi";

/** A document that has the form that its version demands, or what is wrong with it. */
export type ReadDocument =
  | { readonly document: Node; readonly version: OpenApiVersion; readonly problems: readonly [] }
  | { readonly document?: undefined; readonly problems: readonly Problem[] };

/** Reads a document: JSON or YAML, or an object that was read already. */
export function readDocument(given: string | Node): ReadDocument {
  const parsed = typeof given === "string" ? parse(given) : { value: given, problems: [] };
  if (parsed.problems.length > 0) {
    return parsed;
  }
  const document = nodeOf(parsed.value);
  const version = versionOf(document);
  if (version === undefined) {
    return { problems: [versionProblem(document)] };
  }
  const problems = schemaProblems(document, version);
  return problems.length > 0 ? { problems } : { document, version, problems: [] };
}

/** JSON is YAML too; the YAML parser tells line and column, and refuses a key that stands twice. */
function parse(text: string): { value?: unknown; problems: Problem[] } {
  const { parseDocument } = require("yaml") as typeof import("yaml");
  const parsed = parseDocument(text, { uniqueKeys: true });
  const problems = parsed.errors.map(({ linePos, message }) => ({
    field: linePos ? `document, line ${linePos[0].line}, column ${linePos[0].col}` : "document",
    found: message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "",
    expected: "JSON or YAML",
  }));
  if (problems.length > 0) {
    return { problems };
  }
  try {
    return { value: parsed.toJS(), problems: [] };
  } catch (error) {
    // Aliases that point nowhere, or that multiply beyond measure.
    const found = error instanceof Error ? error.message : String(error);
    return { problems: [{ field: "document", found, expected: "YAML whose aliases can be resolved" }] };
  }
}

function versionProblem(document: Node): Problem {
  const field = document.openapi === undefined ? "document.swagger" : "document.openapi";
  const found = document.openapi ?? document.swagger;
  return {
    field,
    found: found === undefined ? "nothing" : JSON.stringify(found),
    expected: 'swagger: "2.0", or openapi: "3.0.x" or "3.1.x" (in quotes)',
  };
}
