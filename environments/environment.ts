import { z } from "zod";
import {
  atlasRegion,
  atlasTier,
  bucketName,
  duration,
  environmentName,
  gatewayRegion,
  oneOf,
  privateRange,
  projectId,
  region,
  shortName,
  text,
  whole,
} from "./fields";

/**
 * How a version of a service runs. Part of the version's content: a change here is a new version, never an update.
 */
export const versionSettings = z.strictObject({
  /** App Engine standard runtime. `nodejs20` was decommissioned in October 2026. */
  runtime: oneOf("nodejs22", "nodejs24"),
  /** Command that starts the server, run by a shell in the artifact's folder. */
  entrypoint: text(/^[^\n\r]{1,300}$/, "one line, at most 300 characters"),
  /** Memory and CPU of one instance: F1 384 MB, F2 768 MB, F4 1536 MB, F4_1G 3072 MB. */
  instanceClass: oneOf("F1", "F2", "F4", "F4_1G"),
  /** Automatic scaling; always explicit. */
  scaling: z.strictObject({
    /** Instances kept running, 0 to 1000. They are billed. */
    minInstances: whole(0, 1000),
    /** Upper limit, 1 to 1000: caps the bill and the database connections. */
    maxInstances: whole(1, 1000),
    /** CPU share of an instance above which another one starts, 0.5 to 0.95. */
    targetCpu: z
      .number({ error: "a number from 0.5 to 0.95" })
      .min(0.5, { error: "a number from 0.5 to 0.95" })
      .max(0.95, { error: "a number from 0.5 to 0.95" }),
    /** Requests that one instance serves at once, 1 to 1000. */
    maxConcurrentRequests: whole(1, 1000),
  }),
  /** Environment variables. Never a secret: name a secret instead and read it at start. */
  env: z.record(
    text(/^[A-Z][A-Z0-9_]{0,63}$/, "a name of at most 64 capital letters, digits and underscores"),
    z.string({ error: "a string" }).max(1000, { error: "at most 1000 characters" }),
  ),
  /** What leaves through the VPC connector: private ranges only, everything (needs Cloud NAT), or nothing. */
  egress: oneOf("private-ranges", "all-traffic", "none"),
});
export type VersionSettings = z.infer<typeof versionSettings>;

const service = versionSettings.extend({
  /** The database that the service uses, and how; `"none"` for no database. */
  database: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** Name of the database in the environment's cluster. */
        name: text(
          /^[a-z][a-z0-9_]{0,37}$/,
          "1 to 38 lowercase letters, digits and underscores, starting with a letter",
        ),
        /** `read`, or `read-write`. */
        access: oneOf("read", "read-write"),
      }),
    ],
    { error: '"none", or { name, access }' },
  ),
  /** Secrets that the service reads at start, by their key in `secrets`. */
  secrets: z.array(shortName),
});
export type Service = z.infer<typeof service>;

const route = z.strictObject({
  /** Path with parameters in braces: `/v1/orders/{orderId}`. */
  path: text(/^\/[A-Za-z0-9\-._~/{}]{0,200}$/, "a path such as /v1/orders/{orderId}"),
  /** HTTP method. */
  method: oneOf("get", "post", "put", "patch", "delete", "head", "options"),
  /** The service that answers, by its key in `services`. */
  service: shortName,
  /** `public`: everybody. `customer`: a valid Firebase Authentication token of this project. */
  access: oneOf("public", "customer"),
  /** How long the gateway waits for the service, at most 600 seconds. */
  deadline: duration("second", "minute"),
  /** One line for the reader of the document. */
  summary: text(/^[^\n\r]{1,120}$/, "one line, at most 120 characters"),
});
export type Route = z.infer<typeof route>;

const api = z.strictObject({
  /** Name that people read, at most 100 characters. */
  title: text(/^[^\n\r]{1,100}$/, "one line, at most 100 characters"),
  /** Where the gateway runs; API Gateway has fewer regions than App Engine. */
  region: gatewayRegion,
  /** Every route; what is not here is answered with 404. */
  routes: z.array(route).min(1, { error: "at least one route" }),
});
export type Api = z.infer<typeof api>;

const backups = z.strictObject({
  /** Snapshots through the day: every 1, 2, 4, 6, 8 or 12 hours. */
  hourly: z.strictObject({
    /** Hours from one to the next. */
    every: duration("hour"),
    /** How long each is kept. */
    keep: duration("day"),
  }),
  /** One snapshot a day. */
  daily: z.strictObject({
    /** How long each is kept. */
    keep: duration("day"),
  }),
  /** One a week; kept at least 7 days, and no shorter than the daily ones. */
  weekly: z.strictObject({
    /** How long each is kept. */
    keep: duration("day", "week"),
  }),
  /** One a month; kept at least 31 days, and no shorter than the weekly ones. */
  monthly: z.strictObject({
    /** How long each is kept. */
    keep: duration("month"),
  }),
  /** One a year, or `"none"`. */
  yearly: z.union(
    [
      z.literal("none"),
      z.strictObject({
        /** How long each is kept. */
        keep: duration("year"),
      }),
    ],
    {
      error: '"none", or { keep: "7 years" }',
    },
  ),
  /** How far back any moment can be restored; no longer than the hourly snapshots are kept. Needs `pointInTime`. */
  restoreWindow: duration("day"),
  /** Region that gets a copy of every snapshot, or `"none"`. */
  copyTo: z.union([z.literal("none"), atlasRegion], {
    error: '"none", or an Atlas region other than the cluster\'s',
  }),
});
export type Backups = z.infer<typeof backups>;

