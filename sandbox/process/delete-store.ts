import { renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { claim, type DaemonRecord, giveUpClaim } from "./claim";
import { placesOf } from "./places";
import { CONTROL_SOCKET, makeSocketFolder, removeSocketFolder } from "./socket-folder";

/**
 * Deletes the store of a sandbox that is not running, readable or not. Does it as the owner of the folder, so that no
 * sandbox starts meanwhile.
 *
 * @param root of the repository, without symbolic links
 * @returns false when a sandbox is running
 */
export async function deleteStore(root: string): Promise<boolean> {
  const { folder, record: file, store } = placesOf(root);
  if (!exists(folder)) return true;
  const socketFolder = makeSocketFolder();
  const record: DaemonRecord = {
    id: `reset-${process.pid}-${Date.now()}`,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    socketFolder,
    control: join(socketFolder, CONTROL_SOCKET),
    daemon: { file: "", hash: "", size: 0, modifiedMs: 0 },
  };
  // Whoever comes meanwhile finds somebody who closes the connection, and asks again.
  const server = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(record.control, resolve);
    });
    const outcome = await claim(file, record);
    if (!outcome.won) return false;
    for (const dead of outcome.dead) removeSocketFolder(dead.socketFolder);
    const doomed = `${store}.deleted`;
    rmSync(doomed, { recursive: true, force: true });
    if (exists(store)) renameSync(store, doomed);
    rmSync(doomed, { recursive: true, force: true });
    giveUpClaim(file, record.id);
    return true;
  } finally {
    server.close();
    removeSocketFolder(socketFolder);
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
