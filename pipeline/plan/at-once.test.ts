import type { Stack } from "../synthesis/stack-list";
import { shareOf, stacksAtOnce } from "./at-once";

const gigabyte = 1024 ** 3;
const stack = (...providers: string[]): Stack => ({
  name: "dev-data",
  environment: "dev",
  stack: "data",
  dependsOn: [],
  project: "shop",
  folder: "/x",
  providers: Object.fromEntries(providers.map((name) => [name, "1.0.0"])),
});

describe("how many stacks at once", () => {
  test.each([
    ["cores, with memory to spare", 4, 16, "cloud", ["google"], 5],
    ["memory, with many cores", 16, 4, "cloud", ["google", "mongodbatlas"], 3],
    ["one at least", 8, 0.2, "cloud", ["google", "google-beta", "mongodbatlas"], 1],
    ["cores in the sandbox, which is one process for all", 8, 4, "sandbox", ["google", "mongodbatlas"], 9],
  ] as const)("GIVEN %s", (_what, cores, memory, target, providers, expected) => {
    expect(stacksAtOnce({ cores, freeBytes: memory * gigabyte }, target, [stack(...providers)])).toBe(
      expected,
    );
  });
});

test.each([
  [2, 3, 1],
  [16, 17, 1],
  [16, 4, 4],
  [8, 1, 8],
  [8, 0, 8],
])("GIVEN %i processors and %i plans at once THEN each uses %i", (cores, plans, processors) => {
  expect(shareOf({ cores, freeBytes: gigabyte }, plans).processors).toBe(processors);
});
