import { z } from "zod";
import { domainName, oneOf, privateRange, whole } from "../fields";

/** The private network, and the connector through which App Engine reaches it. */
export const network = z.strictObject({
  /** Range of the connector's subnet, always /28. */
  connectorRange: privateRange(28),
  /** Machine type of the connector's instances. */
  connectorMachine: oneOf("f1-micro", "e2-micro", "e2-standard-4"),
  /** Connector instances that always run, 2 to 9. */
  connectorMin: whole(2, 9),
  /** Connector instances at most, 3 to 10, more than `connectorMin`. */
  connectorMax: whole(3, 10),
  /** Way out to the internet with fixed addresses, as many as given; needed by `egress: "all-traffic"` and by a cluster with public access. */
  natAddresses: whole(0, 8),
  /** Range that Google's own services (Cloud SQL, Memorystore) take their addresses from; `"none"` without them. */
  servicesRange: z.union([z.literal("none"), privateRange(20)], {
    error: '"none", or a private IPv4 range of prefix length 20',
  }),
  /** DNS zone of this environment, where the names of its gateways and sites are written; `"none"` when somebody else keeps it. */
  zone: z.union([z.literal("none"), domainName], { error: '"none", or a domain name' }),
});
