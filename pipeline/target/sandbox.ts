import { acquireSandbox } from "@groundwork/sandbox/process/client";
import type { Target } from "./target";

/**
 * The local cloud of this repository, started when it is not running. The sandbox looks into the synthesized folders
 * for the types to serve, so they must be there first.
 *
 * @param folders of stacks that were synthesized elsewhere than below the root
 */
export async function sandboxTarget(root: string, folders: readonly string[] = []): Promise<Target> {
  const lease = await acquireSandbox({ root, folders: [...folders] });
  return {
    name: "sandbox",
    get env() {
      return lease.env;
    },
    lost: lease.lost,
    release: () => lease.release(),
  };
}
