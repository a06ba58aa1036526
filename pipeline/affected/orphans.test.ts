import { sampleStack } from "../report/sample-plans";
import { decideOrphans, emptiedConfiguration, stacksToDestroy } from "./orphans";

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
