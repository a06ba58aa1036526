import { answers } from "../github/client";
import type { EvidenceSource } from "../guards/read-evidence";
import { targetName } from "../target/target";
import type { CommandContext, TargetOptions } from "./session";

type Context = Pick<CommandContext, "console" | "env">;

/**
 * In the sandbox, an apply goes on when GitHub can't be asked who approved what: a local runner has no way to it, and the
 * guards let through only what needs nobody. On the cloud it stops.
 */
export function silenceAllowed(
  { console, env }: Context,
  { target }: TargetOptions,
): Pick<EvidenceSource, "onSilence"> {
  if (targetName(target, env) === "cloud") return {};
  return { onSilence: (why) => console.note(`Nobody's approval is known: ${why}.`) };
}

/** Whether GitHub is out of reach and need not be told, as it is on a local runner, in the sandbox; which is said then. */
export async function nobodyToTell({ console, env }: Context, { target }: TargetOptions): Promise<boolean> {
  if (targetName(target, env) === "cloud" || !env.GITHUB_REPOSITORY || !env.GITHUB_TOKEN) return false;
  if (await answers(env)) return false;
  console.note("GitHub can't be reached from here: nothing is written there.");
  return true;
}
