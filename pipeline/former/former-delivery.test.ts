import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDelivery } from "../../environments/load-delivery";
import { GitRepository } from "../git/repository";
import type { Stack } from "../synthesis/stack-list";
import { formerDelivery } from "./former-delivery";

test("GIVEN a commit of main that has an environment THEN its stage counts; GIVEN one of a branch THEN nothing is believed", async () => {
  const root = mkdtempSync(join(tmpdir(), "former-delivery-"));
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: root });
    git("init", "-q", "-b", "main");
    git("commit", "-q", "--allow-empty", "-m", "with old");
    git("commit", "-q", "--allow-empty", "-m", "without");
    git("checkout", "-q", "-b", "feature");
    git("commit", "-q", "--allow-empty", "-m", "old is a preview");

    const old: Stack = {
      ...{ name: "old-data", environment: "old", stage: "development", stack: "data", dependsOn: [] },
      ...{ project: "shop-old", providers: {}, folder: "" },
    };
    const packOf = async (since?: string) => {
      const given = { stacks: [old], repository: new GitRepository(root) };
      return (await formerDelivery(loadDelivery(), since, given)).packs.old;
    };
    expect([await packOf("main^"), await packOf("feature"), await packOf("nothing"), await packOf()]).toEqual(
      ["dev", undefined, undefined, undefined],
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
