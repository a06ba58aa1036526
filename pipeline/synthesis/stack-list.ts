import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { TerraformStack } from "../terraform/terraform";

const overview = z.object({
  version: z.literal(1),
  stacks: z.array(
    z.object({
      name: z.string(),
      environment: z.string(),
      stage: z.enum(["production", "staging", "development", "preview"]).optional(),
      stack: z.string(),
      dependsOn: z.array(z.string()),
      project: z.string(),
      workingDirectory: z.string(),
      backend: z.object({ bucket: z.string(), prefix: z.string() }).optional(),
      providers: z.record(z.string(), z.string()),
    }),
  ),
  orphans: z
    .array(z.object({ stack: z.string(), decision: z.enum(["destroy", "keep"]), reason: z.string() }))
    .default([]),
});

/** What was decided about a stack that the code no longer has. */
export interface OrphanDecision {
  stack: string;
  decision: "destroy" | "keep";
  reason: string;
}

/** A synthesized stack: one Terraform state. */
export interface Stack extends TerraformStack {
  environment: string;
  /** What kind of environment that is. @default - it is not known, as of code that didn't say it */
  stage?: "production" | "staging" | "development" | "preview";
  /** `data`. */
  stack: string;
  /** Names of the stacks that must be applied before this one. */
  dependsOn: readonly string[];
  /** Google Cloud project that it touches. */
  project: string;
  /** Full address of each provider and its version. */
  providers: Readonly<Record<string, string>>;
  /** Where its state is: `gs://bucket/prefix`. */
  state?: string;
}

/**
 * Reads what synthesis says of its stacks.
 *
 * @param folder the output folder, `cdktf.out`
 * @returns in the order in which people read them: by environment, then as they are applied
 */
export function readStackList(folder: string): Stack[] {
  const { stacks } = readOverview(folder);
  return stacks.map(({ workingDirectory, backend, stage, ...stack }) => ({
    ...stack,
    ...(stage === undefined ? {} : { stage }),
    folder: join(folder, workingDirectory),
    ...(backend ? { state: `gs://${backend.bucket}/${backend.prefix}` } : {}),
  }));
}

/** Name and stage of the environments of some stacks, where they are known. */
export function stagesOf(stacks: readonly Stack[]): { name: string; stage: NonNullable<Stack["stage"]> }[] {
  return stacks.flatMap(({ environment: name, stage }) => (stage === undefined ? [] : [{ name, stage }]));
}

/** Reads what the code says of stacks that it no longer has. */
export function readOrphanDecisions(folder: string): OrphanDecision[] {
  return readOverview(folder).orphans;
}

function readOverview(folder: string) {
  return overview.parse(JSON.parse(readFileSync(join(folder, "groundwork.json"), "utf8")));
}
