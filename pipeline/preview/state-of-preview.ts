import { z } from "zod";
import type { PreviewNames } from "../../environments/preview-names";
import type { Bucket } from "../bucket/bucket";

const stateFile = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
  resources: z.array(z.object({ mode: z.string() })).default([]),
});

/** What a preview's state tells us. */
export interface PreviewStateFile {
  /** Texts among its outputs: `gateway_shop`. */
  outputs: Readonly<Record<string, string>>;
  /** Objects that it manages. */
  managed: number;
  generation: string;
}

/** @returns undefined when there is no state */
export async function readPreviewState(
  bucket: Bucket,
  names: PreviewNames,
): Promise<PreviewStateFile | undefined> {
  const found = await bucket.read(names.state);
  if (!found) return undefined;
  const { outputs, resources } = stateFile.parse(JSON.parse(found.content.toString("utf8")));
  return {
    outputs: Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { value }]) =>
        typeof value === "string" ? [[name, value]] : [],
      ),
    ),
    managed: resources.filter(({ mode }) => mode === "managed").length,
    generation: found.info.generation,
  };
}
