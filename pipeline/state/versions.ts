import type { Bucket, ObjectInfo } from "../bucket/bucket";
import type { StateVersion } from "../history/record";
import { readState, type StateAddress } from "./state-object";

/** One version of a state that the bucket still has. */
export interface StateGeneration {
  version: StateVersion;
  /** The one that Terraform uses. */
  live: boolean;
  /** ISO 8601. */
  writtenAt: string;
  /** Bytes. */
  size: number;
  /** Number of objects that it knows; undefined when it can't be read. */
  resources: number | undefined;
}

/** Every version of a stack's state that the bucket still has, the newest first. */
export async function stateGenerations(bucket: Bucket, address: StateAddress): Promise<StateGeneration[]> {
  const infos: ObjectInfo[] = [];
  for await (const info of bucket.list(address.state, { versions: true })) {
    if (info.name === address.state) infos.push(info);
  }
  const found = await Promise.all(infos.map((info) => generationOf(bucket, address, info)));
  return found.flat().reverse();
}

/** The version of a state that is in use, and how many the bucket has. */
export async function stateInUse(
  bucket: Bucket,
  address: StateAddress,
): Promise<{ live: StateGeneration | undefined; versions: number }> {
  let versions = 0;
  let live: ObjectInfo | undefined;
  for await (const info of bucket.list(address.state, { versions: true })) {
    if (info.name !== address.state) continue;
    versions++;
    if (info.replacedAt === undefined) live = info;
  }
  return { live: live && (await generationOf(bucket, address, live))[0], versions };
}

async function generationOf(
  bucket: Bucket,
  address: StateAddress,
  info: ObjectInfo,
): Promise<StateGeneration[]> {
  const state = await readState(bucket, address, info.generation);
  // Expired between the two requests.
  if (!state) return [];
  return [
    {
      version: state.version,
      live: info.replacedAt === undefined,
      writtenAt: info.createdAt,
      size: info.size,
      resources: resourcesIn(state.content),
    },
  ];
}

function resourcesIn(content: Buffer): number | undefined {
  try {
    const { resources } = JSON.parse(content.toString("utf8")) as { resources?: unknown };
    if (!Array.isArray(resources)) return undefined;
    return (resources as { mode?: string; instances?: unknown[] }[])
      .filter(({ mode }) => mode === "managed")
      .reduce((sum, { instances = [] }) => sum + instances.length, 0);
  } catch {
    return undefined;
  }
}