const atlas = z.strictObject({
  /** Size of the cluster's nodes. M10 and larger have backups, private endpoints and users without passwords. */
  tier: atlasTier,
  /** MongoDB major version; users without passwords need 7.0.11 or newer. */
  version: oneOf("7.0", "8.0"),
  /** Atlas's name of the region, `WESTERN_EUROPE` for europe-west1. */
  region: atlasRegion,
  /** Electable nodes: 3, 5 or 7. */
  nodes: z.union([z.literal(3), z.literal(5), z.literal(7)], { error: "3, 5 or 7" }),
  /** Disk of each node in GB, 10 to 4096. */
  diskGb: whole(10, 4096),
  /** Continuous backup: restore to any second of `backups.restoreWindow`. */
  pointInTime: z.boolean({ error: "true or false" }),
  /** Atlas refuses to delete the cluster. To delete it, first apply `false`, then remove it. */
  terminationProtection: z.boolean({ error: "true or false" }),
  /** Which snapshots are taken, and how long each is kept. */
  backups,
  /** When Atlas may restart nodes, in UTC. */
  maintenance: z.strictObject({
    /** Day of the week. */
    day: oneOf("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    /** Hour at which it begins, 0 to 23. */
    hour: whole(0, 23),
  }),
});
export type Atlas = z.infer<typeof atlas>;

/** Everything that tells one environment from another, validated before anything is synthesized. */
export const environmentSchema = z.strictObject({
  /** First part of every stack's name: `dev` gives `dev-data`. */
  name: environmentName,
  /** The Google Cloud project, this environment's alone. */
  project: projectId,
  /** The bucket with this environment's Terraform states; exists before the first apply. */
  stateBucket: bucketName,
  /** Region of the network, the connector and the buckets. */
  region,
  /** Where App Engine is; a project has one place for ever. */
  appEngine: z.strictObject({
    /** App Engine's name of the region: `europe-west` for europe-west1, `us-central` for us-central1, else the same. Can't change. */
    location: text(/^[a-z]+-[a-z]+\d?$/, "an App Engine location such as europe-west"),
    /** The code in this application's host names: `ew` in `shop.ew.r.appspot.com`. */
    regionCode: text(/^[a-z]{1,3}\d?$/, "1 to 3 letters, as in the application's host name"),
  }),
  /** What the data is worth; a label on everything. */
  dataClass: oneOf("public", "internal", "confidential"),
  /** The private network, and the connector through which App Engine reaches it. */
  network: z.strictObject({
    /** Range of the connector's subnet, always /28. */
    connectorRange: privateRange(28),
    /** Machine type of the connector's instances. */
    connectorMachine: oneOf("f1-micro", "e2-micro", "e2-standard-4"),
    /** Connector instances that always run, 2 to 9. */
    connectorMin: whole(2, 9),
    /** Connector instances at most, 3 to 10, more than `connectorMin`. */
    connectorMax: whole(3, 10),
  }),
  /** App Engine services by name; `default` is mandatory, App Engine can't be without it. */
  services: z.record(shortName, service),
  /** Secret containers by name. Values are added by their owners, never by code. */
  secrets: z.record(
    shortName,
    z.strictObject({
      /** What it is for. */
      purpose: text(/^[^\n\r]{1,200}$/, "one line, at most 200 characters"),
      /** Google refuses to delete it. To delete it, first apply `false`, then remove it. */
      protected: z.boolean({ error: "true or false" }),
    }),
  ),
  /** Firebase Hosting sites by name. */
  sites: z.record(
    shortName,
    z.strictObject({
      /** Name of the web app in the Firebase console. */
      title: text(/^[^\n\r]{1,100}$/, "one line, at most 100 characters"),
    }),
  ),
  /** API Gateways by name. */
  apis: z.record(shortName, api),
  /** The MongoDB cluster. */
  atlas,
  /** Who is told of what. */
  alerts: z.strictObject({
    /** Who is told. */
    email: z.email({ error: "an e-mail address" }),
    /** Share of requests answered with 5xx that raises the alert, 0 to 1, exclusive. */
    errorShare: z
      .number({ error: "a number between 0 and 1" })
      .gt(0, { error: "more than 0" })
      .lt(1, { error: "less than 1" }),
    /** Time over which the share is taken. */
    errorWindow: duration("minute"),
  }),
});

/** One environment, complete and valid. */
export type Environment = z.infer<typeof environmentSchema>;

/** What two environments never share, and so never inherit. */
export type EnvironmentIdentity = Pick<Environment, "name" | "project" | "stateBucket">;

/** What an environment inherits from the one it differs from. */
export type EnvironmentSettings = Omit<Environment, keyof EnvironmentIdentity>;
