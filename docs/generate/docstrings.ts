import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript5";

type Docstrings = ReadonlyMap<string, string>;

/**
 * The docstring of every field of a zod schema, by path: `atlas.tier`, `services.*.env`, `apis.*.routes[].path`. Zod
 * keeps none at run time; the editor shows those of the source, so the document takes them from there too.
 *
 * @param file source that declares the schema; what it is made of may stand in files that it imports
 * @param name constant that holds the schema
 */
export function docstringsOf(file: string, name: string): Docstrings {
  const found = new Map<string, string>();
  const constants = constantsOf(file);
  collect(constants.get(name), "", constants, found);
  return found;
}

/** Constants that a file declares, and those that it imports from files beside it. */
function constantsOf(file: string): Map<string, ts.Expression> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  for (const { moduleSpecifier } of source.statements.filter(ts.isImportDeclaration)) {
    const imported = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
    if (imported.startsWith(".")) {
      for (const [constant, value] of constantsOf(join(dirname(file), `${imported}.ts`))) {
        constants.set(constant, value);
      }
    }
  }
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    for (const { name: constant, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(constant) && initializer) {
        constants.set(constant.text, initializer);
      }
    }
  }
  return constants;
}

function collect(
  schema: ts.Expression | undefined,
  path: string,
  constants: ReadonlyMap<string, ts.Expression>,
  found: Map<string, string>,
): void {
  if (!schema) {
    return;
  }
  if (ts.isIdentifier(schema)) {
    collect(constants.get(schema.text), path, constants, found);
  } else if (ts.isObjectLiteralExpression(schema)) {
    for (const property of schema.properties) {
      const { name } = property;
      const key = name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "";
      const inner = path === "" ? key : `${path}.${key}`;
      found.set(inner, docstringOf(property));
      const value = ts.isPropertyAssignment(property) ? property.initializer : constants.get(key);
      collect(value, inner, constants, found);
    }
  } else if (ts.isCallExpression(schema)) {
    collectCall(schema, path, constants, found);
  }
}

/** `z.strictObject({…})`, `z.record(key, value)`, `z.array(element)`, `z.union([…])`, `other.extend({…})` and chains of them. */
function collectCall(
  { expression, arguments: given }: ts.CallExpression,
  path: string,
  constants: ReadonlyMap<string, ts.Expression>,
  found: Map<string, string>,
): void {
  const method = ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
  const [first, second] = given;
  if (method === "record") {
    collect(second, `${path}.*`, constants, found);
  } else if (method === "array") {
    collect(first, `${path}[]`, constants, found);
  } else if (method === "union" && first && ts.isArrayLiteralExpression(first)) {
    for (const option of first.elements) {
      collect(option, path, constants, found);
    }
  } else if (method === "strictObject" || method === "extend") {
    collect(first, path, constants, found);
  }
  if (ts.isPropertyAccessExpression(expression) && expression.expression.getText() !== "z") {
    collect(expression.expression, path, constants, found);
  }
}

function docstringOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join(" ")
    .replace(/\s+/g, " ");
}
