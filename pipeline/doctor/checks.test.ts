import { judge, type MachineFacts } from "./checks";

const good: MachineFacts = {
  platform: "linux",
  nodeVersion: "20.19.0",
  nodeAbi: "115",
  terraform: { product: "OpenTofu", version: "1.11.5", path: "/usr/bin/tofu", from: "PATH" },
  git: "git version 2.50.0",
  packageManager: "pnpm@10.34.8",
  packagesInstalled: true,
  writable: true,
  freeBytes: 5 * 1024 ** 3,
  sandbox: "not running",
  locks: [],
  cdktfAbis: ["115", "127"],
};
const findings = (facts: Partial<MachineFacts>) =>
  judge({ ...good, ...facts })
    .filter(({ result }) => result !== "fine")
    .map(({ name, result, fix }) => [name, result, fix]);

describe("doctor", () => {
  test("GIVEN a good machine THEN everything is fine", () => {
    expect(findings({})).toEqual([]);
  });

  test.each<[string, Partial<MachineFacts>, string, string, RegExp]>([
    ["no Terraform", { terraform: { problem: "none" } }, "Terraform", "missing", /"npm start" downloads it/],
    ["a folder of somebody else", { writable: "EACCES" }, "folder", "missing", /writable/],
    ["Windows", { platform: "win32" }, "system", "missing", /WSL 2/],
    ["a full disk", { freeBytes: 1000 }, "disk", "warning", /1 GB/],
    ["old packages", { packagesInstalled: false }, "packages", "warning", /pnpm@10\.34\.8 install/],
    ["no git", { git: undefined }, "git", "warning", /git-scm/],
    ["a Node.js that cdktf-cli doesn't know", { nodeAbi: "137" }, "cdktf", "warning", /Node\.js 20 or 22/],
    [
      "a lock",
      { locks: ["dev-data, by ann@laptop"] },
      "locks",
      "warning",
      /groundwork state unlock dev-data$/,
    ],
  ])("GIVEN %s THEN it says what to do", (_what, facts, name, result, fix) => {
    expect(findings(facts)).toEqual([[name, result, expect.stringMatching(fix)]]);
  });
});
