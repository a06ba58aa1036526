import { difference, differFrom } from "./difference";
import { prod } from "./prod";

/** The rehearsal of production: the same shape, smaller where size alone costs money. */
export const staging = differFrom(
  prod,
  { name: "staging", project: "hazelwick-staging", stateBucket: "hazelwick-staging-tfstate" },
  [
    difference("stage", "staging", "Judged by staging's policies."),
    difference("dataClass", "internal", "Holds masked data only."),
    difference(
      "appEngine.iap.clientId",
      "771530264498-r8w2n5b4hazelwickstaging.apps.googleusercontent.com",
      "Every environment has an OAuth client of its own.",
    ),
    difference("services.default.scaling.minInstances", 0, "Nobody waits for a cold start here."),
    difference(
      "services.orders.scaling.minInstances",
      1,
      "One warm instance, so that latency tests mean something.",
    ),
    difference("services.orders.scaling.maxInstances", 6, "Load tests need headroom, not production's."),
    difference("services.orders.env.PAYMENT_MODE", "sandbox", "No real money."),
    difference(
      "services.catalogue.scaling.minInstances",
      1,
      "One warm instance, so that latency tests mean something.",
    ),
    difference("services.catalogue.scaling.maxInstances", 4, "Load tests need headroom, not production's."),
    difference("network.connectorMax", 3, "Little traffic."),
    difference("network.zone", "staging.hazelwick.example", "A zone of its own, below the shop's domain."),
    difference("sites.storefront.domain", "www.staging.hazelwick.example", "A host in its own zone."),
    difference(
      "apis.shop.domain",
      { host: "api.staging.hazelwick.example", requestsPerMinute: 6000, sensitivity: 2 },
      "A host in its own zone; load tests come from a few addresses.",
    ),
    difference("atlas.tier", "M20", "A third of production's data."),
    difference("atlas.diskGb", 40, "A third of production's data."),
    difference(
      "atlas.autoscaling",
      { minTier: "M20", maxTier: "M30", disk: true },
      "Scales as production does, one size smaller.",
    ),
    difference("atlas.backups.monthly", { keep: "3 months" }, "Restore drills look back one quarter."),
    difference("atlas.backups.yearly", "none", "Nothing here must be kept for years."),
    difference(
      "atlas.backups.exports",
      { keep: "3 months" },
      "Proves that exports work; not kept for years.",
    ),
    difference("atlas.backups.compliance", "none", "It can't be undone, and nothing here is worth it."),
    difference(
      "observability.channels",
      {
        p1: [],
        p2: [{ email: "platform-team@hazelwick.example" }],
        p3: [{ email: "platform-team@hazelwick.example" }],
      },
      "Nobody is woken for staging.",
    ),
    difference("observability.atlasPagerDuty", "none", "Nobody is woken for staging."),
    difference("observability.logs", "30 days", "Long enough to look into a failed rehearsal."),
    difference("observability.auditLogs", "400 days", "No customer's data is here."),
    difference("budget", { amount: 900, currency: "EUR" }, "Smaller machines."),
  ],
);
