import { createHash, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Bucket, BucketFailed, GenerationMismatch, type ObjectInfo, type WriteOptions } from "./bucket";
import type { StorageAnswer, StorageRequest, Transport } from "./transport";

export interface StorageBucketOptions {
  transport: Transport;
  /** Waits before a repetition. @default - as long as asked */
  pause?: (milliseconds: number) => Promise<unknown>;
  /** Between 0 and 1; spreads repetitions of many clients. @default - Math.random */
  random?: () => number;
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects#resource */
const objectResource = z.object({
  name: z.string(),
  generation: z.string(),
  size: z.string(),
  timeCreated: z.string(),
  timeDeleted: z.string().optional(),
  md5Hash: z.string().default(""),
  metadata: z.record(z.string(), z.string()).default({}),
});
const objectList = z.object({
  items: z.array(objectResource).default([]),
  prefixes: z.array(z.string()).default([]),
  nextPageToken: z.string().optional(),
});
const refusal = z.object({ error: z.object({ message: z.string() }) });

/** https://cloud.google.com/storage/docs/retry-strategy#client-libraries */
const passing = new Set([408, 429, 500, 502, 503, 504]);
const attempts = 6;
/** Milliseconds; doubled each time. */
const firstPause = 500;
const longestPause = 16_000;

/** A bucket, by the JSON API of Cloud Storage or of what answers like it. */
export class StorageBucket implements Bucket {
  private readonly pause: (milliseconds: number) => Promise<unknown>;
  private readonly random: () => number;

  constructor(
    readonly name: string,
    private readonly options: StorageBucketOptions,
  ) {
    this.pause = options.pause ?? ((milliseconds) => wait(milliseconds));
    this.random = options.random ?? Math.random;
  }

  async info(name: string, generation?: string): Promise<ObjectInfo | undefined> {
    const answer = await this.get(this.objectPath(name), { generation }, `gs://${this.name}/${name}`);
    return answer && readInfo(answer);
  }

  async read(name: string, generation?: string): Promise<{ info: ObjectInfo; content: Buffer } | undefined> {
    for (;;) {
      const info = await this.info(name, generation);
      if (!info) return undefined;
      const query = { alt: "media", generation: info.generation };
      const answer = await this.get(this.objectPath(name), query, `gs://${this.name}/${name}`);
      // Gone between the two requests, where versions aren't kept: then another one is live, or none.
      if (answer || generation !== undefined) return answer && { info, content: answer.body };
    }
  }

  async write(name: string, content: Buffer | string, options: WriteOptions = {}): Promise<ObjectInfo> {
    const { ifGeneration, contentType = "application/octet-stream", metadata = {} } = options;
    const bytes = Buffer.from(content);
    const boundary = `groundwork-${randomUUID()}`;
    const head = JSON.stringify({ name, contentType, metadata });
    const part = (type: string) => `--${boundary}\r\ncontent-type: ${type}\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(`${part("application/json; charset=UTF-8")}${head}\r\n${part(contentType)}`),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const query = queryOf({ uploadType: "multipart", name, ifGenerationMatch: ifGeneration });
    const request: StorageRequest = {
      method: "POST",
      path: `/upload/storage/v1/b/${encodeURIComponent(this.name)}/o${query}`,
      headers: { "content-type": `multipart/related; boundary=${boundary}` },
      body,
    };
    const sent = await this.send(request, `write gs://${this.name}/${name}`);
    if (sent.answer.status !== 412) return readInfo(sent.answer);
    // The answer to an earlier attempt may have been lost, and what is there now be ours.
    const found = sent.attempts > 1 ? await this.info(name) : undefined;
    if (found?.md5 === createHash("md5").update(bytes).digest("base64")) return found;
    throw new GenerationMismatch(this.name, name, ifGeneration);
  }

  async *list(prefix: string, { versions = false }: { versions?: boolean } = {}): AsyncIterable<ObjectInfo> {
    for await (const { items } of this.pages({ prefix, versions: String(versions) })) {
      yield* items.map(asInfo);
    }
  }

  async folders(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { prefixes } of this.pages({ prefix, delimiter: "/" })) {
      found.push(...prefixes.map((path) => path.slice(prefix.length, -1)));
    }
    return found.sort();
  }

