import type { Problem } from "@groundwork/user-error";
import type { Environment } from "./environment";
import type { Names } from "./names";
import { LATEST, type ReleaseManifest, type ServiceManifest, type VersionEntry } from "./release-manifest";
import type { VersionSettings } from "./schema/service";
import { versionId, versionSettingsOf } from "./version-id";

/** One version, complete. */
export interface Version {
  readonly id: string;
  readonly artifact: string;
  readonly sha256: string;
  readonly createdAt: string;
  readonly filesCount?: number;
  readonly settings: VersionSettings;
}

/** What one service runs: every version that exists, and who gets the requests. */
export interface ServiceRelease {
  /** Newest first. */
  readonly versions: readonly Version[];
  /** Shares by version id; only versions with a share above 0. They sum to 1. */
  readonly traffic: Readonly<Record<string, number>>;
  readonly shardBy: ServiceManifest["shardBy"];
}

/** What one gateway serves, and the configurations that it can go back to. */
export interface ApiRelease {
  readonly kept: readonly { readonly id: string; readonly document: string }[];
  /** Id of the configuration that is served; without it, what the environment's routes make. */
  readonly serving?: string;
}

/** What one environment runs. */
export interface Release {
  readonly services: Readonly<Record<string, ServiceRelease>>;
  readonly apis: Readonly<Record<string, ApiRelease>>;
}

/**
 * What the release stack makes of a manifest.
 *
 * Every entry is a version. When the environment asks for something else than the newest entry runs with (somebody
 * changed a setting), there is one version more: that entry's artifact with the present settings, beside the old one.
 * It is what `latest` means. It takes traffic at once where `traffic` says `latest`, else it waits at its own address
 * until the manifest names it.
 */
export function resolveRelease(
  manifest: ReleaseManifest,
  environment: Environment,
  names: Names,
  documentText: (id: string) => string | undefined,
): { release: Release; problems: Problem[] } {
  const problems: Problem[] = [];
  const services: Record<string, ServiceRelease> = {};
  const file = `releases/${environment.name}.json `;
  for (const [name, service] of Object.entries(manifest.services)) {
    const field = `${file}services.${name}`;
    const present = environment.services[name];
    if (!present) {
      problems.push({
        field,
        found: "a release of a service that the environment does not have",
        expected: `one of ${Object.keys(environment.services).join(", ")}`,
      });
      continue;
    }
    const resolved = resolveService(service, versionSettingsOf(present), names.runtimeAccount(name), field);
    problems.push(...resolved.problems);
    services[name] = resolved.release;
  }
  const apis = resolveApis(manifest, environment, documentText, problems);
  return { release: { services, apis }, problems };
}

function resolveApis(
  manifest: ReleaseManifest,
  environment: Environment,
  documentText: (id: string) => string | undefined,
  problems: Problem[],
): Record<string, ApiRelease> {
  const apis: Record<string, ApiRelease> = {};
  for (const [name, { configs, serving }] of Object.entries(manifest.apis ?? {})) {
    const field = `releases/${environment.name}.json apis.${name}`;
    if (!environment.apis[name]) {
      problems.push({
        field,
        found: "a release of an API that the environment does not have",
        expected: `one of ${Object.keys(environment.apis).join(", ")}`,
      });
    }
    if (serving !== LATEST && !configs.includes(serving)) {
      problems.push({
        field: `${field}.serving`,
        found: serving,
        expected: `one of ${[LATEST, ...configs].join(", ")}`,
      });
    }
    const kept = configs.map((id, index) => {
      const document = documentText(id);
      if (document === undefined) {
        problems.push({
          field: `${field}.configs[${index}]`,
          found: `${id}, without its document`,
          expected: `the text that was uploaded, in releases/documents/${id}.json`,
        });
      }
      return { id, document: document ?? "" };
    });
    apis[name] = { kept, ...(serving === LATEST ? {} : { serving }) };
  }
  return apis;
}

function resolveService(
  manifest: ServiceManifest,
  settings: VersionSettings,
  account: string,
  field: string,
): { release: ServiceRelease; problems: Problem[] } {
  const problems: Problem[] = [];
  const versions: Version[] = [];
  manifest.versions.forEach((entry, index) => {
    const one = complete(entry, entry.settings ?? settings, account);
    if (entry.id === undefined && index > 0) {
      problems.push({
        field: `${field}.versions[${index}].id`,
        found: "nothing",
        expected: `${one.id}; only the first version may leave its id out and follow the environment`,
      });
    } else if (entry.id !== undefined && entry.id !== one.id) {
      problems.push({
        field: `${field}.versions[${index}].id`,
        found: entry.id,
        expected: entry.settings
          ? `${one.id}, which follows from this version's content`
          : `${one.id}, which follows from this version's artifact and the environment's settings; or the settings that it ran with, as "settings"`,
      });
    }
    if (versions.some((other) => other.id === one.id)) {
      problems.push({
        field: `${field}.versions[${index}]`,
        found: `${one.id} a second time`,
        expected: "each version once",
      });
    } else {
      versions.push(one);
    }
  });
  const newest = manifest.versions[0];
  const latest = newest ? complete(newest, settings, account) : undefined;
  if (latest && !versions.some((one) => one.id === latest.id)) {
    versions.unshift(latest);
  }
  const known = versions.map((one) => one.id);
  const { traffic, problems: misdirected } = resolveTraffic(
    manifest.traffic,
    known,
    latest?.id,
    `${field}.traffic`,
  );
  problems.push(...misdirected, ...decimalProblems(manifest, `${field}.traffic`));
  if (manifest.previousTraffic) {
    const previous = resolveTraffic(manifest.previousTraffic, known, latest?.id, `${field}.previousTraffic`);
    problems.push(...previous.problems);
  }
  return { release: { versions, traffic, shardBy: manifest.shardBy }, problems };
}

function complete(entry: VersionEntry, settings: VersionSettings, account: string): Version {
  const { artifact, sha256, createdAt, filesCount } = entry;
  const id = versionId({ sha256, createdAt, account, settings });
  return { id, artifact, sha256, createdAt, settings, ...(filesCount === undefined ? {} : { filesCount }) };
}

function resolveTraffic(
  weightsByKey: Readonly<Record<string, number>>,
  known: readonly string[],
  latest: string | undefined,
  field: string,
): { traffic: Record<string, number>; problems: Problem[] } {
  const problems: Problem[] = [];
  const traffic: Record<string, number> = {};
  for (const [key, weight] of Object.entries(weightsByKey)) {
    const id = key === LATEST ? latest : key;
    if (id === undefined || !known.includes(id)) {
      problems.push({
        field: `${field}.${key}`,
        found: "a version that this release does not have",
        expected: `one of ${[LATEST, ...known].join(", ")}`,
      });
    } else if (weight > 0) {
      traffic[id] = (traffic[id] ?? 0) + weight;
    }
  }
  const sum = Object.values(weightsByKey).reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    problems.push({
      field,
      found: `shares that sum to ${Number(sum.toFixed(6))}`,
      expected: "shares that sum to 1",
    });
  }
  return { traffic, problems };
}

/** @see https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services#TrafficSplit */
function decimalProblems(manifest: ServiceManifest, field: string): Problem[] {
  const places = manifest.shardBy === "IP" ? 2 : 3;
  return Object.entries(manifest.traffic)
    .filter(([, weight]) => Math.abs(weight - Number(weight.toFixed(places))) > 1e-9)
    .map(([key, weight]) => ({
      field: `${field}.${key}`,
      found: String(weight),
      expected: `at most ${places} decimal places when sharding by ${manifest.shardBy}`,
    }));
}
