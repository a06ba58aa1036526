import { z } from "zod";
import { domainName, duration, gatewayRegion, oneOf, shortName, text, whole } from "../fields";

const route = z.strictObject({
  /** Path with parameters in braces: `/v1/orders/{orderId}`. */
  path: text(/^\/[A-Za-z0-9\-._~/{}]{0,200}$/, "a path such as /v1/orders/{orderId}"),
  /** HTTP method. */
  method: oneOf("get", "post", "put", "patch", "delete", "head", "options"),
  /** The service that answers, by its key in `services`. */
  service: shortName,
  /** `public`: everybody. `customer`: a valid Firebase Authentication token of this project. `api-key`: a key of this project. */
  access: oneOf("public", "customer", "api-key"),
  /** An API key is demanded beside the customer's token. */
  apiKey: z.boolean({ error: "true or false" }).exactOptional(),
  /** What a call spends, by quota of the API; needs an API key. */
  costs: z.record(shortName, whole(1, 1_000_000)).exactOptional(),
  /** How long the gateway waits for the service, at most 600 seconds. */
  deadline: duration("second", "minute"),
  /** One line for the reader of the document. */
  summary: text(/^[^\n\r]{1,120}$/, "one line, at most 120 characters"),
});
export type Route = z.infer<typeof route>;

/** An API Gateway and what it serves. */
export const api = z.strictObject({
  /** Name that people read, at most 100 characters. */
  title: text(/^[^\n\r]{1,100}$/, "one line, at most 100 characters"),
  /** Where the gateway runs; API Gateway has fewer regions than App Engine. */
  region: gatewayRegion,
  /** Every route; what is not here is answered with 404. Empty with a document of one's own. */
  routes: z.array(route),
  /** An OpenAPI document of one's own instead of `routes`. */
  document: z
    .strictObject({
      /** File in `environments/apis/`: OpenAPI 2.0, 3.0 or 3.1 in YAML or JSON. */
      file: text(/^[a-z0-9][a-z0-9._-]{0,80}\.(ya?ml|json)$/, "a file's name such as shop.yaml"),
      /** Which service answers, by the start of the path; the longest that fits counts. */
      backends: z.record(
        text(/^\/[A-Za-z0-9\-._~/{}]{0,200}$/, "the start of a path, such as /v1"),
        z.strictObject({
          /** The service that answers, by its key in `services`. */
          service: shortName,
          /** How long the gateway waits for the service, at most 600 seconds. */
          deadline: duration("second", "minute"),
        }),
      ),
      /** Operations that are public on purpose: `GET /v1/products`. */
      publicOperations: z.array(
        text(
          /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/[^\s]{0,200}$/,
          "a method and a path such as GET /v1/products",
        ),
      ),
    })
    .exactOptional(),
  /** Calls that one API key may make in a minute, by the quota's name. */
  quotas: z.record(shortName, whole(1, 1_000_000_000)).exactOptional(),
  /** Pages of other origins that a browser lets call the API; the services answer with the headers. */
  cors: z.union([z.literal("none"), z.literal("services")], { error: '"none" or "services"' }),
  /** The API's own domain behind a load balancer; `"none"` leaves the gateway's. */
  domain: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** `api.shop.example`. */
        host: domainName,
        /** Requests that one address may make in a minute before it is refused for a while. */
        requestsPerMinute: whole(10, 100_000),
        /** How readily requests that look like attacks are refused: 1 only the surest, 4 everything suspicious. */
        sensitivity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], {
          error: "1, 2, 3 or 4",
        }),
      }),
    ],
    { error: '"none", or { host, requestsPerMinute, sensitivity }' },
  ),
});
export type Api = z.infer<typeof api>;
