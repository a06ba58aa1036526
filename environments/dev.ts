import { difference, differFrom } from "./difference";
import { prod } from "./prod";

/** The place to break things: small, quick to rebuild, nothing worth keeping. */
export const dev = differFrom(
  prod,
  { name: "dev", project: "hazelwick-dev", stateBucket: "hazelwick-dev-tfstate" },
  [
    difference("dataClass", "internal", "Holds made-up data only."),
    difference("services.default.scaling.minInstances", 0, "Idle most of the day."),
    difference("services.default.scaling.maxInstances", 2, "Caps the bill of a runaway test."),
    difference("services.default.env.LOG_LEVEL", "debug", "Developers read these logs."),
    difference("services.orders.instanceClass", "F1", "No load to speak of."),
    difference("services.orders.scaling.minInstances", 0, "Idle most of the day."),
    difference("services.orders.scaling.maxInstances", 2, "Caps the bill of a runaway test."),
    difference("services.orders.env.LOG_LEVEL", "debug", "Developers read these logs."),
    difference("services.orders.env.PAYMENT_MODE", "sandbox", "No real money."),
    difference("services.catalogue.instanceClass", "F1", "No load to speak of."),
    difference("services.catalogue.scaling.minInstances", 0, "Idle most of the day."),
    difference("services.catalogue.scaling.maxInstances", 2, "Caps the bill of a runaway test."),
    difference("services.catalogue.env.LOG_LEVEL", "debug", "Developers read these logs."),
    difference("network.connectorMax", 3, "Little traffic."),
    difference("atlas.tier", "M10", "The smallest tier that has backups and users without passwords."),
    difference("atlas.diskGb", 10, "Made-up data fits."),
    difference("atlas.pointInTime", false, "A daily snapshot is enough for made-up data."),
    difference("atlas.terminationProtection", false, "The environment may be rebuilt at any time."),
    difference(
      "atlas.backups.hourly",
      { every: "12 hours", keep: "2 days" },
      "A daily snapshot is enough for made-up data.",
    ),
    difference("atlas.backups.restoreWindow", "2 days", "No longer than the hourly snapshots are kept."),
    difference("atlas.backups.daily", { keep: "7 days" }, "A week is enough to notice a broken fixture."),
    difference("atlas.backups.weekly", { keep: "2 weeks" }, "A week is enough to notice a broken fixture."),
    difference(
      "atlas.backups.monthly",
      { keep: "2 months" },
      "The shortest that may follow the weekly ones.",
    ),
    difference("atlas.backups.yearly", "none", "Nothing here must be kept for years."),
    difference("atlas.backups.copyTo", "none", "Losing the region loses nothing of value."),
    difference("alerts.email", "platform-team@hazelwick.example", "Nobody is woken for dev."),
  ],
);
