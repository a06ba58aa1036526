import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Clone } from "./clone";

interface Planned {
  rehearsed?: boolean;
  digest: string;
  counts: Record<string, number>;
}

describe("a plan that trusts nobody", () => {
  let clone: Clone;
  let synthesized: string;

  beforeAll(() => {
    clone = new Clone();
    clone.reduceTo("dev");
    synthesized = mkdtempSync(join(tmpdir(), "synthesized-"));
    writeFileSync(join(clone.root, ".gitignore"), "node_modules\ndist/\ncdktf.out/\n.groundwork/\n");
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: clone.root });
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "base");
  });
  afterAll(async () => {
    await clone.remove();
    rmSync(synthesized, { recursive: true, force: true });
  });

  test("GIVEN a fork's change and no account THEN its plan is against what the base makes, and says so", async () => {
    const before = readFileSync(join(clone.root, "environments", "dev.ts"), "utf8");
    clone.differ("dev", "network.connectorMax", "7");
    const planned = await clone.ask<Planned>("plan", "dev", "--changed-since", "HEAD", "--from-base");
    expect(planned).toMatchObject({ rehearsed: true });
    expect(planned.counts).toMatchObject({ delete: 0, replace: 0 });
    expect(planned.counts.create).toBeLessThan(10);

    // The same, synthesized elsewhere: the code here is the base's again, and not asked.
    cpSync(join(clone.root, "cdktf.out"), synthesized, { recursive: true });
    writeFileSync(join(clone.root, "environments", "dev.ts"), before);
    const options = ["--changed-since", "HEAD", "--synthesized", synthesized];
    const again = await clone.ask<Planned>("plan", "dev", ...options);
    expect([again.digest, again.rehearsed]).toEqual([planned.digest, undefined]);
    const { include } = await clone.ask<{ include: object[] }>("matrix", "dev", ...options);
    expect(include).toEqual([{ job: "dev", id: "dev", environment: "dev", stacks: "dev-network" }]);

    // What asks for more than resources is not planned at all.
    writeFileSync(join(synthesized, "stacks", "dev-network", "more.tf"), 'data "external" "x" {}');
    const { code, stderr } = await clone.run("plan", "dev", ...options);
    expect([code, stderr]).toEqual([2, expect.stringContaining("dev-network: found more.tf")]);
  }, 300_000);

  test("GIVEN a commit that changes nothing of an environment THEN its deploy has nothing to do, planned or not", async () => {
    const deploy = ["deploy", "--ref", "main", "--only", "dev"];
    const { code, stdout } = await clone.run(...deploy, "--since", "HEAD");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing of dev differs from HEAD.")]);
    const refused = await clone.run(...deploy);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("Nothing was planned")]);
  }, 300_000);

  test("GIVEN the cloud, or no base THEN nothing is brought up", async () => {
    const { code, stderr } = await clone.run("plan", "dev", "--from-base");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--changed-since: found nothing")]);
    const cloud = ["--from-base", "--changed-since", "HEAD", "--target", "cloud"];
    expect(await clone.run("plan", "dev", ...cloud)).toMatchObject({ code: 2 });
  });
});
