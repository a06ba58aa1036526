import { text } from "../services/shape/paths";
import type { StoredObject } from "../store/contract";
import type { ObjectValue } from "../values/value";
import { channelObject, channelsOf, hostLabel, releasesOf } from "./hosted";
import { CHANNEL, channelId, RELEASE } from "./model";
import { releaseResource } from "./releases";
import {
  HostingError,
  type HostingRequest,
  type HostingScene,
  maskOf,
  nameBefore,
  page,
  textField,
  textsField,
} from "./request";
import { forgetUnused } from "./retention";

/** https://firebase.google.com/docs/hosting/test-preview-deploy#expiration */
const LONGEST_LIFE_SECONDS = 30 * 24 * 60 * 60;
/** Not documented; what users were refused beyond. */
const MOST_CHANNELS = 50;
/** Releases that a channel keeps. */
export const USUAL_RETENTION = 10;

export function listChannels(scene: HostingScene, site: string): unknown {
  const { cloud, request } = scene;
  const { items, nextPageToken } = page(["live", ...channelsOf(cloud, site).map(idOf)], request, 10, 100);
  return {
    channels: items.map((channel) => channelResource(scene, site, channel)),
    ...(nextPageToken ? { nextPageToken } : {}),
  };
}

export function getChannel(scene: HostingScene, site: string, channel: string): unknown {
  requireChannel(scene, site, channel);
  return channelResource(scene, site, channel);
}

export function createChannel(scene: HostingScene, site: string): unknown {
  const { cloud, request } = scene;
  const channel = request.parameters.get("channelId") ?? "";
  if (!/^[a-z0-9_.-]{1,63}$/i.test(channel) || channel === "live") {
    throw new HostingError(400, `Invalid channel id: \`${channel}\`.`);
  }
  if (channelObject(cloud, site, channel) !== undefined) {
    throw new HostingError(409, `Channel ${channel} exists already on site ${site}.`);
  }
  if (channelsOf(cloud, site).length >= MOST_CHANNELS) {
    throw new HostingError(429, `Couldn't create channel on ${site}: channel quota reached.`);
  }
  // One of this name that has expired goes now, with what it served.
  removeChannel(scene, site, channel);
  const labels = textsField(request.body, "labels");
  const name = channelId(site, channel);
  cloud.put({
    type: CHANNEL,
    id: name,
    attributes: {
      id: name,
      name,
      site_id: site,
      channel_id: channel,
      labels,
      effective_labels: labels,
      terraform_labels: labels,
      retained_release_count: request.body.retainedReleaseCount
        ? Number(request.body.retainedReleaseCount)
        : USUAL_RETENTION,
      timeouts: null,
      ...lifeOf(request, cloud.now),
    },
  });
  return channelResource(scene, site, channel);
}

export function updateChannel(scene: HostingScene, site: string, channel: string): unknown {
  const { cloud, request } = scene;
  const object = requireChannel(scene, site, channel);
  const mask = maskOf(request);
  const attributes: ObjectValue = { ...object?.attributes };
  if (object === undefined)
    throw new HostingError(400, "The live channel doesn't expire and has no settings here.");
  if (mask.includes("ttl") || mask.includes("expireTime"))
    Object.assign(attributes, lifeOf(request, cloud.now));
  if (mask.includes("labels")) attributes.labels = textsField(request.body, "labels");
  if (mask.includes("retainedReleaseCount")) {
    attributes.retained_release_count = Number(request.body.retainedReleaseCount ?? USUAL_RETENTION);
  }
  cloud.put({ ...object, attributes });
  return channelResource(scene, site, channel);
}

export function deleteChannel(scene: HostingScene, site: string, channel: string): unknown {
  if (channel === "live") throw new HostingError(400, "The live channel can't be deleted.");
  requireChannel(scene, site, channel);
  removeChannel(scene, site, channel);
  return {};
}

/** Undefined for the live channel, which has no object. @throws {HostingError} 404 */
export function requireChannel(
  { cloud }: HostingScene,
  site: string,
  channel: string,
): StoredObject | undefined {
  if (channel === "live") return undefined;
  const object = channelObject(cloud, site, channel);
  if (object === undefined) throw new HostingError(404, `Channel ${channel} was not found on site ${site}.`);
  return object;
}

function removeChannel({ cloud, files }: HostingScene, site: string, channel: string): void {
  for (const release of releasesOf(cloud, site, channel)) cloud.delete(RELEASE, release.id);
  cloud.delete(CHANNEL, channelId(site, channel));
  forgetUnused(cloud, files, site);
}

/** When a channel ends: as told by one of the two, or never. */
function lifeOf({ body }: HostingRequest, now: string): ObjectValue {
  const ttl = textField(body, "ttl");
  const end = textField(body, "expireTime");
  const seconds =
    ttl === undefined ? undefined : Number(/^(\d+(?:\.\d{1,9})?)s$/.exec(ttl)?.[1] ?? Number.NaN);
  if (Number.isNaN(seconds)) throw new HostingError(400, `Invalid value at 'ttl': ${JSON.stringify(ttl)}.`);
  if (end !== undefined && Number.isNaN(Date.parse(end))) {
    throw new HostingError(400, `Invalid value at 'expireTime': ${JSON.stringify(end)}.`);
  }
  const left = seconds ?? (end === undefined ? undefined : (Date.parse(end) - Date.parse(now)) / 1_000);
  if (left === undefined) return { ttl: null, expire_time: "" };
  if (left <= 0 || left > LONGEST_LIFE_SECONDS) {
    throw new HostingError(400, "A channel's life must be greater than zero and at most 30 days.");
  }
  return { ttl: ttl ?? null, expire_time: new Date(Date.parse(now) + left * 1_000).toISOString() };
}

function channelResource({ cloud, request }: HostingScene, site: string, channel: string): unknown {
  const object = channelObject(cloud, site, channel);
  const attributes = object?.attributes ?? {};
  const expireTime = text(attributes, "expire_time");
  const [release] = releasesOf(cloud, site, channel);
  return {
    name: nameBefore(request, channelId(site, channel)),
    url: `http://${hostLabel(site, channel)}.localhost:${request.port}`,
    retainedReleaseCount: Number(attributes.retained_release_count ?? USUAL_RETENTION),
    labels: attributes.labels ?? {},
    ...(object ? { createTime: object.createdAt, updateTime: object.updatedAt } : {}),
    ...(expireTime === "" ? {} : { expireTime }),
    ...(release ? { release: releaseResource(cloud, request, release) } : {}),
  };
}

const idOf = ({ attributes }: StoredObject): string => text(attributes, "channel_id");
