import { blocksOf, isObject, type Json, type JsonObject, listOf, textAt } from "./json";

/** One operation of an OpenAPI document. */
export interface Operation {
  /** `GET /v1/orders`. */
  readonly route: string;
  /** Whether a caller needs a token. */
  readonly isSecured: boolean;
  /** Where the gateway sends it; its own, or the document's. */
  readonly backend?: JsonObject;
}

const methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/** The documents of an API configuration. Undefined: one that can't be read before the apply. */
export function documentsOf(values: Json): (JsonObject | undefined)[] {
  return blocksOf(isObject(values) ? values.openapi_documents : undefined).map((one) => {
    const text = textAt(one, "document.contents") ?? "";
    try {
      const document = JSON.parse(Buffer.from(text, "base64").toString("utf8")) as Json;
      return isObject(document) ? document : undefined;
    } catch {
      return undefined;
    }
  });
}

/** Every operation of a document. */
export function operationsOf(document: JsonObject): Operation[] {
  const paths = isObject(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    methods
      .filter((method) => isObject(item) && isObject(item[method]))
      .map((method) => {
        const operation = (item as JsonObject)[method] as JsonObject;
        const own = backendOf(document, operation["x-google-backend"] ?? document["x-google-backend"]);
        return {
          route: `${method.toUpperCase()} ${path}`,
          isSecured: demandsToken(operation.security ?? document.security),
          ...(own ? { backend: own } : {}),
        };
      }),
  );
}

/** OpenAPI 3 documents name their backends, and spell two of their fields otherwise than 2.0. */
function backendOf(document: JsonObject, own: Json | undefined): JsonObject | undefined {
  if (isObject(own)) return own;
  const management = document["x-google-api-management"];
  const named = isObject(management) && isObject(management.backends) ? management.backends : {};
  const backend = typeof own === "string" ? named[own] : undefined;
  if (!isObject(backend)) return undefined;
  const { jwtAudience, pathTranslation, ...rest } = backend;
  return {
    ...rest,
    ...(jwtAudience === undefined ? {} : { jwt_audience: jwtAudience }),
    ...(pathTranslation === undefined ? {} : { path_translation: pathTranslation }),
  };
}

/** An empty requirement among several lets everybody in. */
function demandsToken(security: Json | undefined): boolean {
  const requirements = listOf(security);
  return requirements.length > 0 && requirements.every((one) => isObject(one) && Object.keys(one).length > 0);
}
