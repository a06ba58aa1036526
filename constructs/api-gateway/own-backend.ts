import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { addressProblem, type BackendRules } from "./backend";
import { type Node, nodeOf, type OpenApiVersion } from "./openapi";

/** How each syntax calls what a backend is made of. */
const names = {
  "2.0": { audience: "jwt_audience", translation: "path_translation", noToken: "disable_auth" },
  "3.x": { audience: "jwtAudience", translation: "pathTranslation", noToken: "disableAuth" },
} as const;

/** What is wrong with where an operation goes by the document itself: nothing may be left to API Gateway's defaults. */
export function ownBackendProblems(
  document: Node,
  version: OpenApiVersion,
  operation: Node,
  field: string,
  prefixes: readonly string[],
  rules: BackendRules,
): (Problem | undefined)[] {
  const given = operation["x-google-backend"] ?? document["x-google-backend"];
  if (given === undefined) {
    return [
      check(false, field, "no backend", `a backend for the path; there are ${prefixes.join(", ") || "none"}`),
    ];
  }
  const named = nodeOf(nodeOf(document["x-google-api-management"]).backends);
  const isNamed = version !== "2.0" && typeof given === "string" && Object.hasOwn(named, given);
  const backend = version === "2.0" ? given : isNamed ? named[given as string] : undefined;
  if (typeof backend !== "object" || backend === null) {
    return [
      check(
        false,
        `${field}.x-google-backend`,
        given,
        version === "2.0"
          ? "a backend with its address"
          : `the name of a backend of x-google-api-management: ${Object.keys(named).join(", ") || "there is none"}`,
      ),
    ];
  }
  const place = isNamed
    ? `document.x-google-api-management.backends.${String(given)}`
    : `${field}.x-google-backend`;
  return backendNodeProblems(backend as Node, place, names[version === "2.0" ? "2.0" : "3.x"], rules);
}

function backendNodeProblems(
  backend: Node,
  field: string,
  { audience, translation, noToken }: (typeof names)["2.0" | "3.x"],
  rules: BackendRules,
): (Problem | undefined)[] {
  const { address, deadline } = backend;
  return [
    typeof address === "string"
      ? addressProblem(address, `${field}.address`, rules)
      : check(false, `${field}.address`, address ?? "nothing", "https:// and a host"),
    check(
      typeof deadline === "number" && deadline > 0 && deadline <= 600,
      `${field}.deadline`,
      deadline ?? "nothing",
      "up to 600 seconds, as a number",
    ),
    check(
      typeof backend[audience] === "string" && backend[audience] !== "",
      `${field}.${audience}`,
      backend[audience] ?? "nothing",
      "the audience of the token that the gateway shows",
    ),
    check(
      ["APPEND_PATH_TO_ADDRESS", "CONSTANT_ADDRESS"].includes(String(backend[translation])),
      `${field}.${translation}`,
      backend[translation] ?? "nothing",
      "APPEND_PATH_TO_ADDRESS or CONSTANT_ADDRESS",
    ),
    check(
      backend[noToken] !== true,
      `${field}.${noToken}`,
      true,
      "false: services answer only to calls that the gateway signs",
    ),
  ];
}
