import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { defaultDaemon } from "../process/places";
import { buildDaemon } from "../process/start-daemon";
import { Random } from "./random";
import { torture } from "./trials";

const REPOSITORY = join(__dirname, "../..");

/** In the first two trials of this seed everything is killed in the middle of applying, the sandbox of destroying. */
const SEED = 286;

let folder: string;

beforeAll(() => {
  buildDaemon(REPOSITORY);
  folder = mkdtempSync(join(tmpdir(), "gw-torture-test-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("killed in the middle, it comes to the same end as undisturbed", async () => {
  const command = join(folder, "command.cjs");
  const entry = join(__dirname, "command.ts");
  buildSync({ entryPoints: [entry], outfile: command, bundle: true, platform: "node", format: "cjs" });
  const lines: string[] = [];
  await torture({
    trials: 2,
    seed: SEED,
    daemon: defaultDaemon(REPOSITORY),
    command,
    report: (line) => lines.push(line),
  });
  expect(lines).toEqual([
    expect.stringContaining("trial 1: apply"),
    expect.stringContaining("trial 2: destroy"),
  ]);
}, 300_000);

test("the same seed gives the same numbers, spread over the whole range", () => {
  const numbers = (seed: number): number[] => {
    const random = new Random(seed);
    return Array.from({ length: 1_000 }, () => random.next());
  };
  expect(numbers(5)).toEqual(numbers(5));
  expect(numbers(5)).not.toEqual(numbers(6));
  const tenths = new Set(numbers(5).map((number) => Math.floor(number * 10)));
  expect([...tenths].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
