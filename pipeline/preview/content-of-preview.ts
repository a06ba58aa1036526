import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PreviewNames } from "../../environments/preview-names";
import type { ContentDeployer, PreviewPlace, PreviewRecord } from "./contract";

export interface PreviewContent {
  record: PreviewRecord;
  /** By site: folder with the built site. A site without one keeps its channel as it is. */
  folders: Readonly<Record<string, string>>;
  /** Folder with each site's `firebase.json` and `config.json`, as synthesized. */
  hosting: string;
  /** By API: the preview's own gateway, whose host only Google can tell. */
  gateways: Readonly<Record<string, string>>;
}

/**
 * Deploys every site's content to the pull request's channel.
 *
 * @returns the channels' addresses, by site
 */
export async function deployContent(
  { loaded }: PreviewPlace,
  content: ContentDeployer | undefined,
  { record, folders, hosting, gateways }: PreviewContent,
): Promise<Record<string, string>> {
  if (!content) return { ...record.urls.sites };
  const names = new PreviewNames(record.pr);
  const deployed = await Promise.all(
    Object.entries(folders).map(async ([site, folder]) => {
      const settings = join(hosting, site);
      addGateways(join(settings, "config.json"), gateways);
      const { url } = await content.deploy({
        site,
        siteId: loaded.names.site(site),
        channel: names.channel,
        folder,
        settings,
        expiresAt: record.expiresAt,
      });
      return [site, url] as const;
    }),
  );
  return { ...record.urls.sites, ...Object.fromEntries(deployed) };
}

/** What synthesis couldn't know yet. */
function addGateways(file: string, gateways: Readonly<Record<string, string>>): void {
  if (Object.keys(gateways).length === 0) return;
  const values = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const temporary = `${file}.${process.pid}.tmp`;
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(temporary, `${JSON.stringify({ ...values, apis: gateways }, null, 2)}\n`);
  renameSync(temporary, file);
}
