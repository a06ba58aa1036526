import type { LoadedEnvironment } from "../../environments/load";
import type { PreviewNames } from "../../environments/preview-names";
import type { PreviewRequest } from "../../environments/preview-request";
import type { Bucket } from "../bucket/bucket";
import type { TargetName } from "../target/target";

/*
 * What the parts of previews know of each other: `up` and `down` make and remove one preview, `content` and `database`
 * do what Terraform doesn't, `sweep` and `comment` compare with GitHub and tell people. Names are `PreviewNames`
 * (environments/preview-names.ts), limits and labels environments/preview-rules.ts.
 */

export type { ChangedService, PreviewRequest } from "../../environments/preview-request";

/** Where a preview's content is reached. */
export interface PreviewUrls {
  /** By site: its channel. */
  sites: Readonly<Record<string, string>>;
  /** By service: its version. */
  services: Readonly<Record<string, string>>;
  /** By API: its own gateway; empty without the label. */
  gateways: Readonly<Record<string, string>>;
}

/**
 * - `coming up`: work has begun; killed there, it stays so, and another `up` or `down` goes on
 * - `up`: everything answers
 * - `failed`: the last `up` failed, see `problem`
 * - `going down`: `down` has begun and goes on when it is run again
 */
export type PreviewState = "coming up" | "up" | "failed" | "going down";

/** What is known of a preview, kept in `PreviewNames.record` of the state bucket; the last thing that `down` removes. */
export interface PreviewRecord extends PreviewRequest {
  version: 1;
  state: PreviewState;
  /** ISO 8601; when the last `up` or `down` was asked for: what was asked before it comes too late. */
  askedAt: string;
  /** ISO 8601; the first `up`. */
  createdAt: string;
  /** ISO 8601; the last change of this record. */
  changedAt: string;
  urls: PreviewUrls;
  /** US dollars a month, estimated. */
  monthlyCost: number;
  /** Why the last `up` failed; no secrets. */
  problem?: string;
}

/** Where previews live: handed to whoever acts on a side of them. */
export interface PreviewPlace {
  target: TargetName;
  /** The repository. */
  root: string;
  /** The shared preview environment. */
  loaded: LoadedEnvironment;
  /** Variables that lead tools to the target; they may change, so read them each time. */
  readonly env: NodeJS.ProcessEnv;
  /** A bucket of the target: `loaded.environment.stateBucket`, `loaded.names.artifactBucket`. */
  bucket: (name: string) => Bucket;
  /** Aborted when the command is interrupted. */
  stop: AbortSignal;
  /** A line for whoever watches. */
  note: (line: string) => void;
}

/** What is deployed to a site's channel. */
export interface ChannelContent {
  /** Key of the site in the environment: `storefront`. */
  site: string;
  /** Id of the site in Firebase Hosting. */
  siteId: string;
  /** `pr-12`. */
  channel: string;
  /** Folder with the built site; absolute. */
  folder: string;
  /** Folder with `firebase.json` and `config.json` as synthesized for this preview; absolute. */
  settings: string;
  /** ISO 8601; the channel ends by itself then, as far as Firebase allows (30 days). */
  expiresAt: string;
}

/** A channel as Hosting lists it. */
export interface PresentChannel {
  siteId: string;
  channel: string;
  url: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  expiresAt?: string;
}

/** Channels of sites: `contentDeployer(place)` in content/content-deployer.ts. */
export interface ContentDeployer {
  /** Makes the channel if need be, deploys, extends its life. Idempotent. @returns its address */
  deploy(content: ChannelContent): Promise<{ url: string }>;
  /** @returns whether there was one */
  remove(siteId: string, channel: string): Promise<boolean>;
  /** Every channel of a site but `live`. */
  list(siteId: string): Promise<PresentChannel[]>;
}

