import { secondsText } from "../console/seconds";
import { previewSides } from "../preview/beyond-terraform";
import { previewDown } from "../preview/down";
import { withWorkshop } from "../preview/workshop";
import { momentOption, pullRequestNumber } from "./preview-up";
import type { CommandContext } from "./session";

export interface PreviewDownOptions {
  pr: string;
  at?: string;
  target?: string;
}

/** `groundwork preview down --pr 12`. */
export async function previewDownCommand(
  context: CommandContext,
  options: PreviewDownOptions,
): Promise<number> {
  const pr = pullRequestNumber(options.pr);
  const askedAt = momentOption(options.at);
  const { console } = context;
  return withWorkshop(context, options.target, previewSides, async (workshop) => {
    const outcome = await previewDown(workshop, { pr, askedAt });
    const { steps, gone, seconds } = outcome;
    console.printJson({ target: workshop.place.target, ...outcome });
    for (const { step, result, reason } of steps) {
      if (result === "failed") console.print(`${step}: ${(reason ?? "failed").replaceAll("\n", "\n  ")}`);
    }
    if (gone) {
      const there = steps.some(({ result }) => result === "removed");
      console.print(
        there ? `Preview of #${pr} is gone (${secondsText(seconds)}).` : `There is no preview of #${pr}.`,
      );
      return 0;
    }
    const isNewer = steps.length === 0 || steps.some(({ reason }) => reason === "asked for again");
    if (isNewer) {
      console.print(
        `Preview of #${pr}: something newer was asked for, which goes first. Nothing was removed.`,
      );
      return 0;
    }
    console.print(`Something is left of the preview of #${pr}: run this again, or wait for the sweep.`);
    return 1;
  });
}
