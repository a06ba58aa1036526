import { type Problem, UserError } from "@groundwork/user-error";
import { type Move, readMoves, resourceAddress, typeOf } from "../../environments/moves";
import { addressesIn } from "../synthesis/configuration";

/** A stack as far as moves look at it. */
export interface MovableStack {
  name: string;
  /** Its `cdk.tf.json`. */
  configuration: string;
}

/** What a user asks for with `groundwork move`. */
export interface MoveRequest {
  /** Only this stack. @default - every stack that has `to` */
  stack?: string;
  from: string;
  to: string;
}

export interface AddedMove {
  /** The whole list, as it is to be written. */
  text: string;
  /** Names of the stacks that it changes. */
  stacks: string[];
  /** False when exactly this is in the list already. */
  isNew: boolean;
}

/**
 * The list of moves with one more.
 *
 * @param list text of the present list; undefined when there is no file
 * @throws UserError when the move makes no sense in the code as it is
 */
export function addMove(
  request: MoveRequest,
  stacks: readonly MovableStack[],
  list: string | undefined,
): AddedMove {
  const { stack, from, to } = request;
  refuse(addressProblems({ from, to }));
  const candidates = stacks.filter(({ name }) => stack === undefined || name === stack);
  if (candidates.length === 0) {
    const expected = stacks.map(({ name }) => name).join(", ");
    refuse([{ field: "STACK", found: stack ?? "none", expected }]);
  }
  const withAddresses = candidates.map((one) => ({ ...one, addresses: addressesIn(one.configuration) }));
  const goals = withAddresses.filter(({ addresses }) => addresses.has(withoutIndex(to)));
  if (goals.length === 0) {
    const sameType = withAddresses.flatMap(({ addresses }) =>
      [...addresses].filter((one) => typeOf(one) === typeOf(to)),
    );
    refuse([
      {
        field: "TO",
        found: `${to}, which is not in the code`,
        expected: oneOfSome([...new Set(sameType)]) ?? `a resource that ${stack ?? "a stack"} has now`,
      },
    ]);
  }
  const blocked = goals.filter(({ addresses }) => addresses.has(withoutIndex(from)));
  if (blocked.length > 0) {
    const names = blocked.map(({ name }) => name).join(", ");
    refuse([{ field: "FROM", found: `${from}, which ${names} still has`, expected: "an address of before" }]);
  }
  const present = readMoves(list);
  const move: Move = stack === undefined ? { from, to } : { stack, from, to };
  const isNew = !present.some((one) => JSON.stringify(one) === JSON.stringify(move));
  const text = `${JSON.stringify(isNew ? [...present, move] : present, null, 2)}\n`;
  readMoves(text);
  return { text, stacks: goals.map(({ name }) => name), isNew };
}

function addressProblems({ from, to }: { from: string; to: string }): Problem[] {
  const malformed = [
    { field: "FROM", address: from },
    { field: "TO", address: to },
  ].flatMap(({ field, address }) => {
    const { error } = resourceAddress.safeParse(address);
    return error ? [{ field, found: address, expected: error.issues[0]?.message ?? "an address" }] : [];
  });
  if (malformed.length > 0) return malformed;
  if (typeOf(from) !== typeOf(to))
    return [{ field: "TO", found: to, expected: `an address of ${typeOf(from)}` }];
  return from === to ? [{ field: "TO", found: to, expected: "another address than before" }] : [];
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new UserError("That can't be moved.", problems);
}

/** Enough to find the right one, not the whole platform. */
const most = 8;

function oneOfSome(addresses: readonly string[]): string | undefined {
  if (addresses.length === 0) return undefined;
  const more = addresses.length > most ? `, and ${addresses.length - most} more` : "";
  return `one of ${addresses.slice(0, most).join(", ")}${more}`;
}

function withoutIndex(address: string): string {
  return address.replace(/\[.*$/, "");
}
