import { join } from "node:path";
import { deleteObject, editObject } from "@groundwork/sandbox/process/client";
import type { Value } from "@groundwork/sandbox/values/value";
import { UserError } from "@groundwork/user-error";
import { countText } from "../console/words";
import { readStackList } from "../synthesis/stack-list";
import { synthesisFolder } from "../synthesis/synthesize";
import type { CommandContext } from "./session";

/** Options of commands that name an object of the simulated cloud. */
export interface ObjectOptions {
  /** The stack that knows the address. @default - every state is searched */
  stack?: string;
}

/** `groundwork sandbox edit ADDRESS ATTRIBUTE=VALUE…`: drift, as somebody in the console would make it. */
export async function sandboxEditCommand(
  { root, console }: CommandContext,
  address: string,
  assignments: readonly string[],
  { stack }: ObjectOptions,
): Promise<number> {
  const set = parseAssignments(assignments);
  const { type, id } = await editObject({ root, target: target(root, address, stack), set });
  console.printJson({ type, id, set: Object.keys(set) });
  console.print(
    `Changed ${countText(Object.keys(set).length, "attribute")} of ${type} ${id}. The next plan shows it.`,
  );
  return 0;
}

/** `groundwork sandbox delete ADDRESS`: drift of the other kind. */
export async function sandboxDeleteCommand(
  { root, console }: CommandContext,
  address: string,
  { stack }: ObjectOptions,
): Promise<number> {
  const { type, id } = await deleteObject({ root, target: target(root, address, stack) });
  console.printJson({ type, id, deleted: true });
  console.print(`Deleted ${type} ${id} behind Terraform's back. The next plan shows it.`);
  return 0;
}

/**
 * `labels.team=shop`, `scaling[0].max=3`, `tags={"a":"b"}`: what reads as JSON is JSON, all else is text.
 *
 * @throws UserError for what has no `=`, or nothing before it, or when there is nothing to set
 */
export function parseAssignments(assignments: readonly string[]): { [path: string]: Value } {
  const wrong = assignments.filter((assignment) => assignment.indexOf("=") < 1);
  if (wrong.length > 0 || assignments.length === 0) {
    throw new UserError(
      "An attribute and its new value are needed.",
      (wrong.length > 0 ? wrong : ["nothing"]).map((found) => ({
        field: "ATTRIBUTE=VALUE",
        found,
        expected: "such as labels.team=shop",
      })),
    );
  }
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf("=");
      return [assignment.slice(0, at), parsedValue(assignment.slice(at + 1))];
    }),
  );
}

function parsedValue(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

function target(root: string, address: string, stack: string | undefined) {
  return { address, ...(stack === undefined ? {} : { state: stateOf(root, stack) }) };
}

function stateOf(root: string, name: string): string {
  const stacks = readStackList(join(root, synthesisFolder));
  const state = stacks.find((stack) => stack.name === name)?.state;
  if (state === undefined) {
    throw new UserError("There is no such stack.", [
      { field: "--stack", found: name, expected: `one of ${stacks.map((stack) => stack.name).join(", ")}` },
    ]);
  }
  return `${state.replace(/^gs:\/\//, "")}/`;
}
