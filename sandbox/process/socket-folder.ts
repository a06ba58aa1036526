import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isListening } from "./claim";

/**
 * A path of a Unix socket may have 103 bytes on macOS, 107 on Linux. The longest name below the folder is
 * `all-google-beta.sock` or one like it, and `gw-XXXXXX` comes in front.
 */
const LONGEST_PARENT = 60;

/** The socket by which a folder's owner is known to be alive. */
export const CONTROL_SOCKET = "control.sock";

/** There as long as a Terraform is connected to the state server: a successor learns of it after a kill. */
const IN_USE = "in-use";

/** A folder without a living owner may just have been made. */
const YOUNG_MS = 60_000;

/** A new folder for sockets, with a short path, open to this user only. */
export function makeSocketFolder(): string {
  return mkdtempSync(join(parentFolder(), "gw-"));
}

/** Removes the folders of sandboxes that were killed before anybody heard of them, of whatever repository. */
export async function sweepSocketFolders(): Promise<void> {
  const parent = parentFolder();
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!isSocketFolder(folder) || Date.now() - lstatSync(folder).mtimeMs < YOUNG_MS) continue;
    if (!(await isListening(join(folder, CONTROL_SOCKET)))) removeSocketFolder(folder);
  }
}

/**
 * Removes such a folder and the sockets in it. Anything that doesn't look like one is left alone, because the path may
 * come from a file that somebody else wrote.
 */
export function removeSocketFolder(folder: string): void {
  try {
    if (!isSocketFolder(folder)) return;
    const names = readdirSync(folder);
    if (!names.every((name) => name.endsWith(".sock") || name === IN_USE)) return;
    for (const name of names) unlinkSync(join(folder, name));
    rmdirSync(folder);
  } catch {
    // Gone already, or somebody else is about to remove it.
  }
}

export function markInUse(folder: string, inUse: boolean): void {
  try {
    if (inUse) writeFileSync(join(folder, IN_USE), "");
    else rmSync(join(folder, IN_USE), { force: true });
  } catch {
    // The folder was removed: this sandbox is about to end.
  }
}

/** Whether a Terraform was connected when the sandbox of this folder was killed. */
export function wasInUse(folder: string): boolean {
  return existsSync(join(folder, IN_USE));
}

function isSocketFolder(folder: string): boolean {
  if (!/^gw-\w{6}$/.test(basename(folder))) return false;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

const parentFolder = (): string => (tmpdir().length <= LONGEST_PARENT ? tmpdir() : "/tmp");
