import { sandboxStatus } from "@groundwork/sandbox/process/client";
import type { TargetName } from "../target/target";
import type { CommandContext } from "./session";

/** What to do for addresses in the sandbox to go on answering; nothing where they do. */
export async function adviceOnAddresses(
  { root }: Pick<CommandContext, "root">,
  target: TargetName,
): Promise<string | undefined> {
  if (target === "cloud" || (await sandboxStatus({ root })).persistent) return undefined;
  return 'Sites answer while the sandbox runs, and it ends with this command: "groundwork sandbox start" lets it stay.';
}
