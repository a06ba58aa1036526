import { textAt } from "../reading/json";
import { documentsOf, type Operation, operationsOf } from "../reading/openapi";
import { judgeEach, type Resource } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";
import type { Settings } from "../settings-type";

const contentId = /^c-[0-9a-f]{12}$/;

export const apisAreClosed: SynthRule = {
  id: "S15",
  title: "An API's configuration has an account of its own, an id from its content, and no open route",
  why: "The gateway never takes up a changed configuration under its old id, and an open route is open to the internet.",
  mapsTo: [],
  check: (environment, settings) =>
    judgeEach(environment.all("google_api_gateway_api_config"), (config) => [
      ...account(config),
      ...order(config),
      ...identity(config),
      ...routes(config, settings),
    ]),
};

function account(config: Resource): Violation[] {
  const attribute = "gateway_config.backend_config.google_service_account";
  const text = textAt(config.values, attribute) ?? "";
  if (text !== "" && !text.includes("-compute@developer.gserviceaccount.com")) return [];
  return [
    config.violation(
      attribute,
      "the project's common compute account",
      "give the gateway an account of its own",
    ),
  ];
}

function order(config: Resource): Violation[] {
  if (config.createsBeforeDestroying) return [];
  return [
    config.violation(
      "lifecycle.create_before_destroy",
      "Google refuses to delete a configuration that a gateway uses",
      "set it to true: the new one is made, the gateway moves, the old one goes",
    ),
  ];
}

function identity(config: Resource): Violation[] {
  const id = textAt(config.values, "api_config_id") ?? "";
  if (contentId.test(id)) return [];
  return [
    config.violation(
      "api_config_id",
      id === "" ? "no id" : `${id}, which does not follow from the document`,
      "derive it: c-<12 hexadecimal digits of the document's hash>",
    ),
  ];
}

function routes(config: Resource, settings: Settings): Violation[] {
  const documents = documentsOf(config.values);
  const attribute = "openapi_documents";
  if (documents.length === 0) return [config.violation(attribute, "no document", "give it the routes")];
  return documents.flatMap((document) =>
    document === undefined
      ? [
          config.violation(
            attribute,
            "a document that can't be read before the apply",
            "write it as base64-encoded JSON",
          ),
        ]
      : operationsOf(document).flatMap((operation) => [
          ...access(config, operation, settings),
          ...backend(config, operation),
        ]),
  );
}

function access(config: Resource, { route, isSecured }: Operation, { publicRoutes }: Settings): Violation[] {
  // A browser's preflight carries no token; the route that it asks about is judged by itself.
  if (isSecured || route.startsWith("OPTIONS ") || publicRoutes.some(({ what }) => what === route)) return [];
  return [
    config.violation(
      route,
      "a route that everybody may call",
      "demand a token; what must be public has an entry in publicRoutes of environments/allowances.ts",
    ),
  ];
}

function backend(config: Resource, { route, backend: to }: Operation): Violation[] {
  const address = textAt(to, "address") ?? "";
  const label = /^https:\/\/([a-z0-9-]+)\.[a-z0-9]+\.r\.appspot\.com(\/|$)/.exec(address)?.[1];
  const { project } = config.stack;
  if (label !== project && label?.endsWith(`-dot-${project}`) !== true) {
    return [
      config.violation(
        `${route} x-google-backend.address`,
        address === "" ? "no backend" : `${address}, which is not in ${project}`,
        "send it to a service of this environment, over HTTPS",
      ),
    ];
  }
  return ["jwt_audience", "deadline", "path_translation"]
    .filter((name) => to?.[name] === undefined)
    .map((name) => config.violation(`${route} x-google-backend.${name}`, "nothing", "say it explicitly"));
}
