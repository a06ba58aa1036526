import { dev } from "./dev";
import { difference, differFrom } from "./difference";

/** What all previews share: one application, one cluster, one site. Each pull request adds a little stack of its own. */
export const preview = differFrom(
  dev,
  { name: "preview", project: "hazelwick-preview", stateBucket: "hazelwick-preview-tfstate" },
  [
    difference("stage", "preview", "Judged by the policies for what lives a week."),
    difference("services.default.scaling.maxInstances", 1, "Many previews share the project's quota."),
    difference("services.orders.scaling.maxInstances", 1, "Many previews share the project's quota."),
    difference("services.catalogue.scaling.maxInstances", 1, "Many previews share the project's quota."),
    difference(
      "atlas.access",
      {
        kind: "public",
        ranges: [{ range: "203.0.113.16/28", comment: "Workflows: they seed and drop databases" }],
      },
      "Workflows seed and drop previews' databases, from runners with fixed addresses.",
    ),
    difference(
      "atlas.backups.hourly",
      { every: "12 hours", keep: "1 day" },
      "Fixtures are seeded again in a minute.",
    ),
    difference("atlas.backups.restoreWindow", "1 day", "No longer than the hourly snapshots are kept."),
    difference("observability.channels", "none", "Previews raise no alerts."),
    difference("observability.dashboards", false, "Previews are looked at in the browser."),
    difference("budget", { amount: 300, currency: "EUR" }, "Caps what forgotten previews may cost."),
  ],
);
