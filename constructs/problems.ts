import { type Problem, UserError } from "@groundwork/user-error";
import type { Construct } from "constructs";

/**
 * Stops a construct from being made when something it was given is wrong; says everything that is, at once.
 *
 * @param what the construct in the user's words: `service orders`
 * @throws UserError with the problems; their fields are the names of the construct's props
 */
export function refuse(
  scope: Construct,
  what: string,
  problems: readonly (Problem | false | undefined)[],
): void {
  const found = problems.filter((problem) => problem !== false && problem !== undefined);
  if (found.length > 0) {
    throw new UserError(`${scope.node.path}: ${what} can't be made.`, found);
  }
}

/** A problem unless `holds`. */
export function check(holds: boolean, field: string, found: unknown, expected: string): Problem | undefined {
  return holds
    ? undefined
    : { field, found: typeof found === "string" ? found : JSON.stringify(found), expected };
}

/** A problem unless the name has the shape. */
export function checkName(
  name: string,
  pattern: RegExp,
  field: string,
  expected: string,
): Problem | undefined {
  return check(pattern.test(name), field, JSON.stringify(name), expected);
}
