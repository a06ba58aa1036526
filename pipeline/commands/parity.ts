import { z } from "zod";
import { tableText } from "../console/table";
import { countText } from "../console/words";
import { runApp } from "../synthesis/synthesize";
import type { CommandContext } from "./session";

const addresses = z.array(z.string());
const answer = z.array(
  z.object({
    environment: z.string(),
    base: z.string(),
    differences: z.array(
      z.object({
        path: z.string(),
        base: z.unknown().optional(),
        value: z.unknown(),
        reason: z.string(),
        effect: z.object({ added: addresses, removed: addresses, changed: addresses }).optional(),
      }),
    ),
    types: z.array(z.object({ type: z.string(), only: z.string() })),
    resources: z.object({ base: z.number(), own: z.number(), alike: z.number() }),
    undeclared: addresses,
  }),
);
type EnvironmentParity = z.infer<typeof answer>[number];
type Effect = NonNullable<EnvironmentParity["differences"][number]["effect"]>;

/** Options of `groundwork parity`. */
export interface ParityOptions {
  /** Also what each difference alone adds, removes and changes. */
  effects?: boolean;
}

/**
 * `groundwork parity`: how environments differ from each other, by their declarations, and the proof from what is
 * synthesized that they differ in nothing else.
 *
 * @returns 0, or 1 when something differs that no declared difference accounts for
 */
export async function parityCommand(
  { root, console, interruption }: CommandContext,
  { effects }: ParityOptions,
): Promise<number> {
  const program = ["parity.mjs", ...(effects ? ["--effects"] : [])];
  const environments = answer.parse(JSON.parse(await runApp(root, program, {}, interruption)));
  console.printJson(environments);
  const { bold } = console.colours;
  for (const one of environments) {
    console.print(
      `\n${bold(one.environment)} is ${one.base} with ${countText(one.differences.length, "difference")}`,
    );
    console.print(differenceTable(one, console));
    for (const { type, only } of one.types) console.print(`  only ${only} has ${type}`);
    console.print(resourceText(one));
    console.print(verdict(one, console));
  }
  return environments.every(({ undeclared }) => undeclared.length === 0) ? 0 : 1;
}

function resourceText({ environment, base, resources }: EnvironmentParity): string {
  return `  ${resources.own} resources; ${base} has ${resources.base}, ${resources.alike} of them alike in ${environment}`;
}

function differenceTable(
  { environment, base, differences }: EnvironmentParity,
  { colours }: CommandContext["console"],
): string {
  const withEffects = differences.some(({ effect }) => effect);
  const resources = withEffects ? [{ title: "Resources", align: "right" } as const] : [];
  return tableText(
    [{ title: "Field" }, { title: base }, { title: environment }, ...resources, { title: "Why" }],
    differences.map(({ path, base: before, value, reason, effect }) => [
      path,
      valueText(before),
      valueText(value),
      ...(effect ? [effectText(effect)] : []),
      reason,
    ]),
    colours,
  );
}

function verdict({ base, undeclared }: EnvironmentParity, { colours }: CommandContext["console"]): string {
  if (undeclared.length === 0) {
    return colours.green(
      `✓ Nothing else differs: under this environment's names, ${base}'s fields give ${base}'s resources.`,
    );
  }
  const lines = undeclared.map((address) => `  ${address}`);
  return [
    colours.red(
      `✗ Undeclared: ${countText(undeclared.length, "resource")} differ without a declared difference`,
    ),
    ...lines,
  ].join("\n");
}

function valueText(value: unknown): string {
  if (value === undefined) return "—";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}

function effectText({ added, removed, changed }: Effect): string {
  const parts = [
    added.length > 0 ? `+${added.length}` : "",
    removed.length > 0 ? `-${removed.length}` : "",
    changed.length > 0 ? `~${changed.length}` : "",
  ].filter((part) => part !== "");
  return parts.join(" ") || "0";
}
