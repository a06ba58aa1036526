import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interruption } from "../interruption";
import { synthesizeInto } from "../synthesis/synthesize";
import { affectedSince } from "./affected";
import { synthesizeBase } from "./base";

/** An app that makes stacks of what stands in platform.json, with a package that is not in git. */
const app = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "packaged";
const stacks = JSON.parse(readFileSync("platform.json", "utf8"));
const out = process.env.CDKTF_OUTDIR;
const listed = [];
for (const [name, content] of Object.entries(stacks)) {
  if (content === "broken") { console.error(JSON.stringify({ headline: "It can't be used.", problems: [] })); process.exit(2); }
  const workingDirectory = "stacks/" + name;
  mkdirSync(join(out, workingDirectory), { recursive: true });
  writeFileSync(join(out, workingDirectory, "cdk.tf.json"), JSON.stringify({ content, version }));
  const [environment, stack] = name.split("-");
  listed.push({ name, environment, stack, dependsOn: [], project: "p", workingDirectory, providers: {} });
}
writeFileSync(join(out, "groundwork.json"), JSON.stringify({ version: 1, stacks: listed }));
`;

describe("the base that a pull request is compared with", () => {
  let root: string;
  const interruption = new Interruption();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: root,
      encoding: "utf8",
    }).trim();
  const write = (stacks: object) => writeFileSync(join(root, "platform.json"), JSON.stringify(stacks));
  const commit = (stacks: object, message: string) => {
    write(stacks);
    git("add", "-A");
    git("commit", "-qm", message);
  };
  const compare = async (since: string) => {
    const base = await synthesizeBase(root, since, interruption);
    const head = await synthesizeInto(root, join(root, "cdktf.out"), interruption);
    const { stacks, unaffected, orphans } = affectedSince(base, head, []);
    return {
      since: base.name,
      changed: stacks.map(({ name }) => name),
      same: unaffected.map(({ name }) => name),
      gone: orphans.map(({ stack }) => stack.name),
    };
  };

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "base-"));
    mkdirSync(join(root, "bootstrap"));
    mkdirSync(join(root, "node_modules", "packaged"), { recursive: true });
    writeFileSync(join(root, "node_modules", "packaged", "index.mjs"), "export const version = 1;");
    writeFileSync(join(root, "node_modules", "packaged", "package.json"), '{"exports":"./index.mjs"}');
    writeFileSync(join(root, "bootstrap", "synth.mjs"), app);
    writeFileSync(join(root, ".gitignore"), "node_modules/\ncdktf.out/\n.groundwork/\n");
    git("init", "-q", "-b", "main");
    commit({ "dev-data": 1, "dev-network": 1, "dev-cache": 1 }, "first");
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("GIVEN a ref THEN only what differs from it is affected, and the work tree is left alone", async () => {
    git("tag", "reviewed");
    write({ "dev-network": 1, "dev-data": 2, "prod-data": 1 });
    const status = git("status", "--porcelain");
    const found = await compare("reviewed");
    expect(found).toEqual({
      since: expect.stringMatching(/^reviewed \([0-9a-f]{10}\)$/),
      changed: ["dev-data", "prod-data"],
      same: ["dev-network"],
      gone: ["dev-cache"],
    });
    expect(git("status", "--porcelain")).toBe(status);
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
    expect(readdirSync(join(root, ".groundwork", "bases"))).toHaveLength(1);
  });

  test("GIVEN the same commit again THEN it is not synthesized again, and the answer is the same", async () => {
    const kept = join(root, ".groundwork", "bases");
    const [name = ""] = readdirSync(kept);
    const file = join(kept, name, "stacks", "dev-network", "cdk.tf.json");
    writeFileSync(file, `${readFileSync(file, "utf8")} `);
    expect((await compare("main")).changed).toContain("dev-network");
    rmSync(join(kept, name), { recursive: true });
    expect((await compare("main")).changed).not.toContain("dev-network");
  });

  test("GIVEN a folder of something synthesized THEN that is the base", async () => {
    const folder = join(root, ".groundwork", "released");
    await synthesizeInto(root, folder, interruption);
    expect(await compare(folder)).toMatchObject({ changed: [], gone: [] });
  });

  test("GIVEN what was before the first commit THEN everything is new; GIVEN a shallow clone THEN that isn't known", async () => {
    write({ "dev-data": 1 });
    const everything = { since: "nothing", changed: ["dev-data"], same: [], gone: [] };
    for (const since of ["HEAD^", "HEAD~1", "reviewed~", "0".repeat(40)]) {
      expect(await compare(since)).toEqual(everything);
    }
    const clone = mkdtempSync(join(tmpdir(), "shallow-"));
    git("commit", "-qm", "second", "--allow-empty");
    git("clone", "-q", "--depth", "1", `file://${root}`, clone);
    await expect(synthesizeBase(clone, "HEAD^", interruption)).rejects.toThrow("found HEAD^");
    rmSync(clone, { recursive: true });
  });

  test("GIVEN what git does not know THEN it says what is missing; GIVEN a broken base THEN whose fault it is", async () => {
    await expect(compare("origin/nowhere")).rejects.toThrow(
      "--changed-since: found origin/nowhere; expected a branch, tag or commit that git has here",
    );
    await expect(compare("--output=x")).rejects.toThrow("--changed-since: found --output=x");
    commit({ "dev-data": "broken" }, "broken");
    write({ "dev-data": 1 });
    await expect(compare("HEAD")).rejects.toThrow(
      /^HEAD \([0-9a-f]{10}\), which the code is compared with, can't be/,
    );
  });
});
