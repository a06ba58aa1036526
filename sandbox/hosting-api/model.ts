import type { ObjectValue } from "../values/value";

/*
 * Firebase Hosting's resources as its REST API writes them, and where the store has them. Sites, channels, versions and
 * releases are the same objects that Terraform makes; what only the API knows of them lies beside, in facts.
 *
 * Source: https://firebase.google.com/docs/reference/hosting/rest/v1beta1
 */

export const SITE = "google_firebase_hosting_site";
export const CHANNEL = "google_firebase_hosting_channel";
export const VERSION = "google_firebase_hosting_version";
export const RELEASE = "google_firebase_hosting_release";

/** Ids of objects, which are also their names without the project. */
export const channelId = (site: string, channel: string): string => `sites/${site}/channels/${channel}`;
export const versionId = (site: string, version: string): string => `sites/${site}/versions/${version}`;
export const releaseId = (site: string, channel: string, release: string): string =>
  `sites/${site}/channels/${channel}/releases/${release}`;

/** A pattern of paths; one of the two. */
export interface Pattern {
  glob?: string;
  /** RE2. */
  regex?: string;
}

/** How a version is served. https://firebase.google.com/docs/reference/hosting/rest/v1beta1/sites.versions#ServingConfig */
export interface ServingConfig {
  headers?: (Pattern & { headers?: { [name: string]: string } })[];
  redirects?: (Pattern & { location: string; statusCode?: number })[];
  rewrites?: (Pattern & {
    path?: string;
    function?: string;
    functionRegion?: string;
    run?: { serviceId: string; region?: string };
    dynamicLinks?: boolean;
  })[];
  cleanUrls?: boolean;
  trailingSlashBehavior?: "ADD" | "REMOVE" | "TRAILING_SLASH_BEHAVIOR_UNSPECIFIED";
  appAssociation?: string;
  i18n?: { root: string };
}

export type VersionStatus = "CREATED" | "FINALIZED" | "DELETED" | "ABANDONED" | "EXPIRED" | "CLONING";

/** What only the API knows of a version. */
export interface VersionFacts {
  status: VersionStatus;
  config: ServingConfig;
  labels: { [name: string]: string };
  /** Hash of the gzip by path from the site's top: `/index.html`. */
  files: { [path: string]: string };
  /** ISO 8601. */
  createTime: string;
  finalizeTime?: string;
  /** Whether some channel has ever served it. */
  released?: true;
}

/** What the keys of all versions' facts begin with. */
export const VERSION_FACTS = "firebase/hosting-version/";
export const versionFact = (site: string, version: string): string => `${VERSION_FACTS}${site}/${version}`;

/** Facts are JSON; these have no unknown values. */
export const asValue = (facts: VersionFacts): ObjectValue => facts as unknown as ObjectValue;
export const asVersionFacts = (value: ObjectValue): VersionFacts => value as unknown as VersionFacts;
