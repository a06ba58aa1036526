import { acquireSandbox } from "@groundwork/sandbox/process/client";
import type { Target } from "./target";

/**
 * The local cloud of this repository, started when it is not running. The sandbox looks into the synthesized folders
 * for the types to serve, so they must be there first.
 */
export async function sandboxTarget(root: string): Promise<Target> {
  const lease = await acquireSandbox({ root });
  return {
    name: "sandbox",
    get env() {
      return lease.env;
    },
    lost: lease.lost,
    release: () => lease.release(),
  };
}
