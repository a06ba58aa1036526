import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A copy of what is synthesized, in which files may be broken. */
const copy = mkdtempSync(join(tmpdir(), "groundwork-copy-"));
const sources = [
  "bootstrap",
  "constructs",
  "environments",
  "stacks",
  "user-error",
  "main.ts",
  "package.json",
  "tsconfig.json",
];

beforeAll(() => {
  for (const source of sources) {
    cpSync(source, join(copy, source), { recursive: true });
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function synth(outdir: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "bootstrap", "synth.mjs"), ...options],
    {
      cwd: tmpdir(),
      // No program to be found: synthesis asks neither Terraform nor Git anything.
      env: { ...process.env, PATH: "", CDKTF_OUTDIR: join(copy, outdir), NO_COLOR: "1" },
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

/** Runs `act` with one file of the copy changed. */
function withFile<T>(path: string, change: (text: string) => string, act: () => T): T {
  const file = join(copy, path);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, change(text));
  try {
    return act();
  } finally {
    writeFileSync(file, text);
  }
}

function contents(outdir: string): string[] {
  const folder = join(copy, outdir);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path.slice(folder.length)}\n${readFileSync(path, "utf8")}`);
}

test("two runs in two processes write the same bytes, and say nothing", () => {
  expect(synth("one")).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(synth("two")).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(contents("one").length).toBeGreaterThan(36);
  expect(contents("two")).toEqual(contents("one"));
});

describe("a mistake in the environment files ends with 2, and no stack trace", () => {
  const broken = <T>(act: () => T) =>
    withFile(
      "environments/releases/staging.json",
      () => '{ "services": ',
      () =>
        withFile(
          "environments/dev.ts",
          (text) => text.replace('project: "hazelwick-dev"', 'project: "Hazelwick Dev"'),
          act,
        ),
    );

  test("for people: every problem on a line", () => {
    const { status, stderr } = broken(() => synth("broken"));
    expect(status).toBe(2);
    expect(stderr).toContain('  dev.project: found "Hazelwick Dev"; expected 6 to 30 lowercase letters');
    expect(stderr).toContain("  releases/staging.json: found ");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(copy, "broken"))).toBe(false);
  });

  test("for machines: one line of JSON", () => {
    const { status, stderr } = broken(() => synth("broken", "--json"));
    expect(status).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({
      error: "user",
      problems: expect.arrayContaining([
        expect.objectContaining({ field: "dev.project", found: '"Hazelwick Dev"' }),
      ]),
    });
  });

  test("also where a file is no TypeScript", () => {
    const { status, stderr } = withFile(
      "environments/dev.ts",
      (text) => `${text}\n]`,
      () => synth("broken"),
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/ {2}environments\/dev\.ts:\d+: found /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test("a bug ends with 70, and a stack trace", () => {
  const { status, stderr } = withFile(
    "main.ts",
    (text) => text.replace("loadEnvironments()", "loadEnvironments(1 as never)"),
    () => synth("bug"),
  );
  expect(status).toBe(70);
  expect(stderr).toMatch(/^\s+at /m);
});
