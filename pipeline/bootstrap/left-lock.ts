import { setTimeout as wait } from "node:timers/promises";
import type { Bucket } from "../bucket/bucket";
import { lockHolderOf } from "../state/lock";
import type { StateAddress } from "../state/state-object";
import type { LockInfo } from "../terraform/lock-info";

export interface LeftLockOptions {
  /** `user@host`, as Terraform calls who runs it. */
  who: string;
  /** Milliseconds after which a lock that nobody gives back counts as left behind. @default 30000 */
  patience?: number;
}

/** How Terraform names what it does while it moves a state to another backend. */
const moving = /^migrat/i;

/**
 * Gives back the lock of a move that was killed in its second: one that this user took on this machine to move a state,
 * and that outlasts any move. Nobody else moves a foundation's state, and the caller holds the bootstrap's folder.
 *
 * @returns whose lock it was; undefined when there was none, or it is somebody else's
 */
export async function giveBackLeftLock(
  bucket: Bucket,
  address: StateAddress,
  { who, patience = 30_000 }: LeftLockOptions,
): Promise<LockInfo | undefined> {
  const until = Date.now() + patience;
  for (;;) {
    const holder = await lockHolderOf(bucket, address);
    if (!holder || holder.who !== who || !moving.test(holder.operation ?? "")) return undefined;
    if (Date.now() >= until) {
      await bucket.remove(address.lock, { ifGeneration: holder.id });
      return holder;
    }
    await wait(Math.min(500, patience));
  }
}
