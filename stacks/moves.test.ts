import { readMoves } from "../environments/moves";
import { movesOf } from "./moves";

const at = (...addresses: string[]) => new Set(addresses);

describe("moves", () => {
  test("GIVEN moves to what a stack has, or to what leads there, THEN it gets them, and no others", () => {
    const moves = [
      { from: "b.one", to: "b.two" },
      { from: "b.two", to: "b.three" },
      { from: "b.x", to: "b.gone" },
      { stack: "prod-data", from: "b.y", to: "b.three" },
      { from: "b.still-here", to: "b.four" },
    ];
    expect(movesOf("dev-data", at("b.three", "b.four", "b.still-here"), moves)).toEqual(moves.slice(0, 2));
    expect(movesOf("dev-data", at("b.two"), moves)).toEqual(moves.slice(0, 1));
    expect(movesOf("dev-network", at("c.one"), moves)).toEqual([]);
  });

  test.each([
    ["no JSON", "{", "moves.json: found"],
    ["another type", '[{"from": "a.b", "to": "c.b"}]', "moves.json [0].to: found"],
    ["the same address", '[{"from": "a.b", "to": "a.b"}]', "expected another address than before"],
    ["no address", '[{"from": "a", "to": "a.b"}]', "expected a resource's address such as"],
    [
      "one source twice",
      '[{"from": "a.b", "to": "a.c"}, {"stack": "dev-data", "from": "a.b", "to": "a.d"}]',
      "moves.json [1].from: found a.b a second time; expected each address once",
    ],
  ])("GIVEN a list with %s THEN it is refused", (_what, text, message) => {
    expect(() => readMoves(text)).toThrow(message);
  });

  test("GIVEN one object that went to other places in other stacks THEN that is fine", () => {
    const moves = [
      { stack: "dev-data", from: "a.b", to: "a.c" },
      { stack: "prod-data", from: "a.b", to: "a.d" },
    ];
    expect(readMoves(JSON.stringify(moves))).toEqual(moves);
    expect(readMoves(undefined)).toEqual([]);
  });
});
