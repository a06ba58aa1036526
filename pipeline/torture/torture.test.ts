import { join } from "node:path";
import { defaultDaemon } from "@groundwork/sandbox/process/places";
import { buildDaemon } from "@groundwork/sandbox/process/start-daemon";
import { buildSync } from "esbuild";
import { codeOf, commitOf } from "./commits";
import { torture } from "./trials";

const repository = join(__dirname, "../..");
/** In the first trial of this seed command and Terraforms are killed in the middle of applying. */
const seed = 194;

describe("planning and applying commits", () => {
  beforeAll(() => buildDaemon(repository));

  test("GIVEN a kill in the middle of an apply WHEN run again THEN it converges, with one history and nothing twice", async () => {
    // Beside what it loads.
    const command = join(repository, "pipeline/dist/torture-command-test.cjs");
    const entry = join(__dirname, "command.ts");
    buildSync({
      entryPoints: [entry],
      outfile: command,
      bundle: true,
      platform: "node",
      format: "cjs",
      packages: "external",
      absWorkingDir: repository,
      tsconfig: join(repository, "tsconfig.json"),
    });
    const lines: string[] = [];
    const daemon = defaultDaemon(repository);
    await torture({ trials: 1, seed, daemon, command, report: (line) => lines.push(line) });
    expect(lines).toEqual([expect.stringContaining("trial 1: apply, kill command and Terraforms")]);
  }, 300_000);

  test("GIVEN the same seed THEN it is the same code; GIVEN another trial THEN another commit", () => {
    expect(codeOf(3, 1)).toEqual(codeOf(3, 1));
    expect(commitOf(3, 1)).toMatch(/^[0-9a-f]{40}$/);
    expect(new Set([commitOf(3, 1), commitOf(3, 2), commitOf(4, 1)]).size).toBe(3);
  });
});
