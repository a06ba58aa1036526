import { simulatePreviews } from "./simulation";

/** With this seed one is closed with conflicts, and the sweep that removes it is killed. */
const seed = 157;

test("GIVEN pull requests in any order, kills and troubles THEN what lives is there in the end, and nothing else", async () => {
  const lines: string[] = [];
  await simulatePreviews({ rounds: 2, seed, pullRequests: 1, events: 1, report: (line) => lines.push(line) });
  expect(lines.join("\n")).toContain("#1 closed with conflicts");
  expect(lines.at(-1)).toMatch(
    /^2 rounds, 1 pull requests, 0 living; [1-9] kills, 5 troubles of GitHub's, \d sweeps$/,
  );
}, 300_000);
