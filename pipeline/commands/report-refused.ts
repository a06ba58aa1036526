import { differenceLines } from "../apply/plan-differences";
import type { Refusal } from "../apply/reviewed-stack";
import type { Console } from "../console/console";
import type { TargetName } from "../target/target";

const nothingApplied = { stacks: [], totals: { stacks: 0, added: 0, changed: 0, destroyed: 0 } };

/** Tells what is not as it was reviewed, and how to have it reviewed. @returns the exit code */
export function reportRefusals(
  console: Console,
  target: TargetName,
  refusals: readonly Refusal[],
  commit: string,
): number {
  console.printJson({ target, refused: refusals, ...nothingApplied });
  const { colours } = console;
  for (const { stack, why, differences } of refusals) {
    const lines = differenceLines(differences).map((line) => `  ${line}`);
    console.print([`\n${colours.bold(stack)}: ${why}`, ...lines].join("\n"));
  }
  console.print(
    "\nNothing was applied: this is not what was reviewed. Let it be reviewed as it is now: " +
      `groundwork plan ENV --save --sha ${commit}`,
  );
  return 1;
}

/** @returns the exit code */
export function reportStopped(console: Console, target: TargetName): number {
  console.printJson({ target, ...nothingApplied });
  console.print("\nStopped. Nothing was applied.");
  return 1;
}
