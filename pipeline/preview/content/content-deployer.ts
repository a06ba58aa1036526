import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@groundwork/user-error";
import type { ChannelContent, ContentDeployer, PresentChannel, PreviewPlace } from "../contract";
import { type BuiltFile, builtFiles } from "./built-files";
import { type Channel, HostingClient } from "./hosting-client";
import { type HostingTransport, hostingTransport } from "./hosting-transport";
import { readSiteSettings, type SiteSettings } from "./serving-config";

/** Label of a version: what it holds, so that the same is not deployed twice. */
const contentLabel = "groundwork-content";
/** Uploads at a time. */
const uploads = 16;
/** Seconds. https://firebase.google.com/docs/hosting/test-preview-deploy#expiration */
const longestLife = 30 * 24 * 60 * 60;
const shortestLife = 60 * 60;

/** What a deployer needs of the place, and clocks. */
export interface ContentDeployerOptions {
  /** @default - by the place's variables, read for each request */
  transport?: HostingTransport;
  /** @default - the machine's */
  now?: () => number;
  /** Waits before a repetition. @default - as long as asked */
  pause?: (milliseconds: number) => Promise<unknown>;
}

/** Deploys content to channels of Firebase Hosting by its REST API; why not by its CLI is told in docs/decisions. */
export function contentDeployer(
  place: Pick<PreviewPlace, "env" | "note">,
  options: ContentDeployerOptions = {},
): ContentDeployer {
  const { transport = (call) => hostingTransport(place.env)(call), now = Date.now, pause } = options;
  const client = new HostingClient({ transport, ...(pause ? { pause } : {}) });
  return {
    async deploy(content) {
      const { siteId, channel, expiresAt } = content;
      const settings = await settingsOf(content);
      const files = await filesOf(content, settings);
      const left = (Date.parse(expiresAt) - now()) / 1_000;
      const kept = await client.keepChannel(
        siteId,
        channel,
        Math.min(Math.max(left, shortestLife), longestLife),
      );
      const digest = digestOf(settings, files);
      if (kept.release?.version?.labels[contentLabel] === digest) {
        place.note(`${siteId}: channel ${channel} has this content already`);
        return { url: kept.url };
      }
      const sent = await release(client, content, settings, files, digest);
      place.note(`${siteId}: ${files.length} files on channel ${channel}, ${sent} of them uploaded`);
      return { url: kept.url };
    },
    remove: (siteId, channel) => client.deleteChannel(siteId, channel),
    async list(siteId) {
      const channels = await client.channels(siteId);
      return channels
        .map((channel) => presentChannel(siteId, channel))
        .filter(({ channel }) => channel !== "live");
    },
  };
}

/**
 * Serves on the site's live channel what a channel serves, without building or uploading anything.
 *
 * @returns whether anything changed
 * @throws UserError when nothing is released on the channel
 */
export async function promoteChannel(
  place: Pick<PreviewPlace, "env">,
  siteId: string,
  channel: string,
): Promise<boolean> {
  const client = new HostingClient({ transport: (call) => hostingTransport(place.env)(call) });
  const [source, live] = await Promise.all([client.channel(siteId, channel), client.channel(siteId, "live")]);
  const version = source?.release?.version?.name;
  if (version === undefined) {
    throw new UserError("There is nothing to promote.", [
      {
        field: channel,
        found: source ? "a channel without a release" : "no channel",
        expected: `one of ${siteId} with content`,
      },
    ]);
  }
  if (live?.release?.version?.name === version) return false;
  await client.release(siteId, "live", version);
  return true;
}

/** @returns how many files were uploaded */
async function release(
  client: HostingClient,
  { siteId, channel }: ChannelContent,
  { config }: SiteSettings,
  files: readonly BuiltFile[],
  digest: string,
): Promise<number> {
  const version = await client.createVersion(siteId, config, { [contentLabel]: digest });
  const hashes = new Map(files.map(({ path, hash }) => [path, hash]));
  const { uploadUrl, missing } = await client.populate(version, hashes);
  const contents = new Map(files.map(({ hash, gzip }) => [hash, gzip]));
  const queue = [...missing];
  const worker = async (): Promise<void> => {
    for (let hash = queue.pop(); hash !== undefined; hash = queue.pop()) {
      await client.upload(uploadUrl, hash, contents.get(hash) ?? Buffer.alloc(0));
    }
  };
  await Promise.all(Array.from({ length: uploads }, worker));
  await client.finalize(version);
  await client.release(siteId, channel, version);
  return missing.length;
}

async function settingsOf({ settings, siteId }: ChannelContent): Promise<SiteSettings> {
  const file = join(settings, "firebase.json");
  const read = readSiteSettings(await textOf(file), file);
  if (read.site === siteId) return read;
  throw new UserError("These settings are of another site.", [
    { field: file, found: read.site, expected: siteId },
  ]);
}

async function filesOf({ folder, settings }: ChannelContent, { ignore }: SiteSettings): Promise<BuiltFile[]> {
  const values = await textOf(join(settings, "config.json"));
  return builtFiles(folder, ignore, new Map([["/config.json", values]]));
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UserError("A site can't be deployed without its settings.", [
      { field: file, found: "nothing", expected: "the file that synthesis writes" },
    ]);
  }
}

/** Fits into a label: https://cloud.google.com/compute/docs/labeling-resources#requirements */
function digestOf({ config }: SiteSettings, files: readonly BuiltFile[]): string {
  const said = JSON.stringify([config, files.map(({ path, hash }) => [path, hash])]);
  return createHash("sha256").update(said).digest("hex").slice(0, 40);
}

function presentChannel(siteId: string, { name, url, createTime, expireTime }: Channel): PresentChannel {
  return {
    siteId,
    channel: name.slice(name.lastIndexOf("/") + 1),
    url,
    ...(createTime === undefined ? {} : { createdAt: createTime }),
    ...(expireTime === undefined ? {} : { expiresAt: expireTime }),
  };
}
