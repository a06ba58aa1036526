import type { Manifest } from "../commit-plans/manifest";
import type { AppliedRun } from "../history/runs";
import { type Decision, decide, type StackFacts } from "./reviewed-stack";

const terraform = { product: "Terraform" as const, version: "1.11.4" };
const state = { lineage: "l", serial: 3, generation: "7" };
const manifest: Manifest = {
  version: 1,
  commit: "a",
  environment: "dev",
  stack: "dev-data",
  dependsOn: [],
  target: "sandbox",
  plannedAt: "2026-11-21T12:00:00.000Z",
  result: "changes",
  configuration: "code",
  state,
  terraform,
  providers: {},
};
const facts: StackFacts = { manifest, progress: { is: "new" }, configuration: "code", state, terraform };
const run = { number: 5 } as AppliedRun;

describe("what becomes of one stack of a commit", () => {
  test.each<[string, Partial<StackFacts>, Decision["do"], string]>([
    ["nothing is different", {}, "use", ""],
    ["the saved file is not wanted", { fresh: true }, "plan again", "not to be used"],
    ["it was applied before", { progress: { is: "applied", run } }, "nothing", "record 5"],
    [
      "it was applied before, and everything is different",
      { progress: { is: "applied", run }, configuration: "other", state: { ...state, generation: "9" } },
      "nothing",
      "record 5",
    ],
    ["a later commit is applied", { newer: "b".repeat(40) }, "nothing", "bbbbbbbbbbbb is applied"],
    ["nothing was to change", { manifest: { ...manifest, result: "no changes" } }, "nothing", "no changes"],
    [
      "nothing was to change, and others changed its code",
      { manifest: { ...manifest, result: "no changes" }, configuration: "other" },
      "nothing",
      "no changes",
    ],
    [
      "it could not be planned",
      { manifest: { ...manifest, result: "failed" } },
      "refuse",
      "could not be planned",
    ],
    ["a run broke off", { progress: { is: "unfinished", run } }, "plan again", "record 5"],
    ["main has other code", { configuration: "other" }, "plan again", "not the code that was reviewed"],
    ["the state moved", { state: { ...state, generation: "8" } }, "plan again", "state has moved"],
    [
      "the state moved while it was planned",
      { manifest: { ...manifest, state: { ...state, generation: "-1" } } },
      "plan again",
      "state has moved",
    ],
    [
      "another Terraform",
      { terraform: { ...terraform, version: "1.12.0" } },
      "plan again",
      "Terraform 1.11.4",
    ],
    ["OpenTofu", { terraform: { product: "OpenTofu", version: "1.11.4" } }, "plan again", "Terraform 1.11.4"],
  ])("GIVEN %s THEN it is decided so", (_what, more, what, words) => {
    const decision = decide({ ...facts, ...more });
    expect(decision.do).toBe(what);
    expect("why" in decision ? decision.why : "").toContain(words);
  });

  test("GIVEN it was not planned, or is no longer in the code THEN it is left alone, or refused", () => {
    const { manifest: _, ...unplanned } = facts;
    const { configuration: __, ...gone } = facts;
    expect([decide(unplanned).do, decide(gone).do]).toEqual(["nothing", "refuse"]);
  });
});
