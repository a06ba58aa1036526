import type { ApiDefinition } from "@groundwork/constructs/api-gateway/definition";
import type { Api } from "../environments/schema/api";

/**
 * What an API's gateway is told: its routes, or the document that it has instead.
 *
 * @param documentText text of the document; empty where there are routes
 * @param address of a service: `https://…`
 */
export function definitionOf(
  { routes, document }: Api,
  documentText: string,
  address: (service: string) => string,
): ApiDefinition {
  if (!document) {
    return { routes: routes.map(({ service, ...route }) => ({ ...route, address: address(service) })) };
  }
  const backends = Object.entries(document.backends).map(([start, { service, deadline }]) => [
    start,
    { address: address(service), deadline },
  ]);
  return {
    document: documentText,
    backends: Object.fromEntries(backends),
    publicOperations: document.publicOperations,
  };
}
