import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { RunFailed } from "../../run-failed";
import type { HostingAnswer, HostingCall, HostingTransport } from "./hosting-transport";
import type { ServingConfig } from "./serving-config";

/** Firebase Hosting refused, or couldn't be reached. */
export class HostingFailed extends RunFailed {
  constructor(
    what: string,
    /** HTTP status; undefined when there was no answer. */
    readonly status: number | undefined,
    reason: string,
  ) {
    super(`Firebase Hosting, ${what}: ${status === undefined ? "" : `${status} `}${reason}`);
  }
}

/** https://firebase.google.com/docs/reference/hosting/rest/v1beta1/sites.channels#Channel, as far as it is read. */
const channelResource = z.object({
  name: z.string(),
  url: z.string(),
  createTime: z.string().optional(),
  expireTime: z.string().optional(),
  release: z
    .object({
      version: z
        .object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) })
        .optional(),
    })
    .optional(),
});
export type Channel = z.infer<typeof channelResource>;

const channelPage = z.object({
  channels: z.array(channelResource).default([]),
  nextPageToken: z.string().optional(),
});
const versionResource = z.object({ name: z.string() });
const populated = z.object({
  uploadUrl: z.string().optional(),
  uploadRequiredHashes: z.array(z.string()).default([]),
});
const refusal = z.object({ error: z.object({ message: z.string() }) });

/** https://cloud.google.com/apis/design/errors#error_retries */
const passing = new Set([408, 429, 500, 502, 503, 504]);
const attempts = 6;
/** Milliseconds; doubled each time. */
const firstPause = 250;
const longestPause = 8_000;
/** As many as the Firebase CLI names in one request. */
const batch = 1_000;

export interface HostingClientOptions {
  transport: HostingTransport;
  /** Waits before a repetition. @default - as long as asked */
  pause?: (milliseconds: number) => Promise<unknown>;
  /** Between 0 and 1; spreads repetitions of many clients. @default - Math.random */
  random?: () => number;
}

/** The calls of Firebase Hosting's REST API by which content gets to a channel. Each may be repeated. */
export class HostingClient {
  constructor(private readonly options: HostingClientOptions) {}

  async channel(site: string, channel: string): Promise<Channel | undefined> {
    const call = { method: "GET", path: `sites/${site}/channels/${channel}` } as const;
    const { answer } = await this.send(call, `read channel ${channel}`, [404]);
    return answer.status === 404 ? undefined : channelResource.parse(answer.body);
  }

  /** Makes the channel, or lets it live on. @param seconds from now */
  async keepChannel(site: string, channel: string, seconds: number): Promise<Channel> {
    const ttl = `${Math.round(seconds)}s`;
    const what = `keep channel ${channel} of ${site}`;
    const path = `sites/${site}/channels/${channel}?updateMask=ttl`;
    const prolong = { method: "PATCH", path, body: { ttl } } as const;
    const { answer } = await this.send(prolong, what, [404]);
    if (answer.status !== 404) return channelResource.parse(answer.body);
    const create = {
      method: "POST",
      path: `sites/${site}/channels?channelId=${channel}`,
      body: { ttl },
    } as const;
    const made = await this.send(create, `make channel ${channel} of ${site}`, [409]);
    if (made.answer.status !== 409) return channelResource.parse(made.answer.body);
    // Somebody else was faster, or our first attempt, whose answer was lost.
    return channelResource.parse((await this.send(prolong, what)).answer.body);
  }

  async channels(site: string): Promise<Channel[]> {
    const all: Channel[] = [];
    for (let token = ""; ; ) {
      const path = `sites/${site}/channels?pageSize=100&pageToken=${encodeURIComponent(token)}`;
      const { answer } = await this.send({ method: "GET", path }, `list channels of ${site}`, [404]);
      // A site that isn't there, as before the environment's first apply, has none.
      if (answer.status === 404) return all;
      const page = channelPage.parse(answer.body);
      all.push(...page.channels);
      if (!page.nextPageToken) return all;
      token = page.nextPageToken;
    }
  }

  /** @returns whether there was one */
  async deleteChannel(site: string, channel: string): Promise<boolean> {
    const call = { method: "DELETE", path: `sites/${site}/channels/${channel}` } as const;
    const { answer, made } = await this.send(call, `delete channel ${channel} of ${site}`, [404]);
    // On a repetition it is gone because the first attempt deleted it.
    return answer.status !== 404 || made > 1;
  }

  /** @returns the version's name */
  async createVersion(site: string, config: ServingConfig, labels: Record<string, string>): Promise<string> {
    const call = { method: "POST", path: `sites/${site}/versions`, body: { config, labels } } as const;
    const { answer } = await this.send(call, `make a version of ${site}`);
    return versionResource.parse(answer.body).name;
  }

  /**
   * Says what files a version has.
   *
   * @param files hash of the gzip by path
   * @returns what has to be uploaded, and where to
   */
  async populate(
    version: string,
    files: ReadonlyMap<string, string>,
  ): Promise<{ uploadUrl: string; missing: string[] }> {
    const all = [...files];
    const missing = new Set<string>();
    let uploadUrl = "";
    for (let start = 0; start < all.length; start += batch) {
      const body = { files: Object.fromEntries(all.slice(start, start + batch)) };
      const call = { method: "POST", path: `${version}:populateFiles`, body } as const;
      const page = populated.parse((await this.send(call, `name the files of ${version}`)).answer.body);
      uploadUrl = page.uploadUrl ?? uploadUrl;
      for (const hash of page.uploadRequiredHashes) missing.add(hash);
    }
    return { uploadUrl, missing: [...missing] };
  }

  async upload(uploadUrl: string, hash: string, gzip: Buffer): Promise<void> {
    await this.send({ method: "POST", path: `${uploadUrl}/${hash}`, body: gzip }, `upload ${hash}`);
  }

  async finalize(version: string): Promise<void> {
    const path = `${version}?updateMask=status`;
    await this.send({ method: "PATCH", path, body: { status: "FINALIZED" } }, `finalize ${version}`);
  }

  /** From now on the channel serves the version. */
  async release(site: string, channel: string, version: string): Promise<void> {
    const path = `sites/${site}/channels/${channel}/releases?versionName=${encodeURIComponent(version)}`;
    await this.send({ method: "POST", path, body: {} }, `release ${version} on ${channel}`);
  }

  /**
   * Sends until there is an answer that a repetition wouldn't change.
   *
   * @param expected statuses that are answers too
   * @throws HostingFailed for any other, or when there is none
   */
  private async send(
    call: HostingCall,
    what: string,
    expected: readonly number[] = [],
  ): Promise<{ answer: HostingAnswer; made: number }> {
    for (let made = 1; ; made++) {
      const outcome = await this.options.transport(call).catch((error: unknown) => reasonOf(error));
      const failed = typeof outcome === "string";
      if (!failed && (outcome.status < 300 || expected.includes(outcome.status)))
        return { answer: outcome, made };
      if (made === attempts || (!failed && !passing.has(outcome.status))) {
        throw failed
          ? new HostingFailed(what, undefined, `no answer (${outcome})`)
          : new HostingFailed(what, outcome.status, messageOf(outcome.body));
      }
      const { pause = wait, random = Math.random } = this.options;
      await pause(Math.min(firstPause * 2 ** (made - 1), longestPause) * (0.5 + random() / 2));
    }
  }
}

function messageOf(body: unknown): string {
  const read = refusal.safeParse(body);
  return read.success ? read.data.error.message : String(body).slice(0, 200) || "no reason given";
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
