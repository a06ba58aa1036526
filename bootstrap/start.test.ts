import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = dirname(__dirname);

/** A clone's files that start and test need, with an `npm` that only remembers how it was called. */
class BareClone {
  readonly root = mkdtempSync(join(tmpdir(), "bare-clone-"));
  private readonly npm = join(mkdtempSync(join(tmpdir(), "npm-")), "npm-cli.js");

  constructor(npmExitCode = 0) {
    cpSync(join(repository, "bootstrap"), join(this.root, "bootstrap"), { recursive: true });
    for (const file of [
      "package.json",
      "pnpm-lock.yaml",
      "pnpm-workspace.yaml",
      "tsconfig.json",
      "biome.json",
      ".gitignore",
    ]) {
      cpSync(join(repository, file), join(this.root, file));
    }
    for (const member of ["pipeline", "policies", "sandbox"]) {
      mkdirSync(join(this.root, member));
      cpSync(join(repository, member, "package.json"), join(this.root, member, "package.json"));
    }
    writeFileSync(
      this.npm,
      `require("fs").appendFileSync(__dirname + "/calls", process.argv.slice(2).join(" ") + "\\n");
      require("fs").mkdirSync("node_modules", { recursive: true });
      process.exit(${npmExitCode});`,
    );
  }

  /** Runs as npm would: `npm start`, `npm test`. */
  npmRun(script: "start" | "test", env: NodeJS.ProcessEnv, preload: string[] = []) {
    const args = [...preload, "-r", "./bootstrap/node-version.cjs", `bootstrap/${script}.mjs`];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: this.root,
      encoding: "utf8",
      env: { npm_execpath: this.npm, ...env },
    });
    return { code: status, stdout, stderr };
  }

  get npmCalls(): string[] {
    const calls = join(dirname(this.npm), "calls");
    return existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
    rmSync(dirname(this.npm), { recursive: true, force: true });
  }
}

describe("npm start", () => {
  let clone: BareClone;
  afterEach(() => clone.remove());

  test("GIVEN a Node.js that is too old THEN one sentence, before anything else", () => {
    clone = new BareClone();
    const old = join(clone.root, "old.cjs");
    writeFileSync(old, 'Object.defineProperty(process.versions, "node", { value: "18.20.8" });');
    expect(clone.npmRun("start", {}, ["-r", old])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "Groundwork needs Node.js 20.19 or newer, and this is 18.20.8: " +
        "install a current one from https://nodejs.org/en/download and run the command again.\n",
    });
    expect(clone.npmCalls).toEqual([]);
  });

  test("GIVEN no Terraform and no way to its release THEN one sentence, before packages are installed", () => {
    clone = new BareClone();
    const site = "http://127.0.0.1:9";
    const { code, stderr } = clone.npmRun("start", { PATH: "", GROUNDWORK_RELEASE_SITE: site });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Downloading Terraform 1\.11\.4 from .*\nGroundwork needs Terraform, and 127\.0\.0\.1:9 could not be reached .*\. Install .*\.\n$/,
    );
    expect(clone.npmCalls).toEqual([]);
    expect(existsSync(join(clone.root, "node_modules"))).toBe(false);
  });

  test("GIVEN packages that can't be installed THEN it says so and stops", () => {
    clone = new BareClone(3);
    const { code, stderr } = clone.npmRun("start", { PATH: process.env.PATH });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "Installing the packages failed (pnpm@10.34.8 ended with 3; its reason is above).",
    );
    expect(clone.npmCalls).toEqual(["exec --yes -- pnpm@10.34.8 install --frozen-lockfile --prefer-offline"]);
  });
});

describe("npm test", () => {
  let clone: BareClone;
  afterEach(() => clone.remove());

  test("GIVEN checks and tests that pass and fail THEN the last line counts them, and packages are installed once", () => {
    clone = new BareClone();
    mkdirSync(join(clone.root, "node_modules"));
    for (const name of ["typescript", "@typescript", "@biomejs", "jest", "@types", "@groundwork"]) {
      const packages = join(repository, "node_modules", name);
      if (existsSync(packages)) symlinkSync(packages, join(clone.root, "node_modules", name));
    }
    rmSync(join(clone.root, "bootstrap"), { recursive: true });
    cpSync(join(repository, "bootstrap"), join(clone.root, "bootstrap"), {
      recursive: true,
      filter: (path) => !/\.test\.ts$|release-site\.ts$|synth\.mjs$|fidelity\.mjs$|bundle\.mjs$/.test(path),
    });
    rmSync(join(clone.root, "bootstrap", "start.mjs"));
    writeFileSync(
      join(clone.root, "jest.config.cjs"),
      'module.exports = { testMatch: ["**/*.test.cjs"] };\n',
    );
    writeFileSync(join(clone.root, "a.test.cjs"), 'test("good", () => {});\ntest.todo("later");\n');
    writeFileSync(join(clone.root, "b.ts"), 'export const wrong: number = "text";\n');

    const first = clone.npmRun("test", { PATH: process.env.PATH });
    expect(first.stderr).toMatch(/Types: failed .*\n.*b\.ts.*TS2322/);
    expect(first.stdout.split("\n").slice(-2)).toEqual(["2 passed, 1 failed, 1 skipped", ""]);
    expect(first.code).toBe(1);
    expect(clone.npmCalls).toHaveLength(1);
  }, 300_000);
});
