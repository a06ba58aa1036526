import { UserError } from "@groundwork/user-error";
import { countText } from "../console/words";
import type { Stack } from "./stack-list";

/**
 * The stacks that a command's arguments name: environments (`dev`) and single stacks (`dev-data`).
 *
 * @param given none: every stack; several may stand in one, behind commas, as jobs of a matrix have them
 * @param elsewhere what else is expected of a name that is neither, for its refusal
 * @throws UserError when a name is neither
 */
export function selectStacks(
  stacks: readonly Stack[],
  given: readonly string[],
  { elsewhere = "" }: { elsewhere?: string } = {},
): Stack[] {
  const names = namesIn(given);
  if (names.length === 0) return [...stacks];
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const problems = unknownNames(stacks, names).map((name) => ({
    field: "ENV|STACK",
    found: name,
    expected: `${expectation(name, environments, stacks)}${elsewhere}`,
  }));
  if (problems.length > 0) {
    throw new UserError(
      `There ${problems.length === 1 ? "is" : "are"} no such ${countText(problems.length, "stack").replace(/^\d+ /, "")}.`,
      problems,
    );
  }
  return stacks.filter((stack) => names.some((name) => isNamed(stack, name)));
}

/** The names among these that are neither an environment nor a stack. */
export function unknownNames(stacks: readonly Stack[], names: readonly string[]): string[] {
  return names.filter((name) => !stacks.some((stack) => isNamed(stack, name)));
}

/** What a command's arguments name, one by one. */
export function namesIn(given: readonly string[]): string[] {
  return given.flatMap((one) => one.split(",").filter((name) => name !== ""));
}

function isNamed({ name, environment }: Stack, wanted: string): boolean {
  return wanted === name || wanted === environment;
}

function expectation(name: string, environments: readonly string[], stacks: readonly Stack[]): string {
  const environment = environments.find((candidate) => name.startsWith(`${candidate}-`));
  if (environment === undefined) return `an environment (${environments.join(", ")}), or one of its stacks`;
  const candidates = stacks.filter((stack) => stack.environment === environment);
  return candidates.map((stack) => stack.name).join(", ");
}
