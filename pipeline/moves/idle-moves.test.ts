import type { PlanJson } from "../terraform/plan-json";
import { idleMoves, type StackWithMoves } from "./idle-moves";

const [from, to] = ["google_storage_bucket.old", "google_storage_bucket.new"];
const move = { from, to };
const stack = (name: string, planned?: StackWithMoves["planned"], moved = [move]): StackWithMoves => ({
  name,
  configuration: JSON.stringify({ moved }),
  ...(planned === undefined ? {} : { planned }),
});
const moving = (previous_address: string): PlanJson => ({
  format_version: "1.2",
  resource_changes: [
    {
      address: to,
      previous_address,
      mode: "managed",
      type: "google_storage_bucket",
      name: "new",
      change: { actions: ["no-op"] },
    },
  ],
});

test.each<[string, StackWithMoves[], string[]]>([
  ["no stack has its goal", [stack("dev-data", "no changes", [])], ["leads to nothing in the code"]],
  [
    "every stack was planned and moves nothing",
    [stack("dev-data", "no changes"), stack("prod-data", { format_version: "1.2" })],
    ["is done wherever it leads"],
  ],
  ["one stack still moves", [stack("dev-data", "no changes"), stack("prod-data", moving(from))], []],
  ["one stack still moves an index of it", [stack("dev-data", moving(`${from}["a"]`))], []],
  ["one stack was not planned", [stack("dev-data", "no changes"), stack("prod-data")], []],
])(
  "GIVEN %s WHEN looked at THEN an entry is idle only where nothing can need it",
  (_what, stacks, expected) => {
    expect(idleMoves([move], stacks).map(({ why }) => why)).toEqual(expected);
  },
);

test("GIVEN an entry for another stack THEN it leads to nothing here", () => {
  const other = { stack: "prod-data", ...move };
  expect(idleMoves([other], [stack("dev-data", moving(from))])).toEqual([
    { index: 0, move: other, why: "leads to nothing in the code" },
  ]);
});
