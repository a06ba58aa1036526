import { isFalse, isObject, isTrue, textAt, valueAt } from "../reading/json";
import { judgeEach, type Resource, type SynthesizedEnvironment } from "../reading/synthesized";
import { some, versionTypes } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";

export const splitsAreSound: SynthRule = {
  id: "S13",
  title: "Traffic goes to versions that exist, and adds up",
  why: "App Engine refuses a split that does not add up in the middle of an apply.",
  mapsTo: [],
  check: (environment) =>
    judgeEach(environment.all("google_app_engine_service_split_traffic"), (split) =>
      judge(split, environment),
    ),
};

function judge(split: Resource, environment: SynthesizedEnvironment): Violation[] {
  const allocations = valueAt(split.values, "split.allocations");
  const shares = isObject(allocations) ? Object.entries(allocations) : [];
  const attribute = "split.allocations";
  const problems: Violation[] = [];
  const sum = shares.reduce((total, [, share]) => total + Number(share), 0);
  if (!(Math.abs(sum - 1) < 1e-9)) {
    problems.push(
      split.violation(attribute, `shares that sum to ${Number(sum.toFixed(6))}`, "make them sum to 1"),
    );
  }
  const places = textAt(split.values, "split.shard_by") === "IP" ? 2 : 3;
  for (const [version, share] of shares) {
    if ((String(share).split(".")[1] ?? "").length > places) {
      problems.push(
        split.violation(
          `${attribute}.${version}`,
          `the share ${share}`,
          `use at most ${places} decimal places`,
        ),
      );
    }
  }
  const service = textAt(split.values, "service") ?? "";
  const known = environment
    .all(...versionTypes)
    .filter(({ values }) => textAt(values, "service") === service)
    .map(({ values }) => textAt(values, "version_id"));
  for (const [version] of shares.filter(([name]) => !known.includes(name))) {
    problems.push(
      split.violation(
        `${attribute}.${version}`,
        `traffic for ${version}, a version that ${service} does not have`,
        `use one of ${some(known.filter((one) => one !== undefined))}`,
      ),
    );
  }
  return [...problems, ...migration(split, shares.length)];
}

function migration(split: Resource, targets: number): Violation[] {
  if (isFalse(split.values, "migrate_traffic")) return [];
  if (isTrue(split.values, "migrate_traffic")) {
    if (targets === 1) return [];
    return [
      split.violation(
        "migrate_traffic",
        `gradual migration to ${targets} versions`,
        "set it to false: App Engine migrates to one version only",
      ),
    ];
  }
  return [
    split.violation(
      "migrate_traffic",
      "nothing: the provider decides",
      "say false, or true for one warmed-up version",
    ),
  ];
}
