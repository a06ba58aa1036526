import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { dialects } from "./dialect";
import { type Node, nodeOf, type OpenApiVersion } from "./openapi";
import { API_KEY, isOpen, type Requirement } from "./security";
import type { TokenIssuer } from "./token-issuers";

/** What API Gateway makes of a security scheme; `unknown`: it checks nothing, or refuses the document. */
export type SchemeKind = "key" | "token" | "unknown";

/** Kinds of the schemes that operations may name: the document's own and the gateway's. */
export function schemeKinds(
  document: Node,
  version: OpenApiVersion,
  issuers: Readonly<Record<string, TokenIssuer>>,
): Record<string, SchemeKind> {
  const own = Object.entries(dialects[version].schemes(document)).map(([name, scheme]) => [
    name,
    kindOf(nodeOf(scheme), version),
  ]);
  const ours = Object.keys(issuers).map((name) => [name, "token"]);
  return Object.fromEntries([...own, ...ours, [API_KEY, "key"]]) as Record<string, SchemeKind>;
}

function kindOf(scheme: Node, version: OpenApiVersion): SchemeKind {
  if (scheme.type === "apiKey") {
    return "key";
  }
  const issuer = version === "2.0" ? scheme["x-google-issuer"] : nodeOf(scheme["x-google-auth"]).issuer;
  return typeof issuer === "string" && issuer !== "" ? "token" : "unknown";
}

/**
 * What is wrong with what an operation demands: nothing, a scheme that is not there or that the gateway can't check,
 * or a combination that it does not take.
 *
 * @param name `METHOD /path`
 * @see https://cloud.google.com/api-gateway/docs/openapi-limitations
 */
export function securityProblems(
  security: readonly Requirement[] | undefined,
  kinds: Readonly<Record<string, SchemeKind>>,
  field: string,
  name: string,
): (Problem | undefined)[] {
  if (isOpen(security)) {
    return [
      check(
        false,
        field,
        security?.length ? "an alternative that demands nothing" : "nothing",
        `a security requirement, or ${name} among the public operations`,
      ),
    ];
  }
  const alternatives = (security ?? []).map((one) => Object.keys(one));
  const used = [...new Set(alternatives.flat())];
  return [
    ...used.map((scheme) =>
      check(
        kinds[scheme] === "key" || kinds[scheme] === "token",
        field,
        scheme,
        kinds[scheme] === "unknown"
          ? "an API key or a scheme with Google's issuer extension: the gateway can't check any other"
          : `one of ${Object.keys(kinds).join(", ")}`,
      ),
    ),
    check(
      alternatives.length === 1 || !used.some((scheme) => kinds[scheme] === "key"),
      field,
      JSON.stringify(security),
      "no alternatives where one holds an API key: API Gateway does not take them",
    ),
    check(
      alternatives.every((one) => one.filter((scheme) => kinds[scheme] === "token").length <= 1),
      field,
      JSON.stringify(security),
      "one token at a time: API Gateway can't demand two",
    ),
  ];
}
