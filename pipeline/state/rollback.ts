import type { Bucket } from "../bucket/bucket";
import type { StateVersion } from "../history/record";
import { RunFailed } from "../run-failed";
import { whileLocked } from "./lock";
import { noState, readState, type StateAddress } from "./state-object";
import { stateGenerations } from "./versions";

export interface RolledBack {
  before: StateVersion;
  after: StateVersion;
  /** Name of the object that holds the state from before; undefined when there was none. */
  backup: string | undefined;
}

/**
 * Makes an older version of a state the live one again: with a higher serial than any before, so that no saved plan and
 * no running Terraform takes it for what it knew; in the same lineage, so that it is never another stack's. Nothing in
 * the cloud changes; the next plan tells what that state doesn't know.
 *
 * @param generation of the version to go back to
 * @throws StateLocked when somebody works on it
 * @throws RunFailed when there is no such version, or it belongs to another state
 */
export function rollBack(
  bucket: Bucket,
  address: StateAddress,
  generation: string,
  { who, now }: { who: string; now: Date },
): Promise<RolledBack> {
  const lock = { who, operation: "state rollback", now };
  return whileLocked(bucket, address, lock, async () => {
    const [wanted, all] = await Promise.all([
      readState(bucket, address, generation),
      stateGenerations(bucket, address),
    ]);
    if (!wanted) throw new RunFailed(`The state has no generation ${generation} (any more).`);
    const live = all.find((one) => one.live)?.version;
    if (live?.generation === generation) throw new RunFailed("That is the version in use.");
    if (live && live.lineage !== wanted.version.lineage) {
      throw new RunFailed(
        `Generation ${generation} is of another state: its lineage is ${wanted.version.lineage || "unreadable"}, ` +
          `the one in use has ${live.lineage || "one that can't be read"}.`,
      );
    }
    const backup = live && (await backUp(bucket, address, live, now));
    const serial = Math.max(...all.map(({ version }) => version.serial)) + 1;
    const written = await bucket.write(address.state, withSerial(wanted.content, serial), {
      ifGeneration: live?.generation ?? "0",
      contentType: "application/json",
    });
    return {
      before: live ?? noState,
      after: { lineage: wanted.version.lineage, serial, generation: written.generation },
      backup,
    };
  });
}

/**
 * Copies a version of a state aside, to where neither Terraform nor the expiry of old versions reaches.
 *
 * @returns name of the copy
 */
export async function backUp(
  bucket: Bucket,
  { state }: StateAddress,
  { serial, generation }: StateVersion,
  now: Date,
): Promise<string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const folder = state.replace(/\/default\.tfstate$/, "");
  const name = `backups/${folder}/${stamp}-serial-${serial}-${generation}.tfstate`;
  await bucket.copy({ name: state, generation }, name);
  return name;
}

/** In the text, because a state holds numbers that JavaScript would round. */
function withSerial(content: Buffer, serial: number): string {
  const text = content.toString("utf8");
  const changed = text.replace(/^( {2}"serial": )\d+/m, `$1${serial}`);
  const read = JSON.parse(changed) as { serial?: number };
  if (read.serial !== serial) throw new RunFailed("The state can't be read, so it can't be rolled back.");
  return changed;
}
