import { blocksOf, isObject, type Json, numberAt, textAt, valueAt } from "../reading/json";
import type { Resource, SynthesizedEnvironment } from "../reading/synthesized";
import { versionTypes } from "../reading/terms";
import type { SynthRule } from "../rule";
import type { Settings } from "../settings-type";

/**
 * Connections to one node, by tier: the lower limit where documents of different years disagree.
 * https://www.mongodb.com/docs/atlas/reference/atlas-limits/
 */
export const connectionsByTier: Readonly<Record<string, number>> = {
  M10: 1_500,
  M20: 3_000,
  M30: 3_000,
  M40: 6_000,
  M50: 16_000,
  M60: 32_000,
  M80: 64_000,
  M140: 96_000,
  M200: 128_000,
  M250: 128_000,
  M300: 128_000,
  M400: 128_000,
};

export const connectionsFit: SynthRule = {
  id: "S32",
  title: "All instances together leave the database room for connections",
  why: "A database that refuses connections fails every service at once; a canary doubles the pools.",
  mapsTo: [],
  check: (environment, settings) => {
    const [cluster] = environment.all("mongodbatlas_advanced_cluster");
    const versions = usersOfDatabase(environment);
    if (!cluster || versions.length === 0) return "not applicable";
    const tier = tierOf(cluster);
    const limit = connectionsByTier[tier];
    if (limit === undefined)
      return { notChecked: `how many connections ${tier || "the tier"} takes is not known` };
    const parts = versions.map((version) => ({
      name: `${textAt(version.values, "service")} ${textAt(version.values, "version_id")}`,
      connections: instancesOf(version) * poolOf(version, environment, settings),
    }));
    const sum = parts.reduce((total, { connections }) => total + connections, 0);
    const allowed = Math.floor(limit * settings.connections.share);
    if (sum <= allowed) return [];
    const list = parts.map(({ name, connections }) => `${name} ${connections}`).join(", ");
    return [
      cluster.violation(
        "replication_specs.region_configs.electable_specs.instance_size",
        `${sum} connections (${list}), more than ${allowed}: ${settings.connections.share * 100} % of what ${tier} takes`,
        "lower maxInstances or the pool size, or use a larger tier",
      ),
    ];
  },
};

/** Versions that have traffic and run as an account that is a user of the database. */
function usersOfDatabase(environment: SynthesizedEnvironment): Resource[] {
  const accounts = environment.all("mongodbatlas_database_user").map((user) => {
    const account = environment.referred(user.stack, textAt(user.values, "username") ?? "");
    return textAt(account?.values, "account_id");
  });
  return environment.all(...versionTypes).filter((version) => {
    const text = textAt(version.values, "service_account") ?? "";
    const account = environment.referred(version.stack, text);
    const id = textAt(account?.values, "account_id") ?? text.split("@")[0];
    return accounts.includes(id) && hasTraffic(version, environment);
  });
}

function hasTraffic(version: Resource, environment: SynthesizedEnvironment): boolean {
  const split = environment
    .all("google_app_engine_service_split_traffic")
    .find(({ values }) => textAt(values, "service") === textAt(version.values, "service"));
  const allocations = valueAt(split?.values, "split.allocations");
  // A service without a split sends everything to its first version.
  if (!isObject(allocations)) return true;
  return Number(allocations[textAt(version.values, "version_id") ?? ""] ?? 0) > 0;
}

function tierOf(cluster: Resource): string {
  const regions = blocksOf(cluster.values.replication_specs).flatMap((spec) => blocksOf(spec.region_configs));
  return textAt(regions[0], "electable_specs.instance_size") ?? "";
}

function instancesOf(version: Resource): number {
  const paths = [
    "automatic_scaling.standard_scheduler_settings.max_instances",
    "automatic_scaling.max_total_instances",
    "basic_scaling.max_instances",
    "manual_scaling.instances",
  ];
  const known = paths.map((path) => numberAt(version.values, path)).find((one) => one !== undefined);
  // App Engine's own default for the flexible environment; S10 asks for a limit.
  return known ?? 20;
}

/** What the service is told, by a variable or by the configuration that it reads at start; else the driver decides. */
function poolOf(version: Resource, environment: SynthesizedEnvironment, { connections }: Settings): number {
  const { poolSizeVariable, defaultPoolSize } = connections;
  const service = textAt(version.values, "service") ?? "";
  const told = environment.all("google_storage_bucket_object").map(({ values }) => {
    const text = textAt(values, "content") ?? "";
    return text.includes('"poolSizes"') ? numberAt(parsed(text), `poolSizes.${service}`) : undefined;
  });
  return (
    numberAt(version.values, `env_variables.${poolSizeVariable}`) ??
    told.find((size) => size !== undefined) ??
    defaultPoolSize
  );
}

/** A document whose references are left open: they may hold quotation marks. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/\$\{[^}]*\}/g, "")) as Json;
  } catch {
    return undefined;
  }
}
