import { simulatePreviews } from "./simulation";

/** With this seed one is merged with conflicts, and the sweep that removes it is killed. */
const seed = 1_798;

test("GIVEN pull requests in any order, kills and troubles THEN what lives is there in the end, and nothing else", async () => {
  const lines: string[] = [];
  await simulatePreviews({ rounds: 2, seed, pullRequests: 1, events: 1, report: (line) => lines.push(line) });
  expect(lines.join("\n")).toContain("#1 merged with conflicts");
  expect(lines.at(-1)).toMatch(
    /^2 rounds, 1 pull requests, 0 living in the end; [1-9] kills; troubles: \d+ of Google's, \d+ of Atlas's, 3 of GitHub's; \d+ sweeps; the oldest orphan was found \d\.\d h after its end, by the next sweep$/,
  );
}, 300_000);
