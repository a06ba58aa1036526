import { z } from "zod";
import { domainName, oneOf, shortName, text, whole } from "../fields";

/** App Engine as a whole: one application for ever, in one place. */
export const appEngine = z.strictObject({
  /** App Engine's name of the region: `europe-west` for europe-west1, `us-central` for us-central1, else the same. Can't change. */
  location: text(/^[a-z]+-[a-z]+\d?$/, "an App Engine location such as europe-west"),
  /** The code in this application's host names: `ew` in `shop.ew.r.appspot.com`. */
  regionCode: text(/^[a-z]{1,3}\d?$/, "1 to 3 letters, as in the application's host name"),
  /** Who may reach the services: everybody, or only the project's networks (and load balancers). A gateway comes from outside: `all` where there is one. */
  ingress: oneOf("all", "internal", "internal-and-load-balancer"),
  /** Requests that go to a service by host and path instead of by the service's own host name. The first that fits counts. */
  dispatch: z.array(
    z.strictObject({
      /** Host with an optional `*` in front: `*.shop.example`; `*` for every host. */
      host: text(/^(\*|(\*\.?)?[a-z0-9.-]{1,90})$/, "a host, with an optional * in front"),
      /** Path with an optional `*` at the end: `/admin/*`. */
      path: text(/^\/[^\s*]{0,90}\*?$/, "a path that starts with /, with an optional * at the end"),
      /** The service that answers, by its key in `services`. */
      service: shortName,
    }),
  ),
  /** Ranges that are let in or kept out, by priority; what no rule names is let in. */
  firewall: z.array(
    z.strictObject({
      /** 1 to 2147483646; the smallest that fits counts. */
      priority: whole(1, 2_147_483_646),
      /** `allow`, or `deny`. */
      action: oneOf("allow", "deny"),
      /** Range of addresses in CIDR notation. */
      range: text(/^[0-9a-fA-F.:]{2,45}(\/\d{1,3})?$/, "a range such as 203.0.113.0/24"),
      /** Why. */
      description: text(/^[^\n\r]{1,100}$/, "one line, at most 100 characters"),
    }),
  ),
  /** Domains that lead to App Engine itself, with a certificate that Google renews. Each has to be verified before. */
  domains: z.array(domainName),
  /** Who stands before the services and lets only the gateways and named people through; `"none"` leaves them open. */
  iap: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** Id of the OAuth client that was made by hand (see the runbook bootstrap). */
        clientId: text(
          /^[0-9]{6,20}-[a-z0-9]{10,40}\.apps\.googleusercontent\.com$/,
          "the client's id: <digits>-<letters>.apps.googleusercontent.com",
        ),
      }),
    ],
    { error: '"none", or { clientId }' },
  ),
});
