import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "./clone";

interface Deployed {
  ref: string;
  commit: string;
  steps: { environment: string }[];
  environments: { environment: string; stacks: { result: string }[]; totals?: object; since?: string }[];
  notReached: string[];
  waiting: string[];
  error?: { kind: string };
}

describe("groundwork deploy", () => {
  let clone: Clone;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: clone.root,
      encoding: "utf8",
    }).trim();
  const commit = (message: string) => {
    git("add", "-A");
    git("commit", "-qm", message);
    return git("rev-parse", "HEAD");
  };

  beforeAll(() => {
    clone = new Clone();
    clone.reduceTo("preview", "prod");
    writeFileSync(join(clone.root, ".gitignore"), "node_modules\ndist/\ncdktf.out/\n.groundwork/\n");
    git("init", "-q", "-b", "main");
  });
  afterAll(() => clone.remove());

  test("GIVEN a repository's first commit THEN it is brought up in the sandbox, and nothing is left to do", async () => {
    commit("first");
    const plan = ["preview", "--changed-since", "HEAD^", "--from-base", "--save"];
    expect(await clone.ask("plan", ...plan)).toMatchObject({
      rehearsed: true,
      counts: { create: 0, update: 0, replace: 0, delete: 0 },
    });
    const deploy = ["deploy", "--ref", "main", "--only", "preview", "--since"];
    const { environments } = await clone.ask<Deployed>(...deploy, "0".repeat(40));
    expect(environments).toEqual([
      expect.objectContaining({
        environment: "preview",
        stacks: Array(6).fill(expect.objectContaining({ result: "up to date" })),
      }),
    ]);
  }, 300_000);

  test("GIVEN several environments THEN one document tells of all, and of what waits; also when it can't go on", async () => {
    const before = git("rev-parse", "HEAD");
    writeFileSync(join(clone.root, "NOTES.md"), "Only a document.\n");
    const head = commit("a document");
    expect(await clone.ask<Deployed>("deploy", "--ref", "main", "--since", before)).toEqual({
      ref: "refs/heads/main",
      reasons: [],
      commit: head,
      steps: expect.arrayContaining([expect.objectContaining({ environment: "prod" })]),
      environments: [{ environment: "preview", since: before, stacks: [] }],
      waiting: ["prod"],
      notReached: [],
    });

    // What was there before a force push is nowhere: it is as if nothing was said of it.
    const refused = await clone.run("deploy", "--ref", "main", "--since", "f".repeat(40), "--json");
    expect([refused.code, refused.stderr, JSON.parse(refused.stdout)]).toEqual([
      2,
      expect.stringContaining("is not in this clone"),
      expect.objectContaining({
        commit: head,
        environments: [],
        error: expect.objectContaining({ kind: "user" }),
      }),
    ]);
  }, 300_000);

  test("GIVEN a tag over several merges THEN it is planned itself, with what one of them took out, and just that is applied", async () => {
    clone.edit(
      "environments/delivery.ts",
      "  routes: [",
      '  routes: [\n    { ref: { tag: "v*" }, to: [{ environment: "preview", mode: "automatic" }] },',
    );
    clone.edit("stacks/environment-stacks.ts", "  ObservabilityStack,\n", "");
    const decided = { decision: "destroy", reason: "nobody looks at it" };
    writeFileSync(
      join(clone.root, "environments", "orphans.json"),
      JSON.stringify([{ stack: "preview-observability", ...decided }]),
    );
    commit("less");
    writeFileSync(join(clone.root, "NOTES.md"), "Another document.\n");
    const tagged = commit("more");
    git("tag", "v1");
    const deploy = ["deploy", "--ref", "refs/tags/v1", "--only", "preview"];
    const unplanned = await clone.run(...deploy);
    expect([unplanned.code, unplanned.stderr]).toEqual([
      2,
      expect.stringContaining(`groundwork plan preview --save --sha ${tagged}`),
    ]);

    const planned = await clone.ask<{ orphans: object[]; counts: { delete: number } }>(
      ...["plan", "preview", "--save", "--since", "HEAD^^"],
    );
    expect(planned.orphans).toMatchObject([{ name: "preview-observability", decision: "destroy" }]);
    const { environments } = await clone.ask<Deployed>(...deploy);
    // The environment's trust takes tags now: that changes its foundation.
    expect(environments[0]?.totals).toEqual({
      ...{ stacks: 2, added: 0, changed: 1, destroyed: planned.counts.delete },
    });
    expect(planned.counts.delete).toBeGreaterThan(0);
  }, 120_000);

  test("GIVEN another branch, or no such environment THEN nothing is deployed", async () => {
    git("checkout", "-q", "-b", "feature");
    expect(await clone.ask("deploy", "--ref", "feature")).toMatchObject({ steps: [] });
    const before = { ...process.env };
    process.env.GITHUB_ACTIONS = "true";
    const only = await clone.run("deploy", "--ref", "feature", "--only", "prod");
    process.env = before;
    expect(only.stderr).toContain("::error title=Something to change::refs/heads/feature does not lead");
    expect([only.code, only.stderr]).toEqual([
      2,
      expect.stringContaining("refs/heads/feature does not lead to prod"),
    ]);
  }, 300_000);
});
