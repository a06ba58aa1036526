import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, isLegacyObject, LegacySet, type LegacyValue, textOf } from "../../sdk/legacy-values";
import { asItems, asObject, asText } from "../reading";

const SECONDS: { [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of an age such as `7d`; undefined when it is none. */
function seconds(age: string): number | undefined {
  const match = /^([+-]?\d+)([smhd])$/.exec(age);
  return match ? Number(match[1]) * (SECONDS[match[2] as string] as number) : undefined;
}

/** google/services/artifactregistry/resource_artifact_registry_repository.go */
export const artifactRegistry: RuleSet = {
  suppress: {
    "artifactregistry.durationDiffSuppress": (_, before, after) => {
      const age = seconds(before);
      return age !== undefined && age === seconds(after);
    },
    "artifactregistry.emptyMavenConfigDiffSuppress": (_key, _before, _after, data) => {
      const snapshots = data.getChange("maven_config.0.allow_snapshot_overwrites");
      if (snapshots.before !== snapshots.after) return false;
      const policy = data.getChange("maven_config.0.version_policy");
      return isDefault(policy.before) && isDefault(policy.after);
    },
    "artifactregistry.upstreamPoliciesDiffSuppress": (_key, _before, _after, data) => {
      const { before, after } = data.getChange("virtual_repository_config.0.upstream_policies");
      const [a, b] = [policies(before), policies(after)];
      return a.size === b.size && [...a].every((policy) => b.has(policy));
    },
  },
  codes: {
    // Ages of the same length are the same policy.
    "artifactregistry.mapHashID": (element) => codeOfText(JSON.stringify(plain(element, ""))),
  },
};

function isDefault(value: LegacyValue | undefined): boolean {
  const text = textOf(value);
  return text === "" || text.endsWith("_UNSPECIFIED");
}

function policies(value: LegacyValue | undefined): Set<string> {
  return new Set(
    asItems(value).map((item) => {
      const { id, priority, repository } = asObject(item);
      return JSON.stringify([asText(id), priority, asText(repository)]);
    }),
  );
}

function plain(value: LegacyValue | undefined, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, ""));
  if (value instanceof LegacySet) return value.codes();
  if (isLegacyObject(value)) {
    return Object.keys(value)
      .sort()
      .map((key) => [key, plain(value[key], key)]);
  }
  const age = name === "older_than" || name === "newer_than" ? seconds(textOf(value)) : undefined;
  return age === undefined ? value : `${age}s`;
}
