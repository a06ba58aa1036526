import fc from "fast-check";
import { compareSyntheses, type Synthesized } from "./compare";

const synthesized = (stacks: Record<string, Record<string, string>>): Synthesized => ({
  stacks: new Map(Object.entries(stacks).map(([name, files]) => [name, new Map(Object.entries(files))])),
});

describe("what differs between two syntheses", () => {
  test("GIVEN stacks that are new, other, gone and the same THEN each is told as what it is", () => {
    const base = synthesized({
      same: { "cdk.tf.json": "a" },
      other: { "cdk.tf.json": "a" },
      gone: { "cdk.tf.json": "a" },
    });
    const head = synthesized({
      new: { "cdk.tf.json": "a" },
      other: { "cdk.tf.json": "b" },
      same: { "cdk.tf.json": "a" },
    });
    expect(compareSyntheses(base, head)).toEqual({
      changed: ["other"],
      added: ["new"],
      removed: ["gone"],
      same: ["same"],
    });
  });

  test("GIVEN an asset that changes, comes or goes THEN its stack differs", () => {
    const one = { "cdk.tf.json": "a", "assets/a.zip": "1" };
    for (const other of [
      { ...one, "assets/a.zip": "2" },
      { "cdk.tf.json": "a" },
      { ...one, "assets/b.zip": "1" },
    ]) {
      expect(compareSyntheses(synthesized({ s: one }), synthesized({ s: other })).changed).toEqual(["s"]);
    }
  });

  test("GIVEN any two THEN every stack is in one list, and the same against itself is the same", () => {
    const stacks = fc.dictionary(
      fc.stringMatching(/^[a-c]$/),
      fc.dictionary(fc.stringMatching(/^[ab]$/), fc.constantFrom("1", "2")),
    );
    fc.assert(
      fc.property(stacks, stacks, (base, head) => {
        const { changed, added, removed, same } = compareSyntheses(synthesized(base), synthesized(head));
        const names = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
        expect([...changed, ...added, ...removed, ...same].sort()).toEqual(names);
        expect(compareSyntheses(synthesized(head), synthesized(head)).same).toEqual(Object.keys(head));
      }),
    );
  });
});
