/** Versions of OpenAPI that API Gateway takes. Google's extensions differ between 2.0 and 3.x. */
export const openApiVersions = ["2.0", "3.0", "3.1"] as const;
export type OpenApiVersion = (typeof openApiVersions)[number];

/** A document in OpenAPI 2.0. @see https://cloud.google.com/api-gateway/docs/oasv2-extensions */
export interface OpenApi2Document {
  readonly swagger: "2.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [key: string]: unknown;
}

/** A document in OpenAPI 3.0 or 3.1. @see https://cloud.google.com/api-gateway/docs/oasv3-extensions */
export interface OpenApi3Document {
  readonly openapi: `3.${0 | 1}.${number}`;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [key: string]: unknown;
}

export type OpenApiDocument = OpenApi2Document | OpenApi3Document;

/** What stands in a document before it is known to be one. */
export type Node = Readonly<Record<string, unknown>>;

/** A map of the document; an empty one where there is something else or nothing. */
export function nodeOf(value: unknown): Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

/** The version that a document says it is in; undefined for none that API Gateway takes. */
export function versionOf(document: Node): OpenApiVersion | undefined {
  if (document.swagger === "2.0") {
    return "2.0";
  }
  const minor = /^3\.([01])\.\d+$/.exec(String(document.openapi))?.[1];
  return minor === undefined ? undefined : minor === "0" ? "3.0" : "3.1";
}
