import type { CloudView } from "../services/behaviour";
import { lastSegment, text } from "../services/shape/paths";
import type { StoredObject } from "../store/contract";
import { channelObject, releasesOf } from "./hosted";
import { asValue, RELEASE, releaseId, versionFact } from "./model";
import { HostingError, type HostingRequest, type HostingScene, nameBefore, page, textField } from "./request";
import { retireReleases } from "./retention";
import { requireVersion, versionResource } from "./versions";

const TYPES = ["DEPLOY", "ROLLBACK", "SITE_DISABLE"];
/** Beyond any count of releases of a laptop. */
const DIGITS = 19;

export function listReleases({ cloud, request }: HostingScene, site: string, channel: string): unknown {
  const { items, nextPageToken } = page(releasesOf(cloud, site, channel), request, 100, 100);
  return {
    releases: items.map((release) => releaseResource(cloud, request, release)),
    ...(nextPageToken ? { nextPageToken } : {}),
  };
}

export function getRelease(scene: HostingScene, site: string, channel: string, release: string): unknown {
  const object = scene.cloud.get(RELEASE, releaseId(site, channel, release));
  if (object === undefined) throw new HostingError(404, `Release ${release} was not found on site ${site}.`);
  return releaseResource(scene.cloud, scene.request, object);
}

/** From now on the channel serves this version. */
export function createRelease(
  { cloud, files, request }: HostingScene,
  site: string,
  channel: string,
): unknown {
  const { parameters, body } = request;
  const name = parameters.get("versionName") ?? parameters.get("version_name") ?? "";
  const type = textField(body, "type") ?? "DEPLOY";
  if (!TYPES.includes(type)) throw new HostingError(400, `Invalid value at 'type': ${type}.`);
  const [, versionSite, version = ""] =
    /^(?:projects\/[^/]+\/)?sites\/([^/]+)\/versions\/([^/]+)$/.exec(name) ?? [];
  if (type !== "SITE_DISABLE") {
    if (versionSite !== site)
      throw new HostingError(400, `Invalid versionName: \`${name}\` is not of site ${site}.`);
    const facts = requireVersion(cloud, site, version);
    if (facts.status !== "FINALIZED")
      throw new HostingError(400, `Version ${version} is ${facts.status}, not finalized.`);
    cloud.putFact(versionFact(site, version), asValue({ ...facts, released: true }));
  }
  // Grows, so that releases of one instant keep their order.
  const count = cloud.next(`hosting-release ${site}`);
  const release = `${Date.parse(cloud.now)}${String(count).padStart(DIGITS - 13, "0")}`;
  const id = releaseId(site, channel, release);
  const object = cloud.put({
    type: RELEASE,
    id,
    attributes: {
      id,
      name: id,
      site_id: site,
      channel_id: channel,
      release_id: release,
      version_name: type === "SITE_DISABLE" ? null : `sites/${site}/versions/${version}`,
      type,
      message: textField(body, "message") ?? null,
      timeouts: null,
    },
  });
  const answer = releaseResource(cloud, request, object);
  retireReleases(cloud, files, site, channel, channelObject(cloud, site, channel));
  return answer;
}

export function releaseResource(cloud: CloudView, request: HostingRequest, release: StoredObject): unknown {
  const { attributes } = release;
  const site = text(attributes, "site_id");
  const version = lastSegment(text(attributes, "version_name"));
  return {
    name: nameBefore(request, release.id),
    type: text(attributes, "type") || "DEPLOY",
    releaseTime: release.createdAt,
    releaseUser: { email: "sandbox@groundwork.invalid" },
    ...(text(attributes, "message") === "" ? {} : { message: text(attributes, "message") }),
    ...(version === "" ? {} : { version: versionResource(cloud, request, site, version) }),
  };
}
