import { sampleStack } from "../report/sample-plans";
import { decideOrphans, emptiedConfiguration, refuseDestroyingBelow, stacksToDestroy } from "./orphans";

const removed = [
  sampleStack("dev-network"),
  sampleStack("dev-data", "dev-network"),
  sampleStack("dev-cache", "dev-network"),
];
const reason = "the shop in Oslo is closed";

describe("stacks that the code no longer has", () => {
  test("GIVEN no decision THEN they are undecided; GIVEN one THEN it counts for its stack alone", () => {
    const orphans = decideOrphans(removed, [{ stack: "dev-data", decision: "keep", reason }]);
    expect(orphans.map(({ stack, decision }) => [stack.name, decision])).toEqual([
      ["dev-network", "undecided"],
      ["dev-data", "keep"],
      ["dev-cache", "undecided"],
    ]);
  });

  test("GIVEN one to destroy on which others stand that stay THEN it is refused before anything is planned", () => {
    const decide = (network: "destroy" | "keep", data: "destroy" | "keep") =>
      decideOrphans(removed.slice(0, 2), [
        { stack: "dev-network", decision: network, reason },
        { stack: "dev-data", decision: data, reason },
      ]);
    expect(() => refuseDestroyingBelow(decide("destroy", "keep"), [])).toThrow(
      'orphans.json dev-network: found "destroy", and on it stands what is to stay: dev-data',
    );
    const head = [sampleStack("dev-cache", "dev-network")];
    expect(() => refuseDestroyingBelow(decide("destroy", "destroy"), head)).toThrow("to stay: dev-cache");
    for (const fine of [decide("destroy", "destroy"), decide("keep", "destroy"), decide("keep", "keep")]) {
      expect(() => refuseDestroyingBelow(fine, [])).not.toThrow();
    }
  });

  test("GIVEN several to destroy THEN what stood on another goes before it", () => {
    const orphans = decideOrphans(
      removed,
      ["dev-network", "dev-data"].map((stack) => ({ stack, decision: "destroy" as const, reason })),
    );
    expect(
      stacksToDestroy(orphans, (name) => `/plans/${name}`).map(({ name, dependsOn, folder }) => [
        name,
        dependsOn,
        folder,
      ]),
    ).toEqual([
      ["dev-network", ["dev-data"], "/plans/dev-network"],
      ["dev-data", [], "/plans/dev-data"],
    ]);
  });

  test("GIVEN a configuration THEN its state and its providers stay, and nothing else", () => {
    const terraform = {
      backend: { gcs: { bucket: "b" } },
      required_providers: { google: { version: "6.50.0" } },
    };
    const full = {
      "//": {},
      terraform,
      provider: { google: [{}] },
      resource: { a: {} },
      output: {},
      moved: [],
    };
    expect(JSON.parse(emptiedConfiguration(JSON.stringify(full)))).toEqual({
      terraform,
      provider: { google: [{}] },
    });
  });
});
