import { join } from "node:path";
import { wavesOf } from "../apply/order";
import { countText } from "../console/words";
import { synthesisFolder, synthesize } from "../synthesis/synthesize";
import type { CommandContext } from "./session";

/** `groundwork synth`: the Terraform configuration of every stack. */
export async function synthCommand({ root, console, interruption }: CommandContext): Promise<number> {
  const stacks = await synthesize(root, interruption);
  console.printJson({
    folder: join(root, synthesisFolder),
    stacks: stacks.map(({ name, environment, stack, dependsOn, project, folder, providers }) => ({
      name,
      environment,
      stack,
      project,
      folder,
      dependsOn,
      providers,
    })),
    waves: wavesOf(stacks),
  });
  console.print(`${countText(stacks.length, "stack")} in ${synthesisFolder}`);
  for (const environment of new Set(stacks.map((stack) => stack.environment))) {
    const own = stacks.filter((stack) => stack.environment === environment);
    const waves = wavesOf(own).map((wave) => wave.join(" + "));
    console.print(`  ${console.colours.bold(environment)} (${own[0]?.project}): ${waves.join(" → ")}`);
  }
  return 0;
}
