import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installHooks } from "./hooks.mjs";

const repository = dirname(__dirname);
/** Git without what the machine's users have configured, and without what a hook that runs this test has set. */
const env: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@b.example",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@b.example",
};

describe("Git hooks", () => {
  let root: string;
  const git = (...args: string[]) => spawnSync("git", args, { cwd: root, env, encoding: "utf8" });
  const hooksPath = () => git("config", "--get", "core.hooksPath").stdout.trim();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "hooks-"));
    execFileSync("git", ["init", "--quiet"], { cwd: root, env });
    for (const file of [".husky/pre-commit", "biome.json", ".gitignore"])
      cpSync(join(repository, file), join(root, file));
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN they are installed WHEN something unformatted is committed THEN it is refused, and taken once formatted", () => {
    installHooks(root, {}, () => {});
    expect(hooksPath()).toBe(".husky/_");

    writeFileSync(join(root, "a.ts"), "export const a = 'b'");
    git("add", "a.ts");
    const refused = git("commit", "--quiet", "-m", "a");
    expect(refused.status).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toContain("a.ts format");

    writeFileSync(join(root, "a.ts"), 'export const a = "b";\n');
    git("add", "a.ts");
    expect(git("commit", "--quiet", "-m", "a").status).toBe(0);
  });

  test("GIVEN no packages THEN a commit is not held up", () => {
    installHooks(root, {}, () => {});
    rmSync(join(root, "node_modules"));
    writeFileSync(join(root, "a.ts"), "export const a = 'b'");
    git("add", "a.ts");
    const { status, stderr } = git("commit", "--quiet", "-m", "a");
    expect([status, stderr]).toEqual([0, expect.stringContaining("nothing was checked")]);
  });

  test("GIVEN hooks of one's own, CI, HUSKY=0 or no repository THEN nothing is touched", () => {
    installHooks(root, { CI: "true" }, () => {});
    installHooks(root, { HUSKY: "0" }, () => {});
    expect(hooksPath()).toBe("");

    git("config", "core.hooksPath", "hooks");
    const said: string[] = [];
    installHooks(root, {}, (line) => said.push(line));
    expect([hooksPath(), said]).toEqual(["hooks", [expect.stringContaining("Git looks for hooks in hooks")]]);

    rmSync(join(root, ".git"), { recursive: true });
    expect(() => installHooks(root, {}, () => {})).not.toThrow();
  });
});
