import { randomUUID } from "node:crypto";
import { type Bucket, GenerationMismatch } from "../bucket/bucket";
import { RunFailed } from "../run-failed";
import type { LockInfo } from "../terraform/lock-info";
import type { StateAddress } from "./state-object";

/** Who holds a state's lock; undefined when nobody does. */
export async function lockHolderOf(bucket: Bucket, { lock }: StateAddress): Promise<LockInfo | undefined> {
  const found = await bucket.read(lock);
  if (!found) return undefined;
  // The gcs backend's lock ids are generations of the lock's object.
  const info: LockInfo = { id: found.info.generation, path: `gs://${bucket.name}/${lock}` };
  try {
    const { Who, Operation, Created } = JSON.parse(found.content.toString("utf8")) as Record<string, string>;
    return {
      ...info,
      ...(Who ? { who: Who } : {}),
      ...(Operation ? { operation: Operation } : {}),
      created: new Date(Created ?? found.info.createdAt),
    };
  } catch {
    return { ...info, created: new Date(found.info.createdAt) };
  }
}

/** How a lock is refused. */
export class StateLocked extends RunFailed {
  constructor(readonly holder: LockInfo | undefined) {
    super("The state is locked.");
  }
}

/**
 * Does something while nobody else can touch a state, Terraform included: by the lock that its gcs backend takes.
 *
 * @throws StateLocked when somebody else holds it
 */
export async function whileLocked<T>(
  bucket: Bucket,
  address: StateAddress,
  who: { who: string; operation: string; now: Date },
  work: () => Promise<T>,
): Promise<T> {
  const { lock } = address;
  // As Terraform writes it, so that whoever waits is told who holds it.
  const info = {
    ID: randomUUID(),
    Operation: who.operation,
    Info: "",
    Who: who.who,
    Version: "",
    Created: who.now.toISOString(),
    Path: `gs://${bucket.name}/${lock}`,
  };
  let generation: string;
  try {
    const options = { ifGeneration: "0", contentType: "application/json" };
    ({ generation } = await bucket.write(lock, JSON.stringify(info), options));
  } catch (error) {
    if (!(error instanceof GenerationMismatch)) throw error;
    throw new StateLocked(await lockHolderOf(bucket, address));
  }
  try {
    return await work();
  } finally {
    await bucket.remove(lock, { ifGeneration: generation });
  }
}