  async copy(
    from: { name: string; generation?: string },
    to: string,
    { ifGeneration }: Pick<WriteOptions, "ifGeneration"> = {},
  ): Promise<ObjectInfo> {
    const what = `copy gs://${this.name}/${from.name} to ${to}`;
    const target = `/copyTo/b/${encodeURIComponent(this.name)}/o/${encodeURIComponent(to)}`;
    const query = queryOf({ sourceGeneration: from.generation, ifGenerationMatch: ifGeneration });
    const request = { method: "POST" as const, path: `${this.objectPath(from.name)}${target}${query}` };
    const { answer, attempts: made } = await this.send(request, what);
    if (answer.status === 404) throw new BucketFailed(what, 404, "there is no such object");
    if (answer.status !== 412) return readInfo(answer);
    const [source, found] =
      made > 1 ? await Promise.all([this.info(from.name, from.generation), this.info(to)]) : [];
    if (source && found && source.md5 === found.md5) return found;
    throw new GenerationMismatch(this.name, to, ifGeneration);
  }

  async remove(name: string, { ifGeneration }: Pick<WriteOptions, "ifGeneration"> = {}): Promise<boolean> {
    const query = queryOf({ ifGenerationMatch: ifGeneration });
    const request = { method: "DELETE" as const, path: `${this.objectPath(name)}${query}` };
    const { answer, attempts: made } = await this.send(request, `delete gs://${this.name}/${name}`);
    if (answer.status === 412) throw new GenerationMismatch(this.name, name, ifGeneration);
    // On a repetition it is gone because the first attempt deleted it.
    return answer.status !== 404 || made > 1;
  }

  private async *pages(query: Readonly<Record<string, string>>) {
    const path = `/storage/v1/b/${encodeURIComponent(this.name)}/o`;
    for (let pageToken: string | undefined; ; ) {
      const answer = await this.get(path, { ...query, pageToken }, `list gs://${this.name}/${query.prefix}`);
      if (!answer) throw new BucketFailed(`list gs://${this.name}`, 404, "there is no such bucket");
      const page = objectList.parse(JSON.parse(answer.body.toString("utf8")));
      yield page;
      pageToken = page.nextPageToken;
      if (pageToken === undefined) return;
    }
  }

  /** @returns undefined for 404 */
  private async get(
    path: string,
    query: Readonly<Record<string, string | undefined>>,
    what: string,
  ): Promise<StorageAnswer | undefined> {
    const { answer } = await this.send({ method: "GET", path: `${path}${queryOf(query)}` }, what);
    return answer.status === 404 ? undefined : answer;
  }

  /**
   * Sends until there is an answer that a repetition wouldn't change.
   *
   * @returns an answer of 2xx, 404 or 412
   * @throws BucketFailed for any other, or when there is none
   */
  private async send(
    request: StorageRequest,
    what: string,
  ): Promise<{ answer: StorageAnswer; attempts: number }> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.options.transport(request).catch((error: unknown) => reasonOf(error));
      const failed = typeof outcome === "string";
      if (!failed && (outcome.status < 300 || outcome.status === 404 || outcome.status === 412)) {
        return { answer: outcome, attempts: attempt };
      }
      if (attempt === attempts || (!failed && !passing.has(outcome.status))) {
        throw failed
          ? new BucketFailed(what, undefined, `no answer (${outcome})`)
          : new BucketFailed(what, outcome.status, messageOf(outcome));
      }
      await this.pause(this.pauseAfter(attempt, failed ? undefined : outcome));
    }
  }

  private pauseAfter(attempt: number, answer: StorageAnswer | undefined): number {
    const asked = Number(answer?.header("retry-after"));
    if (asked > 0) return Math.min(asked * 1_000, longestPause);
    return Math.min(firstPause * 2 ** (attempt - 1), longestPause) * (0.5 + this.random() / 2);
  }

  private objectPath(name: string): string {
    return `/storage/v1/b/${encodeURIComponent(this.name)}/o/${encodeURIComponent(name)}`;
  }
}

function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

function readInfo(answer: StorageAnswer): ObjectInfo {
  return asInfo(objectResource.parse(JSON.parse(answer.body.toString("utf8"))));
}

function asInfo(resource: z.infer<typeof objectResource>): ObjectInfo {
  const { name, generation, size, timeCreated, timeDeleted, md5Hash, metadata } = resource;
  return {
    name,
    generation,
    size: Number(size),
    createdAt: timeCreated,
    ...(timeDeleted === undefined ? {} : { replacedAt: timeDeleted }),
    md5: md5Hash,
    metadata,
  };
}

function messageOf({ body }: StorageAnswer): string {
  const text = body.toString("utf8");
  try {
    const parsed = refusal.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data.error.message;
  } catch {
    // Not every refusal comes from the API itself; proxies answer in HTML.
  }
  return (
    text
      .replace(/<[^>]*>/g, " ")
      .trim()
      .slice(0, 200) || "no reason given"
  );
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
