import { z } from "zod";
import { shortName, text, whole } from "./fields";
import { largestPullRequest } from "./preview-names";

const moment = z.iso.datetime({ error: "a time in UTC such as 2026-11-21T09:30:00Z" });

/** A version that a pull request wants to see. */
const changedService = z.strictObject({
  /** Name of the service in the preview environment: `orders`. */
  name: shortName,
  /** `gs://bucket/previews/pr-12/3f9a1c2/orders.zip`. */
  artifact: text(
    /^gs:\/\/[a-z0-9._-]{3,222}\/[^\s?#]{1,800}\.zip$/,
    "the address of a zip: gs://bucket/name.zip",
  ),
  /** Files in the zip; App Engine is not told without it. */
  filesCount: whole(1, 10_000).optional(),
});

/** What is asked for one pull request: all that the synthesis of its stack depends on, beside the preview environment. */
export const previewRequestSchema = z.strictObject({
  /** Number of the pull request. */
  pr: whole(1, largestPullRequest),
  /** The commit. */
  sha: text(/^[0-9a-f]{7,40}$/, "7 to 40 lowercase hexadecimal digits of a commit"),
  /** What people read; empty where nobody said. */
  title: z.string({ error: "a string" }).max(300, { error: "at most 300 characters" }),
  /** Who opened it, as GitHub writes the name. */
  owner: text(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(\[bot\])?$/, "a name on GitHub"),
  labels: z.array(z.string()).readonly(),
  /** The last push. */
  pushedAt: moment,
  /** See `previewEnd`. */
  expiresAt: moment,
  changedServices: z.array(changedService).readonly(),
});
export type PreviewRequest = z.infer<typeof previewRequestSchema>;
export type ChangedService = z.infer<typeof changedService>;
