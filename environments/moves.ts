import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { z } from "zod";
import { text } from "./fields";
import { checked, shown } from "./problems";

/** Where moves and decisions about orphans are written down, below the repository's root. */
export const movesFile = join("environments", "moves.json");
export const orphansFile = join("environments", "orphans.json");

const stackName = text(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, "a stack's name such as dev-data");

/** A resource's address, as Terraform and the plan write it. */
export const resourceAddress = text(
  /^[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*(\[(\d+|"[^"\\]+")\])?$/,
  "a resource's address such as google_storage_bucket.artifacts",
);

const move = z
  .strictObject({
    /** Name of the only stack that it is for. @default - every stack that has `to` */
    stack: stackName.optional(),
    /** Address of before. */
    from: resourceAddress,
    /** Address of now. */
    to: resourceAddress,
  })
  .refine(({ from, to }) => typeOf(from) === typeOf(to), {
    error: "an address of the same type as before: Terraform moves nothing into another type",
    path: ["to"],
  })
  .refine(({ from, to }) => from !== to, { error: "another address than before", path: ["to"] });

/** The same object under another name: what stood at `from` in the state is at `to` in the code. */
export type Move = z.infer<typeof move>;

const orphan = z.strictObject({
  /** Name of a stack that the code no longer has. */
  stack: stackName,
  /** `destroy`: everything in it goes, as a plan that needs approval. `keep`: it stays, and nobody manages it. */
  decision: z.enum(["destroy", "keep"]),
  /** For whoever reads it in a year. */
  reason: z.string().min(10, { error: "why, in at least 10 characters" }),
});

/** What becomes of a stack that the code no longer has. */
export type OrphanDecision = z.infer<typeof orphan>;

/**
 * The list of moves.
 *
 * @throws UserError with every problem in it
 */
export function loadMoves(root = process.cwd()): readonly Move[] {
  return readMoves(textOf(root, movesFile));
}

/**
 * The moves of a text.
 *
 * @param source undefined: there are none
 * @throws UserError with every problem in it
 */
export function readMoves(source: string | undefined): readonly Move[] {
  const moves = readList(z.array(move), source, "moves.json");
  const problems = moves.flatMap((one, index) => twice(moves, one, index));
  if (problems.length > 0) throw new UserError("The list of moves can't be used.", problems);
  return moves;
}

/**
 * What was decided about stacks that the code no longer has.
 *
 * @throws UserError with every problem in it
 */
export function loadOrphanDecisions(root = process.cwd()): readonly OrphanDecision[] {
  return readList(z.array(orphan), textOf(root, orphansFile), "orphans.json");
}

/** `google_storage_bucket` of `google_storage_bucket.artifacts`. */
export function typeOf(address: string): string {
  return address.slice(0, address.indexOf("."));
}

function textOf(root: string, file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function readList<T>(schema: z.ZodType<T[]>, source: string | undefined, file: string): readonly T[] {
  if (source === undefined) return [];
  const headline = `${file} can't be used.`;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const found = shown((error as Error).message);
    throw new UserError(headline, [{ field: file, found, expected: "JSON" }]);
  }
  const { value: list, problems } = checked(schema, value, `${file} `);
  if (!list) throw new UserError(headline, problems);
  return list;
}

/** One object can go to one place only, and one place can take one object only. */
function twice(moves: readonly Move[], move: Move, index: number): Problem[] {
  return (["from", "to"] as const)
    .filter((side) => moves.slice(0, index).some((other) => other[side] === move[side] && meet(other, move)))
    .map((side) => ({
      field: `moves.json [${index}].${side}`,
      found: `${move[side]} a second time`,
      expected: "each address once",
    }));
}

function meet(one: Move, other: Move): boolean {
  return one.stack === undefined || other.stack === undefined || one.stack === other.stack;
}
