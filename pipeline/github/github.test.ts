import { type GitHub, openGitHub } from "./client";
import { longestBody, shortened } from "./marked";
import { pullRequestOf, readPullRequest } from "./pull-request";
import { markStale, writeStickyComment } from "./sticky-comment";
import { syncStickyIssues } from "./sticky-issue";
import { GitHubServer } from "./testing/github-server";

const [old, head] = ["a".repeat(40), "b".repeat(40)];

let server: GitHubServer;
let github: GitHub;
let waits: string[];

beforeEach(async () => {
  server = new GitHubServer();
  const address = await server.start();
  waits = [];
  github = await openGitHub(server.env(address), { second: 1, onWait: (text) => waits.push(text) });
});
afterEach(() => server.stop());

const comment = (more: Partial<Parameters<typeof writeStickyComment>[1]> = {}) =>
  writeStickyComment(github, { pullRequest: 7, sha: head, body: "The plan.", ...more });
const bodies = () => server.pulls.get(7)?.comments.map(({ body }) => body);

describe("the sticky comment", () => {
  test("GIVEN none WHEN written again and again THEN there is one, changed in place", async () => {
    server.addPull(7, head);
    expect(await comment()).toMatchObject({ result: "created", removed: 0 });
    expect(await comment()).toMatchObject({ result: "unchanged" });
    expect(await comment({ body: "Another plan." })).toMatchObject({ result: "updated" });
    expect(await comment({ topic: "policies" })).toMatchObject({ result: "created" });
    expect(bodies()).toEqual([
      `<!-- groundwork:plan sha:${head} -->\nAnother plan.`,
      `<!-- groundwork:policies sha:${head} -->\nThe plan.`,
    ]);
  });

  test("GIVEN it is far down, twice, and copied by somebody THEN the newest of ours is found, and only ours is touched", async () => {
    const pull = server.addPull(7, head);
    const mark = `<!-- groundwork:plan sha:${old} -->\nOld plan.`;
    server.addComment(pull, mark);
    for (let i = 0; i < 230; i++) server.addComment(pull, `talk ${i}`, { login: "bob", type: "User" });
    server.addComment(pull, mark, { login: "mallory", type: "User" });
    server.addComment(pull, mark);
    expect(await comment()).toMatchObject({ result: "updated", removed: 1 });
    expect(bodies()?.filter((body) => body.startsWith("<!--"))).toEqual([
      mark,
      `<!-- groundwork:plan sha:${head} -->\nThe plan.`,
    ]);
    expect(pull.comments.find(({ body }) => body === mark)?.user.login).toBe("mallory");
  });

  test("GIVEN the token of a person THEN their comments are ours, and no bot's", async () => {
    const pull = server.addPull(7, head);
    server.addComment(pull, "<!-- groundwork:plan -->\nA bot's.", { login: "other[bot]", type: "Bot" });
    server.viewer = { login: "ann", type: "User" };
    expect(await comment()).toMatchObject({ result: "created" });
    expect(await comment({ body: "2" })).toMatchObject({ result: "updated", removed: 0 });
  });

  test("GIVEN a plan of an older commit THEN it says so, and never replaces the head's", async () => {
    server.addPull(7, head);
    await comment({ sha: old });
    expect(bodies()?.[0]).toMatch(
      /^<!-- .* sha:a+ -->\n> \[!WARNING\]\n> \*\*Stale\.\*\* This is the plan of aaaaaaaaaaaa; the head is bbbbbbbbbbbb now\.\n\nThe plan\.$/,
    );
    await comment();
    expect(await comment({ sha: old, body: "Late." })).toMatchObject({ result: "newer there" });
    expect(bodies()).toEqual([`<!-- groundwork:plan sha:${head} -->\nThe plan.`]);
  });

  test("GIVEN a new push WHEN marked THEN the comment is stale, once", async () => {
    const pull = server.addPull(7, old);
    await comment({ sha: old });
    expect(await markStale(github, 7)).toBe(false);
    pull.head.sha = head;
    expect([await markStale(github, 7), await markStale(github, 7)]).toEqual([true, false]);
    expect(bodies()?.[0]).toContain("**Stale.**");
    expect(bodies()?.[0]).toContain("The plan.");
  });

  test("GIVEN it is deleted while it is written THEN there is a new one", async () => {
    server.addPull(7, head);
    await comment();
    server.trouble({ status: 404, message: "Not Found", method: "PATCH" });
    expect(await comment({ body: "2" })).toMatchObject({ result: "created" });
  });

  test("GIVEN a body of any length THEN what is sent fits, stale or not", async () => {
    server.addPull(7, head);
    const body = `# Plan\n<details>\n\n\`\`\`diff\n${"+ a line of a plan\n".repeat(8_000)}\`\`\`\n</details>\n`;
    await comment({ body });
    const sent = bodies()?.[0] ?? "";
    expect(sent.length).toBeGreaterThan(65_000);
    expect(sent.length).toBeLessThanOrEqual(longestBody);
    expect(sent).toMatch(/\n```\n<\/details>\n\n_The rest doesn't fit into a comment\._\n$/);
    expect((await comment({ body, sha: old })).result).toBe("newer there");
    expect(shortened("x".repeat(70_000)).length).toBeLessThanOrEqual(longestBody);
  });
});

describe("GitHub's moods", () => {
  test("GIVEN server errors THEN it is tried again; GIVEN a secondary limit THEN as late as asked", async () => {
    server.addPull(7, head);
    server.trouble({ status: 502, message: "Server Error", method: "GET", times: 2 });
    server.trouble({
      status: 403,
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      headers: { "retry-after": "60" },
      method: "POST",
    });
    expect(await comment()).toMatchObject({ result: "created" });
    expect(waits).toEqual([
      "GitHub's secondary rate limit is reached (POST /repos/{owner}/{repo}/issues/{issue_number}/comments): waiting 60 s.",
    ]);
  });

  test.each([
    [401, "Bad credentials", "the token is not valid"],
    [
      403,
      "Resource not accessible by integration",
      'it needs the permission "pull-requests: write", which a workflow of a fork never has',
    ],
  ])("GIVEN %s THEN it says what to do", async (status, message, words) => {
    server.addPull(7, head);
    server.trouble({ status, message, method: "POST", times: 9 });
    await expect(comment()).rejects.toThrow(words);
  });

  test("GIVEN no such pull request THEN it says so; GIVEN no repository THEN what to set", async () => {
    await expect(comment()).rejects.toThrow("refused to comment on pull request 7: 404");
    await expect(openGitHub({ GITHUB_REPOSITORY: "shop" })).rejects.toThrow(
      /GITHUB_REPOSITORY: found shop; expected OWNER\/NAME\n.*GITHUB_TOKEN: found nothing/,
    );
  });
});

describe("what was said of a pull request", () => {
  test("GIVEN more commits than GitHub lists THEN whoever wrote the others is an author too", async () => {
    const own = Array.from({ length: 310 }, () => ({ author: "ann", committer: "ann" }));
    server.addPull(7, head, { commits: [...own, { author: "late", committer: "web-flow" }] });
    expect((await readPullRequest(github, 7, [])).said.authors).toEqual(["ann", "late"]);
  });

  test("GIVEN labels, reviews and teams THEN each is told with who, when and whose", async () => {
    const pull = server.addPull(7, head, {
      labels: ["approve:destroy", "size:L"],
      body: "Moves the cluster.\nEmergency: orders can't be paid\n",
      mergedAs: "c".repeat(40),
      commits: [
        { author: "ann", committer: "web-flow" },
        { author: "eve", committer: "eve" },
        { author: null, committer: null },
      ],
    });
    const at = (minute: number) => `2026-11-21T12:${String(minute).padStart(2, "0")}:00Z`;
    pull.events.push(
      { event: "labeled", actor: "dan", label: "approve:destroy", created_at: at(1) },
      { event: "unlabeled", actor: "ann", label: "approve:destroy", created_at: at(2) },
      { event: "labeled", actor: "bob", label: "approve:destroy", created_at: at(3) },
      { event: "labeled", actor: "ann", label: "approve:tier", created_at: at(4) },
      { event: "labeled", actor: "ann", label: "size:L", created_at: at(4) },
    );
    pull.reviews.push(
      { user: "carol", state: "APPROVED", submitted_at: at(5) },
      { user: "carol", state: "COMMENTED", submitted_at: at(6) },
      { user: "dan", state: "APPROVED", submitted_at: at(5) },
      { user: "dan", state: "CHANGES_REQUESTED", submitted_at: at(7) },
    );
    server.teams.set("platform", ["bob"]).set("data", ["bob", "carol"]);
    server.pushes.push({ ref: "refs/heads/change", after: head, timestamp: at(0) });

    expect(await readPullRequest(github, 7, ["platform", "data"])).toEqual({
      number: 7,
      url: "https://github.com/hazelwick/shop/pull/7",
      head,
      base: "main",
      fromFork: false,
      mergedAs: "c".repeat(40),
      said: {
        authors: ["ann", "eve"],
        pushedAt: at(0),
        labels: [
          { label: "approve:destroy", by: "bob", at: at(3), teams: ["platform", "data"] },
          { label: "size:L", by: "ann", at: at(4), teams: [] },
        ],
        reviews: [{ by: "carol", at: at(5), teams: ["data"] }],
        emergency: { reason: "orders can't be paid" },
      },
    });
    expect(await pullRequestOf(github, "c".repeat(40))).toEqual({ number: 7, head });
    expect(await pullRequestOf(github, old)).toBeUndefined();
  });

  test("GIVEN a fork whose pushes can't be seen THEN only what comes after everything else counts", async () => {
    server.addPull(7, head, { head: { sha: head, ref: "main", repo: "mallory/shop" } });
    expect(await readPullRequest(github, 7, [])).toMatchObject({
      fromFork: true,
      said: { pushedAt: "2026-11-21T12:00:00Z" },
    });
  });
});

describe("issues that open and close by themselves", () => {
  const drift = (stack: string, body = "Changed.") => ({
    topic: `drift ${stack}`,
    title: `Drift in ${stack}`,
    body,
  });
  const sync = (wanted: Parameters<typeof syncStickyIssues>[2], ...settled: string[]) =>
    syncStickyIssues(github, "drift", wanted, new Map(settled.map((one) => [one, "In step again."])));

  test("GIVEN drift that comes, changes and goes THEN its issue is opened once, updated and closed", async () => {
    expect((await sync([drift("dev-data"), drift("dev-network")])).map(({ result }) => result)).toEqual([
      "opened",
      "opened",
    ]);
    expect((await sync([drift("dev-data")])).map(({ result }) => result)).toEqual(["unchanged"]);
    const changes = await sync(
      [drift("dev-data", "Changed more.")],
      "drift dev-network",
      "drift dev-release",
    );
    expect(changes.map(({ topic, result }) => [topic, result])).toEqual([
      ["drift dev-data", "updated"],
      ["drift dev-network", "closed"],
    ]);
    const [data, network] = [...server.issues.values()];
    expect(data).toMatchObject({ state: "open", labels: ["drift"] });
    expect(data?.body).toBe("<!-- groundwork:drift dev-data -->\nChanged more.");
    expect([network?.state, network?.comments[0]?.body]).toEqual(["closed", "In step again."]);
    expect((await sync([drift("dev-network")])).map(({ result }) => result)).toEqual(["opened"]);
  });

  test("GIVEN two of one topic, a locked one and one of somebody else THEN one stays, theirs is left alone", async () => {
    await sync([drift("dev-data")]);
    const [first] = [...server.issues.values()];
    server.addIssue({ ...drift("dev-data"), body: first?.body ?? "", labels: ["drift"], locked: true });
    server.addIssue({
      title: "mine",
      body: first?.body ?? "",
      labels: ["drift"],
      user: { login: "bob", type: "User" },
    });
    const changes = await sync([drift("dev-data")]);
    expect(changes.map(({ result }) => result)).toEqual(["unchanged", "closed"]);
    expect([...server.issues.values()].map(({ state }) => state)).toEqual(["open", "closed", "open"]);
  });

  test("GIVEN issues are disabled THEN it says so", async () => {
    server.issuesDisabled = true;
    await expect(sync([drift("dev-data")])).rejects.toThrow("410, issues are disabled in this repository");
  });
});
