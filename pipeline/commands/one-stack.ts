import { UserError } from "@groundwork/user-error";
import type { Bucket } from "../bucket/bucket";
import { History } from "../history/history";
import { type StateAddress, stateAddress } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";
import type { Session } from "./session";

/** A stack and where its state lies. */
export interface StackState {
  stack: Stack;
  address: StateAddress;
  bucket: Bucket;
  history: History;
}

/**
 * The one stack that a command works on.
 *
 * @throws UserError when an environment was named
 */
export function oneStack({ stacks: [stack, ...others], bucket }: Session, name: string): StackState {
  if (!stack || others.length > 0) {
    throw new UserError("One stack at a time.", [
      { field: "STACK", found: name, expected: `a stack, ${name}-data` },
    ]);
  }
  return stateOf(stack, bucket);
}

/** Where a stack's state and its environment's history lie. */
export function stateOf(stack: Stack, bucket: Session["bucket"]): StackState {
  const address = stateAddress(stack.state ?? "");
  const own = bucket(address.bucket);
  return { stack, address, bucket: own, history: new History(stack.environment, own) };
}
