import { z } from "zod";
import { duration, fraction, oneOf, shortName, text, whole } from "../fields";

const latency = text(/^[1-9]\d{1,4} ms$/, 'a time such as "100 ms", 10 ms to 15000 ms').pipe(
  z.custom<`${number} ms`>(),
);

const automaticScaling = z.strictObject({
  /** Automatic, when it doesn't say otherwise. */
  kind: z.literal("automatic").exactOptional(),
  /** Instances kept running, 0 to 1000. They are billed. */
  minInstances: whole(0, 1000),
  /** Upper limit, 1 to 1000: caps the bill and the database connections. */
  maxInstances: whole(1, 1000),
  /** CPU share of an instance above which another one starts, 0.5 to 0.95. */
  targetCpu: fraction(0.5, 0.95),
  /** Requests that one instance serves at once, 1 to 1000. */
  maxConcurrentRequests: whole(1, 1000),
  /** Share of `maxConcurrentRequests` above which another instance starts, 0.5 to 0.95; App Engine's own is 0.6. */
  targetThroughput: fraction(0.5, 0.95).exactOptional(),
  /** Instances kept ready above those that work; only for the version that has the traffic. */
  minIdleInstances: whole(0, 1000).exactOptional(),
  /** Idle instances at most. */
  maxIdleInstances: whole(1, 1000).exactOptional(),
  /** A request waits at least so long before another instance starts. */
  minPendingLatency: latency.exactOptional(),
  /** A request that waited so long starts another instance. */
  maxPendingLatency: latency.exactOptional(),
});

const basicScaling = z.strictObject({
  /** An instance per piece of work, stopped when idle. */
  kind: z.literal("basic"),
  /** Instances at most, 1 to 200. */
  maxInstances: whole(1, 200),
  /** An instance without requests stops after this time; 15 minutes without it. */
  idleTimeout: duration("minute", "hour").exactOptional(),
});

const manualScaling = z.strictObject({
  /** Always the same number of instances. */
  kind: z.literal("manual"),
  /** Instances, 1 to 200. All are billed. */
  instances: whole(1, 200),
});

const transport = oneOf("https-only", "http-or-https");
const handlerPath = text(/^(\/|\.\*)[^\s]{0,200}$/, "a regular expression that starts with /");
const handler = z.union(
  [
    z.strictObject({
      /** The server answers, or App Engine itself with a file of the artifact. */
      kind: z.literal("server"),
      /** Regular expression over the whole path. */
      path: handlerPath,
      /** Who may come without TLS: nobody (`https-only`, the default), or everybody. */
      transport: transport.exactOptional(),
    }),
    z.strictObject({
      kind: z.literal("static"),
      path: handlerPath,
      transport: transport.exactOptional(),
      /** Path of the file in the artifact; `\1` stands for the first group of `path`. */
      file: text(/^[^/\s][^\s]{0,200}$/, "a path inside the artifact"),
      /** Regular expression of every file that may be answered. */
      uploads: text(/^[^\s]{1,200}$/, "a regular expression over the artifact's files"),
      /** How long browsers keep it; 10 minutes without it. */
      keep: duration("minute", "hour", "day").exactOptional(),
    }),
  ],
  { error: '{ kind: "server", path }, or { kind: "static", path, file, uploads }' },
);

/**
 * How a version of a service runs. Part of the version's content: a change here is a new version, never an update.
 */
export const versionSettings = z.strictObject({
  /** App Engine standard runtime. `nodejs20` was decommissioned in October 2026. */
  runtime: oneOf("nodejs22", "nodejs24"),
  /** Command that starts the server, run by a shell in the artifact's folder. */
  entrypoint: text(/^[^\n\r]{1,300}$/, "one line, at most 300 characters"),
  /** Memory and CPU of one instance: F1 and B1 384 MB, F2 and B2 768 MB, F4 and B4 1536 MB, F4_1G, B4_1G and B8 3072 MB. `B…` for basic and manual scaling. */
  instanceClass: oneOf("F1", "F2", "F4", "F4_1G", "B1", "B2", "B4", "B4_1G", "B8"),
  /** Automatic scaling; or `kind: "basic"`, or `kind: "manual"`. Always explicit. */
  scaling: z.union([automaticScaling, basicScaling, manualScaling], {
    error: "{ minInstances, maxInstances, targetCpu, maxConcurrentRequests }, or a kind of scaling",
  }),
  /** Environment variables. Never a secret: name a secret instead and read it at start. */
  env: z.record(
    text(/^[A-Z][A-Z0-9_]{0,63}$/, "a name of at most 64 capital letters, digits and underscores"),
    z.string({ error: "a string" }).max(1000, { error: "at most 1000 characters" }),
  ),
  /** What leaves through the VPC connector: private ranges only, everything (needs Cloud NAT), or nothing. */
  egress: oneOf("private-ranges", "all-traffic", "none"),
  /** Which paths are answered how; the server answers everything, over HTTPS only, without it. */
  handlers: z.array(handler).exactOptional(),
  /** What App Engine calls by itself; `warmup` with automatic scaling, without it. */
  inboundServices: z.array(oneOf("warmup", "mail", "mail-bounce")).exactOptional(),
});
export type VersionSettings = z.infer<typeof versionSettings>;

/** A service of App Engine. */
export const service = versionSettings.extend({
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
        /** Connections that one instance opens at most, the driver's `maxPoolSize`: `poolSizes` of `database.json` tells the service. */
        poolSize: whole(1, 500),
      }),
    ],
    { error: '"none", or { name, access, poolSize }' },
  ),
  /** Name of the service's own database in PostgreSQL, where the environment has one. */
  relationalDatabase: text(
    /^[a-z][a-z0-9_]{0,62}$/,
    "1 to 63 lowercase letters, digits and underscores, starting with a letter",
  ).exactOptional(),
  /** Secrets that the service reads at start, by their key in `secrets`. */
  secrets: z.array(shortName),
});
export type Service = z.infer<typeof service>;
