import { lastSegment, text } from "../services/shape/paths";
import type { CloudTransaction, StoredObject } from "../store/contract";
import type { SiteFiles } from "../store/site-files";
import { releasesOf, versionFacts } from "./hosted";
import { RELEASE, VERSION, VERSION_FACTS, versionFact, versionId } from "./model";

/** Releases that a channel keeps besides the one it serves. */
const USUAL = 10;
/** Milliseconds for which a finalized version waits for its first release, while others come and go beside it. */
const WAITS = 600_000;

/** Forgets releases beyond those that the channel keeps, and what only they served. */
export function retireReleases(
  cloud: CloudTransaction,
  files: SiteFiles,
  site: string,
  channel: string,
  object: StoredObject | undefined,
): void {
  const kept = Number(object?.attributes.retained_release_count ?? USUAL);
  const over = releasesOf(cloud, site, channel).slice(kept + 1);
  for (const release of over) cloud.delete(RELEASE, release.id);
  if (over.length > 0) forgetUnused(cloud, files, site);
}

/**
 * Deletes the site's finalized versions that no release serves, and contents that no version of any site holds. Hosting
 * does both within a day.
 *
 * @see https://firebase.google.com/docs/hosting/manage-hosting-resources
 */
export function forgetUnused(cloud: CloudTransaction, files: SiteFiles, site: string): void {
  const served = new Set(
    cloud
      .list(RELEASE, `sites/${site}/`)
      .map(({ attributes }) => lastSegment(text(attributes, "version_name"))),
  );
  for (const { id, attributes } of cloud.list(VERSION, versionId(site, ""))) {
    const version = text(attributes, "version_id");
    const isOwn = cloud.getFact(versionFact(site, version)) !== undefined;
    const facts = versionFacts(cloud, site, version);
    if (!isOwn || served.has(version) || facts?.status === "CREATED") continue;
    const finalizedAt = Date.parse(facts?.finalizeTime ?? "");
    if (facts?.released !== true && Date.parse(cloud.now) - finalizedAt < WAITS) continue;
    cloud.delete(VERSION, id);
  }
  const held = new Set<string>();
  for (const { key, value } of cloud.listFacts(VERSION_FACTS)) {
    const [owner = "", version = ""] = key.slice(VERSION_FACTS.length).split("/");
    if (cloud.get(VERSION, versionId(owner, version)) === undefined) cloud.putFact(key, undefined);
    else for (const hash of Object.values(value.files as { [path: string]: string })) held.add(hash);
  }
  for (const hash of files.hashes()) if (!held.has(hash)) files.remove(hash);
}
