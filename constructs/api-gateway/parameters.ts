import type { Dialect } from "./dialect";
import { type Node, nodeOf } from "./openapi";
import { parametersOf } from "./routes";

/**
 * Parameters of a path that none of the lists declares. API Gateway refuses a path whose parameters are not declared.
 *
 * @param lists `parameters` of an operation and of its path, as they stand in the document
 */
export function undeclaredParameters(
  dialect: Dialect,
  document: Node,
  path: string,
  ...lists: readonly unknown[]
): Node[] {
  const declared = lists
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .map((one) => resolved(document, nodeOf(one)).name);
  return parametersOf(path)
    .filter((name) => !declared.includes(name))
    .map((name) => dialect.parameter(name));
}

/** What a reference inside the document points to. */
function resolved(document: Node, { $ref, ...node }: Node): Node {
  if (typeof $ref !== "string" || !$ref.startsWith("#/")) {
    return node;
  }
  return $ref
    .slice(2)
    .split("/")
    .reduce<Node>((at, key) => nodeOf(at[key.replaceAll("~1", "/").replaceAll("~0", "~")]), document);
}
