import type { CloudView } from "../services/behaviour";
import { base36Id, projectNumber } from "../services/identity/derived";
import { blocksAt, lastSegment, text } from "../services/shape/paths";
import type { StoredObject } from "../store/contract";
import { isObject, type ObjectValue } from "../values/value";
import {
  asVersionFacts,
  CHANNEL,
  channelId,
  RELEASE,
  releaseId,
  type ServingConfig,
  SITE,
  VERSION,
  type VersionFacts,
  versionFact,
  versionId,
} from "./model";

/** A DNS label's length. */
const LONGEST_LABEL = 63;
const HASH_LENGTH = 8;

/** The site's object, whatever its project. Names of sites are one namespace. */
export function siteObject(cloud: CloudView, site: string): StoredObject | undefined {
  return cloud.list(SITE).find(({ attributes }) => text(attributes, "site_id") === site);
}

/** @param project id, number, or `-` for any */
export function isProject(given: string, project: string): boolean {
  return given === "-" || given === project || given === projectNumber(project);
}

/** The channel, if it has not expired: Hosting deletes those by itself. */
export function channelObject(cloud: CloudView, site: string, channel: string): StoredObject | undefined {
  const object = cloud.get(CHANNEL, channelId(site, channel));
  return object !== undefined && isAlive(object, cloud.now) ? object : undefined;
}

export function channelsOf(cloud: CloudView, site: string): StoredObject[] {
  return cloud.list(CHANNEL, channelId(site, "")).filter((object) => isAlive(object, cloud.now));
}

function isAlive({ attributes }: StoredObject, now: string): boolean {
  const end = text(attributes, "expire_time");
  return end === "" || Date.parse(end) > Date.parse(now);
}

/** Newest first. */
export function releasesOf(cloud: CloudView, site: string, channel: string): StoredObject[] {
  return cloud
    .list(RELEASE, releaseId(site, channel, ""))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
}

/** What a version is and holds; one that Terraform made has no files, and is finalized at once. */
export function versionFacts(cloud: CloudView, site: string, version: string): VersionFacts | undefined {
  const object = cloud.get(VERSION, versionId(site, version));
  if (object === undefined) return undefined;
  const facts = cloud.getFact(versionFact(site, version));
  if (facts !== undefined) return asVersionFacts(facts);
  return {
    status: "FINALIZED",
    config: configOf(object.attributes),
    labels: {},
    files: {},
    createTime: object.createdAt,
    finalizeTime: object.createdAt,
  };
}

/** What a channel serves; undefined before its first release, and when its site was switched off. */
export function servedVersion(
  cloud: CloudView,
  site: string,
  channel: string,
): { facts: VersionFacts; releasedAt: string } | undefined {
  const [release] = releasesOf(cloud, site, channel);
  if (release === undefined || text(release.attributes, "type") === "SITE_DISABLE") return undefined;
  const facts = versionFacts(cloud, site, lastSegment(text(release.attributes, "version_name")));
  return facts && { facts, releasedAt: release.createdAt };
}

/**
 * The first part of the host under which a channel is served: `shop`, or `shop--pr-12-k3j9x0ab`, cut like Hosting does
 * where a DNS label would be too long.
 */
export function hostLabel(site: string, channel: string): string {
  if (channel === "live") return site;
  const room = LONGEST_LABEL - site.length - "--".length - "-".length - HASH_LENGTH;
  return `${site}--${channel.slice(0, room)}-${base36Id(HASH_LENGTH, "firebase-channel", site, channel)}`;
}

/** The site and channel that a host's first part stands for. */
export function channelAt(cloud: CloudView, label: string): { site: string; channel: string } | undefined {
  if (siteObject(cloud, label) !== undefined) return { site: label, channel: "live" };
  for (const { attributes } of cloud.list(CHANNEL)) {
    const [site, channel] = [text(attributes, "site_id"), text(attributes, "channel_id")];
    if (hostLabel(site, channel) !== label) continue;
    return channelObject(cloud, site, channel) && { site, channel };
  }
  return undefined;
}

/** The configuration that Terraform's version has, in the API's words. */
function configOf(attributes: ObjectValue): ServingConfig {
  const [config] = blocksAt(attributes, "config");
  if (config === undefined) return {};
  const pattern = (block: ObjectValue) => ({
    ...(text(block, "glob") === "" ? {} : { glob: text(block, "glob") }),
    ...(text(block, "regex") === "" ? {} : { regex: text(block, "regex") }),
  });
  return {
    headers: blocksAt(config, "headers").map((block) => ({
      ...pattern(block),
      headers: isObject(block.headers) ? (block.headers as { [name: string]: string }) : {},
    })),
    redirects: blocksAt(config, "redirects").map((block) => ({
      ...pattern(block),
      location: text(block, "location"),
      statusCode: Number(block.status_code),
    })),
    rewrites: blocksAt(config, "rewrites").map((block) => {
      const [run] = blocksAt(block, "run");
      return {
        ...pattern(block),
        ...(text(block, "path") === "" ? {} : { path: text(block, "path") }),
        ...(text(block, "function") === "" ? {} : { function: text(block, "function") }),
        ...(run ? { run: { serviceId: text(run, "service_id"), region: text(run, "region") } } : {}),
      };
    }),
  };
}

/** The part of a configuration that Terraform's version has. */
export function configAttribute(config: ServingConfig): ObjectValue {
  const pattern = ({ glob, regex }: { glob?: string; regex?: string }): ObjectValue => ({
    glob: glob ?? null,
    regex: regex ?? null,
  });
  return {
    headers: (config.headers ?? []).map((entry) => ({ ...pattern(entry), headers: entry.headers ?? {} })),
    redirects: (config.redirects ?? []).map((entry) => ({
      ...pattern(entry),
      location: entry.location,
      status_code: entry.statusCode ?? 301,
    })),
    rewrites: (config.rewrites ?? []).map((entry) => ({
      ...pattern(entry),
      path: entry.path ?? null,
      function: entry.function ?? null,
      run: entry.run ? [{ service_id: entry.run.serviceId, region: entry.run.region ?? null }] : [],
    })),
  };
}
