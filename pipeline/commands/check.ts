import { openErrors } from "@groundwork/policies/finding";
import { loadDelivery } from "../../environments/load-delivery";
import { checkSynthesis } from "../check/check-synthesis";
import { findingCounts, renderFindings } from "../check/render-findings";
import { selectStacks } from "../synthesis/selection";
import { synthesize } from "../synthesis/synthesize";
import type { CommandContext } from "./session";

export interface CheckOptions {
  /** Warnings fail the command too. */
  strict?: boolean;
}

/** `groundwork check`: the rules over what is synthesized; needs no cloud, no credentials and no sandbox. */
export async function checkCommand(
  { root, console, interruption }: CommandContext,
  names: readonly string[],
  { strict = false }: CheckOptions,
): Promise<number> {
  const delivery = loadDelivery();
  const all = await synthesize(root, interruption);
  const selected = selectStacks(all, names);
  const checked = checkSynthesis(all, delivery, new Date());
  const stacks = new Set(selected.map(({ name }) => name));
  const environments = new Set(selected.map(({ environment }) => environment));
  const result = {
    findings: checked.findings.filter(({ stack }) => stacks.has(stack)),
    outcomes: checked.outcomes.filter(({ environment }) => environments.has(environment)),
  };
  const open = result.findings.filter(({ state }) => state === "open");
  const isFine = strict ? open.length === 0 : openErrors(open).length === 0;
  console.printJson({ ok: isFine, ...result });
  console.print(renderFindings(result, console.colours));
  console.print(`\n${findingCounts(result.findings)}.`);
  return isFine ? 0 : 1;
}
