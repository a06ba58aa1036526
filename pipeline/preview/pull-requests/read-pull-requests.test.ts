import { type GitHub, openGitHub } from "../../github/client";
import { GitHubServer } from "../../github/testing/github-server";
import { readOpenPreviewed, readPreviewed, readWish } from "./read-pull-requests";

const head = "b".repeat(40);
const at = (day: number) => `2026-11-${String(day).padStart(2, "0")}T12:00:00.000Z`;

let server: GitHubServer;
let github: GitHub;

beforeEach(async () => {
  server = new GitHubServer();
  github = await openGitHub(server.env(await server.start()), { second: 1 });
});
afterEach(() => server.stop());

describe("what a preview knows of its pull request", () => {
  test("GIVEN pushes, comments and a forged clock THEN it was active at its last push", async () => {
    server.addPull(7, head, { createdAt: at(1), updatedAt: at(20), labels: ["preview:keep-9d"] });
    server.pushes.push({ ref: "refs/heads/change", after: head, timestamp: at(3) });
    expect(await readPreviewed(github, 7)).toEqual({
      number: 7,
      title: "Change 7",
      url: "https://github.com/hazelwick/shop/pull/7",
      owner: "ann",
      head,
      isOpen: true,
      fromFork: false,
      labels: ["preview:keep-9d"],
      activeAt: at(3),
    });
  });

  test("GIVEN it was reopened THEN that counts; GIVEN a fork or nothing known THEN its opening", async () => {
    const pull = server.addPull(7, head, { createdAt: at(1) });
    pull.events.push(
      { event: "closed", actor: "ann", created_at: at(8) },
      { event: "reopened", actor: "ann", created_at: at(9) },
      { event: "labeled", actor: "ann", label: "bug", created_at: at(11) },
    );
    server.addPull(8, head, { createdAt: at(2), head: { sha: head, ref: "change", repo: "mallory/shop" } });
    server.addPull(9, head, { createdAt: at(2), head: { sha: head, ref: "change", repo: null } });
    expect((await readPreviewed(github, 7))?.activeAt).toBe(at(9));
    expect(await readPreviewed(github, 8)).toMatchObject({ fromFork: true, activeAt: at(2) });
    expect(await readPreviewed(github, 9)).toMatchObject({ fromFork: true, activeAt: at(2) });
    expect(await readPreviewed(github, 10)).toBeUndefined();
  });

  test("GIVEN it is closed, or from a fork THEN it gets no preview; GIVEN it is open, or nobody knows it THEN it does", async () => {
    server.addPull(7, head);
    server.addPull(8, head, { state: "closed", mergedAs: head });
    server.addPull(9, head, { head: { sha: head, ref: "change", repo: "mallory/shop" } });
    expect(await Promise.all([7, 8, 9, 10].map((number) => readWish(github, number, at(20))))).toEqual([
      {},
      { unwanted: "Pull request #8 is closed; reopened, it gets a preview." },
      { unwanted: "Pull request #9 comes from a fork, which has no previews." },
      {},
    ]);
    server.trouble({ status: 403, message: "Resource not accessible by integration" });
    await expect(readWish(github, 7, at(20))).rejects.toThrow('it needs the permission "pull-requests: read');
  });

  test("GIVEN its time is over THEN it gets none, until a label gives it more", async () => {
    const pull = server.addPull(7, head, { createdAt: at(1) });
    server.pushes.push({ ref: "refs/heads/change", after: head, timestamp: at(3) });
    expect(await readWish(github, 7, at(9))).toEqual({ activeAt: at(3) });
    expect(await readWish(github, 7, at(12))).toEqual({
      activeAt: at(3),
      unwanted: expect.stringContaining("was over on 2026-11-10; a push, reopening"),
    });
    pull.labels.push("preview:keep-14d");
    expect(await readWish(github, 7, at(12))).toEqual({ activeAt: at(3) });
  });

  test("GIVEN many pull requests THEN only the open ones that are asked for are told, and only those looked up", async () => {
    for (let number = 1; number <= 250; number++) {
      server.addPull(number, head, number % 5 === 0 ? { state: "closed" } : {});
    }
    server.addPull(300, head, { head: { sha: head, ref: "change", repo: "mallory/shop" } });
    const { asked, forks } = await readOpenPreviewed(github, new Set([1, 5, 249, 900]));
    expect([asked.map(({ number }) => number), forks]).toEqual([[1, 249], [300]]);
    expect(server.requests.filter((request) => request.endsWith("/events"))).toHaveLength(2);
  });

  test("GIVEN GitHub is down THEN nothing is concluded", async () => {
    server.trouble({ status: 401, message: "Bad credentials", times: 9 });
    await expect(readOpenPreviewed(github, new Set([1]))).rejects.toThrow("the token is not valid");
  });

  test("GIVEN pushes that can't be read THEN nobody is taken for inactive", async () => {
    server.addPull(7, head, { createdAt: at(1) });
    server.trouble({ status: 403, message: "Resource not accessible", path: /activity/, times: 9 });
    await expect(readOpenPreviewed(github, new Set([7]))).rejects.toThrow(
      'permission "pull-requests: read, contents: read"',
    );
  });
});
