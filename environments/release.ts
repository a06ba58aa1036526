import { createHash } from "node:crypto";
import type { Problem } from "@groundwork/user-error";
import { z } from "zod";
import { type Environment, type VersionSettings, versionSettings } from "./environment";
import { oneOf, shortName, text, whole } from "./fields";
import type { Names } from "./names";

/** The key in `traffic` for the version that the environment asks for now. App Engine itself refuses it as an id. */
export const LATEST = "latest";

const versionKey = text(
  /^(latest|v\d{8}-[0-9a-f]{7})$/,
  '"latest", or a version\'s id such as v20261121-3f9a1c2',
);
const weights = z.record(
  versionKey,
  z
    .number({ error: "a share from 0 to 1" })
    .min(0, { error: "a share from 0 to 1" })
    .max(1, { error: "a share from 0 to 1" }),
);

const version = z.strictObject({
  /** Follows from the content (see `versionId`). May be left out of the first one, which then follows the environment. */
  id: text(/^v\d{8}-[0-9a-f]{7}$/, "a version's id such as v20261121-3f9a1c2").optional(),
  /** The zip in this environment's artifact bucket: `gs://<bucket>/<service>/<sha256>.zip`. */
  artifact: text(
    /^gs:\/\/[a-z0-9._-]{3,222}\/[^\s?#]{1,800}\.zip$/,
    "the address of a zip: gs://bucket/name.zip",
  ),
  /** Digest of the zip. */
  sha256: text(/^[0-9a-f]{64}$/, "64 hexadecimal digits"),
  /** When the artifact was built, UTC; its date is part of the id. */
  createdAt: z.iso.datetime({ error: "a time in UTC such as 2026-11-21T09:30:00Z" }),
  /** Files in the zip; App Engine is told, where it is known. At most 10000. */
  filesCount: whole(1, 10_000).optional(),
  /** What it runs with. Without it, the environment's present settings of the service. */
  settings: versionSettings.optional(),
});

const serviceRelease = z.strictObject({
  /** Newest first. */
  versions: z
    .array(version)
    .min(1, { error: "at least one version" })
    .max(180, { error: "at most 180 versions" }),
  /** Shares by version; they sum to 1. */
  traffic: weights,
  /** How a caller is kept on one version. `RANDOM` or `COOKIE` behind a gateway, where every caller has one address. */
  shardBy: oneOf("RANDOM", "COOKIE", "IP"),
  /** How the next version takes over. */
  strategy: oneOf("canary", "blue-green", "all-at-once"),
  /** Step of the canary that `traffic` stands for, from 0. */
  stage: whole(0, 20).optional(),
  /** What a rollback goes back to. */
  previousTraffic: weights.optional(),
});

/** What runs in one environment: `releases/<env>.json`, changed by commits. */
export const releaseSchema = z.strictObject({
  services: z.record(shortName, serviceRelease),
});
export type ReleaseManifest = z.infer<typeof releaseSchema>;
export type VersionEntry = z.infer<typeof version>;
export type ServiceManifest = z.infer<typeof serviceRelease>;

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

/** What one environment runs, by service. */
export type Release = Readonly<Record<string, ServiceRelease>>;

/**
 * A version's id: the date of its artifact and a hash of everything that makes it what it is. Whatever changes, it is
 * another version; nothing updates a version in place (App Engine would cut over at once, without a way back).
 *
 * The account stands in the hash by its name inside the project, so that the same content has the same id in every
 * environment.
 */
export function versionId(content: {
  readonly sha256: string;
  readonly createdAt: string;
  readonly account: string;
  readonly settings: VersionSettings;
}): string {
  const { sha256, account, settings } = content;
  const hash = createHash("sha256").update(canonical({ sha256, account, settings })).digest("hex");
  return `v${content.createdAt.slice(0, 10).replaceAll("-", "")}-${hash.slice(0, 7)}`;
}

/** The settings of a service that are part of its versions' content. */
export function versionSettingsOf(service: VersionSettings): VersionSettings {
  const { runtime, entrypoint, instanceClass, scaling, env, egress } = service;
  return { runtime, entrypoint, instanceClass, scaling, env, egress };
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
): { release: Release; problems: Problem[] } {
  const problems: Problem[] = [];
  const release: Record<string, ServiceRelease> = {};
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
    release[name] = resolved.release;
  }
  return { release, problems };
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

/** The same text for the same content: keys sorted at every depth. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
