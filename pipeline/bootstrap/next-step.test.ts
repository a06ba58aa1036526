import { nextStep } from "./next-step";

const state = (lineage: string, serial: number) => ({ lineage, serial });

describe("what is left of a bootstrap", () => {
  test.each([
    ["nothing anywhere", { begun: false, local: undefined, stored: undefined }, "apply"],
    ["a state here alone", { begun: true, local: state("a", 7), stored: undefined }, "apply"],
    ["a state in the bucket alone", { begun: false, local: undefined, stored: state("a", 7) }, "nothing"],
    ["a folder without a state", { begun: true, local: undefined, stored: state("a", 7) }, "clear"],
    ["the same state on both sides", { begun: true, local: state("a", 7), stored: state("a", 7) }, "clear"],
    ["a bucket that went on", { begun: true, local: state("a", 7), stored: state("a", 9) }, "clear"],
    ["a bucket that is behind", { begun: true, local: state("a", 9), stored: state("a", 7) }, "apply"],
    ["two different states", { begun: true, local: state("a", 7), stored: state("b", 1) }, "conflict"],
  ])("GIVEN %s THEN it is known what to do", (_what, standing, expected) => {
    expect(nextStep(standing)).toBe(expected);
  });
});
