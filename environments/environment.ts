import { z } from "zod";
import { bucketName, environmentName, oneOf, projectId, region, shortName } from "./fields";
import { api } from "./schema/api";
import { appEngine } from "./schema/app-engine";
import { atlas } from "./schema/atlas";
import { network } from "./schema/network";
import { observability } from "./schema/observability";
import { budget, encryption, guard } from "./schema/protection";
import { secret } from "./schema/secret";
import { service } from "./schema/service";
import { site } from "./schema/site";
import { cache, relational } from "./schema/stores";

/** Everything that tells one environment from another, validated before anything is synthesized. */
export const environmentSchema = z.strictObject({
  /** First part of every stack's name: `dev` gives `dev-data`. */
  name: environmentName,
  /** The Google Cloud project, this environment's alone. */
  project: projectId,
  /** The bucket with this environment's Terraform states; exists before the first apply. */
  stateBucket: bucketName,
  /** How strict the policies are that judge it. */
  stage: oneOf("production", "staging", "development", "preview"),
  /** Region of the network, the connector and the buckets. */
  region,
  /** Second region of what must outlive the loss of one: artifacts, exported snapshots, logs of years, states. On the same continent; `"none"` keeps one. */
  secondRegion: z.union([z.literal("none"), region], { error: '"none", or a region of the same continent' }),
  /** App Engine as a whole. */
  appEngine,
  /** What the data is worth; a label on everything. */
  dataClass: oneOf("public", "internal", "confidential"),
  /** The private network, and the connector through which App Engine reaches it. */
  network,
  /** App Engine services by name; `default` is mandatory, App Engine can't be without it. */
  services: z.record(shortName, service),
  /** Secret containers by name. Values are added by their owners, never by code. */
  secrets: z.record(shortName, secret),
  /** Firebase Hosting sites by name. */
  sites: z.record(shortName, site),
  /** API Gateways by name. */
  apis: z.record(shortName, api),
  /** The MongoDB cluster. */
  atlas,
  /** Redis; `"none"` without. */
  cache: z.union([z.literal("none"), cache], { error: '"none", or what it is to be' }),
  /** PostgreSQL; `"none"` without. */
  relational: z.union([z.literal("none"), relational], { error: '"none", or what it is to be' }),
  /** Keys of our own for what is stored: `"google"`, or `{ rotation }`. */
  encryption,
  /** Who is told what, what is promised, and what is kept. */
  observability,
  /** What a month may cost. */
  budget,
  /** Organisation policies on the project. */
  guard,
});

/** One environment, complete and valid. */
export type Environment = z.infer<typeof environmentSchema>;

/** What two environments never share, and so never inherit. */
export type EnvironmentIdentity = Pick<Environment, "name" | "project" | "stateBucket">;

/** What an environment inherits from the one it differs from. */
export type EnvironmentSettings = Omit<Environment, keyof EnvironmentIdentity>;
