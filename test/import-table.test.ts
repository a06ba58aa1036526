import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = dirname(__dirname);
const biome = join(repository, "node_modules", "@biomejs", "biome", "bin", "biome");

/** Lints one file at this path of a repository that has our lint configuration; returns what it complains about. */
function importComplaints(folder: string, path: string, source: string): number {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${source}\nconsole.log(x);\n`);
  const run = spawnSync(
    process.execPath,
    [biome, "lint", "--vcs-enabled=false", "--only=style/noRestrictedImports", "--reporter=json", path],
    { cwd: folder, encoding: "utf8" },
  );
  return (JSON.parse(run.stdout) as { summary: { errors: number } }).summary.errors;
}

describe("the import table is a lint rule", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "import-table-"));
    copyFileSync(join(repository, "biome.json"), join(folder, "biome.json"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["a provider package by its index", "constructs/storage/a.ts", "@cdktf/provider-google"],
    ["a provider package by lib", "constructs/storage/a.ts", "@cdktf/provider-google-beta/lib"],
    ["a provider binding outside constructs", "stacks/a.ts", "@cdktf/provider-google/lib/storage-bucket"],
    ["a provider binding in a test", "test/a.ts", "@cdktf/provider-mongodbatlas/lib/project"],
    ["stacks from constructs", "constructs/storage/a.ts", "../../stacks/data"],
    ["pipeline from stacks", "stacks/a.ts", "@groundwork/pipeline/plan/summary"],
    ["CDKTF from environments", "environments/a.ts", "cdktf"],
    ["constructs from environments", "environments/a.ts", "@groundwork/constructs/storage/bucket"],
    ["stacks from pipeline", "pipeline/plan/a.ts", "../../stacks/data"],
    ["environments from sandbox", "sandbox/store/a.ts", "../../environments/dev"],
    ["pipeline from policies", "policies/synth/a.ts", "@groundwork/pipeline/terraform/plan-json"],
    ["environments from policies", "policies/synth/a.ts", "../../environments/dev"],
    ["policies from constructs", "constructs/storage/a.ts", "@groundwork/policies/rule"],
    ["constructs from main", "main.ts", "@groundwork/constructs/storage/bucket"],
  ])("GIVEN %s WHEN linted THEN it is an error", (_what, path, specifier) => {
    expect(importComplaints(folder, path, `import { x } from "${specifier}";`)).toBe(1);
  });

  test.each([
    ["constructs/storage/a.ts", "@cdktf/provider-google/lib/storage-bucket"],
    ["stacks/a.ts", "@groundwork/constructs/storage/bucket"],
    ["stacks/a.ts", "../environments/environment"],
    ["environments/a.ts", "zod"],
    ["pipeline/plan/a.ts", "@groundwork/sandbox/process/client"],
    ["pipeline/check/a.ts", "@groundwork/policies/check-stacks"],
    ["pipeline/check/a.ts", "../../environments/delivery-schema"],
    ["policies/synth/a.ts", "@groundwork/user-error"],
    ["sandbox/store/a.ts", "../values/value"],
    ["main.ts", "./stacks/data"],
  ])("GIVEN %s that imports %s WHEN linted THEN it passes", (path, specifier) => {
    expect(importComplaints(folder, path, `import { x } from "${specifier}";`)).toBe(0);
  });
});
