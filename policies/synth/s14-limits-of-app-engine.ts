import { textAt } from "../reading/json";
import { versionTypes } from "../reading/terms";
import type { SynthRule } from "../rule";

export const limitsOfAppEngine: SynthRule = {
  id: "S14",
  title: "Versions stay within App Engine's limits: their number, and the length of their host names",
  why: "Google refuses a deployment beyond about 210 versions, and no certificate covers a longer host label.",
  mapsTo: ["App Engine quota"],
  check: (environment, { versionsPerApplication: limit }) => {
    const versions = environment.all(...versionTypes);
    if (versions.length === 0) return "not applicable";
    const first = versions[0];
    return [
      ...(versions.length > limit && first
        ? [
            {
              stack: first.stack.name,
              found: `${versions.length} versions in one application`,
              todo: `remove old versions from the release manifest until there are at most ${limit}`,
            },
          ]
        : []),
      ...versions.flatMap((version) => {
        const service = textAt(version.values, "service") ?? "";
        const project = textAt(version.values, "project") ?? version.stack.project;
        const parts = [
          textAt(version.values, "version_id") ?? "",
          service === "default" ? "" : service,
          project,
        ];
        const label = parts.filter((part) => part !== "").join("-dot-");
        if (label.length <= 63) return [];
        return [
          version.violation(
            "version_id",
            `${label}: a host label of ${label.length} characters`,
            "shorten the service's name: the label may have 63",
          ),
        ];
      }),
    ];
  },
};
