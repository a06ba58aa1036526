import { lstatSync, mkdtempSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/**
 * A path of a Unix socket may have 103 bytes on macOS, 107 on Linux. The longest name below the folder is
 * `all-google-beta.sock` or one like it, and `gw-XXXXXX` comes in front.
 */
const LONGEST_PARENT = 60;

/** A new folder for sockets, with a short path, open to this user only. */
export function makeSocketFolder(): string {
  const parent = tmpdir().length <= LONGEST_PARENT ? tmpdir() : "/tmp";
  return mkdtempSync(join(parent, "gw-"));
}

/**
 * Removes such a folder and the sockets in it. Anything that doesn't look like one is left alone, because the path may
 * come from a file that somebody else wrote.
 */
export function removeSocketFolder(folder: string): void {
  try {
    const found = lstatSync(folder);
    const ours = found.isDirectory() && found.uid === process.getuid?.();
    if (!ours || !/^gw-\w{6}$/.test(basename(folder))) return;
    for (const name of readdirSync(folder)) if (name.endsWith(".sock")) unlinkSync(join(folder, name));
    rmdirSync(folder);
  } catch {
    // Gone already, or not empty: then it isn't ours alone.
  }
}
