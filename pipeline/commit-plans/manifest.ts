import { z } from "zod";
import { stateVersion } from "../history/record";

const storedFile = z.object({
  /** Name of the object in the bucket. */
  object: z.string(),
  /** Of the content as it was stored. */
  sha256: z.string(),
  bytes: z.number(),
});
export type StoredFile = z.infer<typeof storedFile>;

/** What is known of one stack's plan of one commit. */
export const manifest = z.object({
  version: z.literal(1),
  /** Full hash of the commit that was planned. */
  commit: z.string(),
  environment: z.string(),
  stack: z.string(),
  /** Names of the stacks that are applied before this one. */
  dependsOn: z.array(z.string()),
  /** Set for a stack that the code no longer has and that this plan destroys. */
  orphan: z.object({ stack: z.string(), project: z.string(), state: z.string() }).optional(),
  target: z.enum(["sandbox", "cloud"]),
  /** ISO 8601. */
  plannedAt: z.string(),
  result: z.enum(["changes", "no changes", "failed"]),
  /** Digest of the plan; set when there are changes. */
  digest: z.string().optional(),
  /** SHA-256 of the synthesized configuration, `cdk.tf.json`. */
  configuration: z.string(),
  /** The state that the plan was made from. */
  state: stateVersion,
  terraform: z.object({ product: z.enum(["Terraform", "OpenTofu"]), version: z.string() }),
  /** Full address of each provider and its version. */
  providers: z.record(z.string(), z.string()),
  /** Set when there are changes: Terraform's own file, and what it says in JSON, packed by gzip. */
  files: z.object({ plan: storedFile, json: storedFile }).optional(),
});
export type Manifest = z.infer<typeof manifest>;
