import { difference, differFrom } from "./difference";
import { prod } from "./prod";

/** The rehearsal of production: the same shape, smaller where size alone costs money. */
export const staging = differFrom(
  prod,
  { name: "staging", project: "hazelwick-staging", stateBucket: "hazelwick-staging-tfstate" },
  [
    difference("dataClass", "internal", "Holds masked data only."),
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
    difference("atlas.tier", "M20", "A third of production's data."),
    difference("atlas.diskGb", 40, "A third of production's data."),
    difference("atlas.backups.monthly", { keep: "3 months" }, "Restore drills look back one quarter."),
    difference("atlas.backups.yearly", "none", "Nothing here must be kept for years."),
    difference("alerts.email", "platform-team@hazelwick.example", "Nobody is woken for staging."),
  ],
);
