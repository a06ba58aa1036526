import { z } from "zod";
import { PreviewNames, previewsPrefix, pullRequestOf } from "../../environments/preview-names";
import type { Bucket } from "../bucket/bucket";
import type { PreviewRecord } from "./contract";

const texts = z.record(z.string(), z.string());
const recordFile = z.object({
  version: z.literal(1),
  pr: z.number(),
  sha: z.string(),
  title: z.string(),
  owner: z.string(),
  labels: z.array(z.string()),
  pushedAt: z.string(),
  expiresAt: z.string(),
  changedServices: z.array(
    z.object({ name: z.string(), artifact: z.string(), filesCount: z.number().optional() }),
  ),
  state: z.enum(["coming up", "up", "failed", "going down"]),
  askedAt: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  urls: z.object({ sites: texts, services: texts, gateways: texts }),
  monthlyCost: z.number(),
  problem: z.string().optional(),
});

/** What is known of each preview, in the preview environment's state bucket. Written by whoever holds its lease. */
export class PreviewRecords {
  /** @param bucket the state bucket */
  constructor(private readonly bucket: Bucket) {}

  /** @returns undefined when there is none, or what is there is no record */
  async read(pr: number): Promise<PreviewRecord | undefined> {
    const found = await this.bucket.read(new PreviewNames(pr).record);
    return found && parsed(found.content);
  }

  async write(record: PreviewRecord): Promise<void> {
    await this.bucket.write(new PreviewNames(record.pr).record, `${JSON.stringify(record, null, 2)}\n`, {
      contentType: "application/json",
    });
  }

  /** @returns whether there was one */
  remove(pr: number): Promise<boolean> {
    return this.bucket.remove(new PreviewNames(pr).record);
  }

  /** All of them, by number. */
  async list(): Promise<PreviewRecord[]> {
    const numbers = (await this.numbers()).filter(({ hasRecord }) => hasRecord).map(({ pr }) => pr);
    const records = await Promise.all(numbers.map((pr) => this.read(pr)));
    return records.filter((record) => record !== undefined);
  }

  /** Every pull request that something lies in the state bucket of, and whether a record is among it; by number. */
  async numbers(): Promise<{ pr: number; hasRecord: boolean }[]> {
    const found = new Map<number, boolean>();
    for await (const { name } of this.bucket.list(previewsPrefix)) {
      const pr = pullRequestOf(name);
      if (pr === undefined) continue;
      found.set(pr, (found.get(pr) ?? false) || name === new PreviewNames(pr).record);
    }
    return [...found].map(([pr, hasRecord]) => ({ pr, hasRecord })).sort((a, b) => a.pr - b.pr);
  }
}

function parsed(content: Buffer): PreviewRecord | undefined {
  try {
    return recordFile.safeParse(JSON.parse(content.toString("utf8"))).data as PreviewRecord | undefined;
  } catch {
    return undefined;
  }
}