/** Databases in the shared cluster: `previewDatabase(place)` in database/preview-database.ts. */
export interface PreviewDatabase {
  /**
   * Adds the fixtures that are missing (documents by `_id`); what is there stays, so that a second push doesn't undo what a
   * reviewer did. Never touches another database: the name must be a preview's.
   *
   * @param name `pr_12`
   * @param fixtures folder with `<collection>.json`, arrays of documents; absolute
   * @param cluster address with user and password of another one, which may still be told of that user @default - the shared one
   */
  seed(name: string, fixtures: string, cluster?: string): Promise<void>;
  /** @returns whether there was one */
  drop(name: string): Promise<boolean>;
  /** Names of all databases of previews. */
  list(): Promise<string[]>;
  close(): Promise<void>;
}

/** Preview's own clusters: `clusterAccess(place)` in own-cluster/cluster-access.ts. */
export interface ClusterAccess {
  /**
   * Makes the cluster's user if need be. Idempotent.
   *
   * @param address of the cluster, without credentials
   * @returns the address with them; undefined where the shared one leads there
   */
  open(names: PreviewNames, address: string): Promise<string | undefined>;
  /** Removes the user. @returns whether there was one */
  close(names: PreviewNames): Promise<boolean>;
}

/** The sides on which something of a preview can exist. */
export type PreviewSide =
  | "state"
  | "record"
  | "lease"
  | "version"
  | "service"
  | "channel"
  | "database"
  | "user"
  | "role"
  | "account"
  | "secret"
  | "gateway"
  | "api"
  | "cluster"
  | "artifact";

/** Something of a preview that exists. */
export interface PreviewRemnant {
  side: PreviewSide;
  /** `pr-12-3f9a1c2`. */
  name: string;
  pr: number;
  /** What it is in: service, site id, Atlas project. */
  within?: string;
  /** ISO 8601. */
  createdAt?: string;
}

/** What exists on each side, as far as it answered. */
export interface PreviewTruth {
  remnants: readonly PreviewRemnant[];
  /** Records of the previews that have one. */
  records: readonly PreviewRecord[];
  /** Sides that didn't answer: nothing is concluded from their silence. */
  unread: readonly { side: PreviewSide; reason: string }[];
}

/** How `up` ended. */
export interface PreviewUp {
  record: PreviewRecord;
  /**
   * - `superseded`: a newer push took over; nothing of it was undone
   * - `refused`: there is no room, see `answer`
   * - `unwanted`: the pull request is closed, from a fork, or its preview's time is over; nothing was changed
   */
  result: "up" | "failed" | "superseded" | "refused" | "unwanted";
  /** Why it failed, why there is none, or what to do where there is no room. */
  answer?: string;
  /** Seconds. */
  seconds: number;
}

/** How `down` ended. */
export interface PreviewDown {
  pr: number;
  /** Steps in their order; one that failed doesn't keep the others from trying, but keeps the record. */
  steps: readonly {
    /** `rest`: what no state knows of; only looked for where a preview was not whole. */
    step: "stack" | "user" | "database" | "channels" | "artifacts" | "rest" | "state" | "record";
    result: "removed" | "nothing there" | "failed" | "kept";
    reason?: string;
  }[];
  /** Nothing is left. */
  gone: boolean;
  seconds: number;
}

/** What was asked for was wrong: nothing was done. */
export interface PreviewMistake {
  pr: number;
  sha: string;
  /** What is wrong, and what would be right; for the comment. */
  answer: string;
}

/**
 * Hears how previews end; the comment on the pull request. A failure is told to whoever watches, and fails nothing.
 * `up` and `down` are given one by their commands.
 */
export interface PreviewListener {
  up?(place: PreviewPlace, outcome: PreviewUp): Promise<void>;
  mistaken?(place: PreviewPlace, mistake: PreviewMistake): Promise<void>;
  /** When nothing is left but the record, which goes after this: whoever is killed in between tells again. */
  down?(place: PreviewPlace, outcome: PreviewDown): Promise<void>;
}
