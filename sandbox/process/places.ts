import { join } from "node:path";

/** Files of the sandbox that belongs to one repository. */
export interface Places {
  /** `.groundwork/sandbox`; holds everything below. */
  folder: string;
  store: string;
  /** Where the running sandbox is to be found; see {@link DaemonRecord}. */
  record: string;
  log: string;
  /** The port at which states and sites were served last: an address that somebody was told answers again. */
  port: string;
}

/** @param root the repository, absolute */
export function placesOf(root: string): Places {
  const folder = join(root, ".groundwork", "sandbox");
  return {
    folder,
    store: join(folder, "store"),
    record: join(folder, "sandbox.json"),
    log: join(folder, "sandbox.log"),
    port: join(folder, "port"),
  };
}

/** The daemon's bundle in the repository, which the launcher keeps up to date. */
export function defaultDaemon(root: string): string {
  return join(root, "sandbox", "dist", "sandbox.cjs");
}
