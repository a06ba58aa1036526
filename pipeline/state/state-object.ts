import { z } from "zod";
import type { Bucket } from "../bucket/bucket";
import type { StateVersion } from "../history/record";

/** Where the gcs backend keeps a stack's state. */
export interface StateAddress {
  bucket: string;
  /** Name of the state's object: `data/default.tfstate`. */
  state: string;
  /** Name of the lock's object, there while somebody holds it: `data/default.tflock`. */
  lock: string;
}

/** @param uri `gs://bucket/prefix`, as synthesis tells it */
export function stateAddress(uri: string): StateAddress {
  const [, bucket = "", prefix = ""] = /^gs:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (bucket === "") throw new Error(`not the place of a state: ${uri}`);
  return { bucket, state: `${prefix}/default.tfstate`, lock: `${prefix}/default.tflock` };
}

const stateFile = z.looseObject({ version: z.number(), serial: z.number(), lineage: z.string() });

/** Version 0 of a state: there is none yet. */
export const noState: StateVersion = { lineage: "", serial: 0, generation: "0" };

/** A state as it lies in the bucket. */
export interface StoredState {
  version: StateVersion;
  content: Buffer;
}

/** @param generation an older version @default - the live one */
export async function readState(
  bucket: Bucket,
  { state }: StateAddress,
  generation?: string,
): Promise<StoredState | undefined> {
  const found = await bucket.read(state, generation);
  if (!found) return undefined;
  const { info, content } = found;
  return { version: { ...countsOf(content), generation: info.generation }, content };
}

/** Which version of a stack's state is the live one. */
export async function currentVersion(bucket: Bucket, address: StateAddress): Promise<StateVersion> {
  return (await readState(bucket, address))?.version ?? noState;
}

/** What can't be read (OpenTofu encrypts states where it is told to) is told apart by generation alone. */
function countsOf(content: Buffer): { lineage: string; serial: number } {
  try {
    const read = stateFile.safeParse(JSON.parse(content.toString("utf8")));
    if (read.success) return { lineage: read.data.lineage, serial: read.data.serial };
  } catch {
    // Not JSON.
  }
  return { lineage: "", serial: 0 };
}
