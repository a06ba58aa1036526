import { z } from "zod";
import { oneOf, shortName, text, whole } from "./fields";
import { versionSettings } from "./schema/service";

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
  /**
   * What it runs with: the service's `runtime`, `entrypoint`, `instanceClass`, `scaling`, `env` and `egress`. Without it,
   * the environment's present ones.
   */
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

const configId = text(/^c-[0-9a-f]{12}$/, "a configuration's id such as c-84856f6fe3d0");
const apiRelease = z.strictObject({
  /** Configurations of before, newest first, at most 5; their documents are `releases/documents/<id>.json`. */
  configs: z.array(configId).max(5, { error: "at most 5 configurations" }),
  /** What the gateway serves: one of `configs`, or `latest`, which the environment's routes make. */
  serving: z.union([z.literal(LATEST), configId], { error: '"latest", or one of the configurations' }),
});

/** What runs in one environment: `releases/<env>.json`, changed by commits. */
export const releaseSchema = z.strictObject({
  /** By service; one that is not here has no versions yet. */
  services: z.record(shortName, serviceRelease),
  /** By API; one that is not here serves what the environment's routes make, and keeps nothing. */
  apis: z.record(shortName, apiRelease).optional(),
});
export type ReleaseManifest = z.infer<typeof releaseSchema>;
export type VersionEntry = z.infer<typeof version>;
export type ServiceManifest = z.infer<typeof serviceRelease>;
