import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GitHubServer } from "@groundwork/pipeline/github/testing/github-server";
import { Clone } from "./clone";

interface Drift {
  stacks: { name: string; result: string; drifted: { address: string; attributes: { path: string }[] }[] }[];
  issues?: { topic: string; result: string }[];
}

const commit = "a".repeat(40);
const stack = "dev-network";

describe("the way of a change, by the commands that workflows call", () => {
  let clone: Clone;
  let server: GitHubServer;
  let connector: string;
  const before = { ...process.env };
  const summary = () => readFileSync(join(clone.root, "summary.md"), "utf8");

  beforeAll(async () => {
    clone = new Clone();
    clone.reduceTo("dev");
    server = new GitHubServer();
    Object.assign(process.env, server.env(await server.start()), {
      GITHUB_ACTOR: "ann",
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: join(clone.root, "summary.md"),
    });
    // The pull request that the commit became: GitHub is asked where plans and approvals are.
    server.addPull(7, commit, { mergedAs: "b".repeat(40) });
  });
  afterAll(async () => {
    process.env = before;
    await server.stop();
    await clone.remove();
  });

  test("GIVEN a pull request THEN its plan is kept and commented, and exactly that is applied from main", async () => {
    expect(await clone.run("plan", stack, "--save", "--sha", commit, "--out", "report")).toMatchObject({
      code: 0,
    });
    const said = await clone.run("comment", "--pr", "7", "--report", "report", "--sha", commit);
    expect([said.code, said.stdout]).toEqual([0, expect.stringContaining("Commented: https://github.com/")]);
    const [comment] = server.pulls.get(7)?.comments ?? [];
    expect(comment?.body).toMatch(new RegExp(`^<!-- groundwork:plan sha:${commit} -->\n`));
    expect(comment?.body).toContain(stack);

    // A local runner has no way to GitHub: the comment stands in its log.
    const api = process.env.GITHUB_API_URL;
    process.env.GITHUB_API_URL = "http://127.0.0.1:9";
    const unheard = await clone.run("comment", "--pr", "7", "--report", "report", "--sha", commit);
    process.env.GITHUB_API_URL = api;
    expect([unheard.code, unheard.stdout]).toEqual([0, expect.stringContaining(stack)]);
    expect(unheard.stderr).toContain("GitHub can't be reached from here");

    // Only documents changed: no job planned anything, and so there is no report.
    const nothing = ["--matrix", '{"include":[]}', "--report", "reports", "--sha", commit];
    expect(await clone.run("comment", "--pr", "7", ...nothing)).toMatchObject({ code: 0 });
    expect(comment?.body).toContain("no stack is affected");

    const applied = await clone.ask<{ totals: object }>("apply", stack, "--sha", "b".repeat(40));
    expect(applied.totals).toMatchObject({ stacks: 1, changed: 0, destroyed: 0 });
    expect(summary()).toMatch(
      /^## dev: 1 stack applied\n\nCommit `b{12}` · reviewed as `a{12}` · by ann\n(.*\n)+\| `dev-network` \| applied \| \d+ \| \| \| [\d.]+ \| `[0-9a-f]{12}` \| 1 \|\n/,
    );
  }, 300_000);

  test("GIVEN an edit behind Terraform's back THEN it is drift, with an issue", async () => {
    const folder = join(clone.root, "cdktf.out/stacks", stack);
    const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
      resource: { [type: string]: object };
    };
    connector = `google_vpc_access_connector.${Object.keys(resource.google_vpc_access_connector ?? {})[0]}`;
    await clone.run("sandbox", "edit", connector, "max_instances=7", "--stack", stack);
    const found = await clone.ask<Drift>("drift", stack, "--issues", "--detailed-exitcode");
    expect(found).toMatchObject({
      stacks: [
        {
          name: stack,
          result: "drifted",
          drifted: [{ address: connector, attributes: [{ path: "max_instances" }] }],
        },
      ],
      issues: [{ topic: `drift ${stack}`, result: "opened" }],
    });
    expect([...server.issues.values()][0]?.body).toContain("`max_instances`: `3 → 7`");
    expect(summary()).toContain(`| \`${stack}\` | drifted | 1 | | https://github.com/`);
    expect(summary()).toContain("max_instances: 3 → 7");
  }, 300_000);

  test("GIVEN states WHEN listed and rolled back THEN the one before is in use, the other is kept aside, and the history tells everything", async () => {
    const { versions } = await clone.ask<{ versions: { live: boolean; version: { serial: number } }[] }>(
      "state",
      "list",
      stack,
    );
    const [live] = versions;
    const rolledBack = await clone.ask<{ after: { serial: number }; backup: string }>(
      "state",
      "rollback",
      stack,
      "--yes",
      "--reason",
      "test",
    );
    expect(live?.live).toBe(true);
    expect(rolledBack).toMatchObject({
      after: { serial: (live?.version.serial ?? 0) + 1 },
      backup: expect.stringMatching(/^backups\/network\//),
    });

    const { environments } = await clone.ask<{ environments: { records: { event: object }[]; flaws: [] }[] }>(
      "history",
      "dev",
    );
    expect(environments[0]).toMatchObject({
      flaws: [],
      records: [
        { event: { kind: "began", commit: "b".repeat(40), reviewed: commit, by: { who: "ann" } } },
        { event: { kind: "ended", result: "applied" } },
        { event: { kind: "state", action: "rolled back", reason: "test", backup: rolledBack.backup } },
      ],
    });
  }, 300_000);

  test("GIVEN CDKTF's own commands THEN they tell of the same state", async () => {
    const output = await clone.run("sandbox", "exec", "--", "cdktf", "output", stack);
    expect([output.code, output.stdout]).toEqual([0, expect.stringContaining(stack)]);
  }, 300_000);
});
