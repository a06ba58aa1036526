import { type GitHub, openGitHub } from "../../github/client";
import { GitHubServer } from "../../github/testing/github-server";
import type { PreviewPlace, PreviewRecord } from "../contract";
import { commentBody } from "./body";
import { commentListener } from "./tell";

const [old, head] = ["a".repeat(40), "b".repeat(40)];
const record = (sha = head): PreviewRecord => ({
  version: 1,
  pr: 7,
  sha,
  title: "Pay with vouchers",
  owner: "ann",
  labels: [],
  pushedAt: "2026-11-21T10:00:00.000Z",
  expiresAt: "2026-11-28T10:00:00.000Z",
  changedServices: [],
  state: "up",
  askedAt: "2026-11-21T10:00:00.000Z",
  createdAt: "2026-11-21T10:00:00.000Z",
  changedAt: "2026-11-21T10:00:00.000Z",
  urls: {
    sites: { storefront: "https://shop--pr-7-x.web.app" },
    services: { orders: "https://pr-7-bbbbbbb-dot-orders.appspot.com" },
    gateways: {},
  },
  monthlyCost: 1.456,
});
const place = {} as PreviewPlace;

let server: GitHubServer;
let github: GitHub;
beforeEach(async () => {
  server = new GitHubServer();
  github = await openGitHub(server.env(await server.start()), { second: 1 });
});
afterEach(() => server.stop());

describe("the preview's comment", () => {
  test("GIVEN ups, a failure, no room and the end THEN there is one, which says how it is now", async () => {
    const pull = server.addPull(7, head);
    const { up, mistaken, down } = commentListener(github);
    const body = () => {
      expect(pull.comments).toHaveLength(1);
      return pull.comments[0]?.body ?? "";
    };
    await up?.(place, { record: record(), result: "up", seconds: 4 });
    expect(body()).toMatch(/^<!-- groundwork:preview sha:b+ -->\n### Preview of `bbbbbbb`/);
    expect(body()).toContain("| site | storefront | https://shop--pr-7-x.web.app |");
    expect(body()).toContain(
      "Ends 2026-11-28 at 10:00 UTC, or when the pull request is closed; about $1.46 a month.",
    );
    await up?.(place, { record: record(head.slice(0, 7)), result: "up", seconds: 4 });
    await up?.(place, { record: record(), result: "superseded", seconds: 4 });
    expect(body()).not.toContain("Stale");

    await up?.(place, { record: record(old), result: "up", seconds: 4 });
    expect(body()).toContain("### Preview of `bbbbbbb`");
    await up?.(place, { record: record(), result: "failed", answer: "no ```room```", seconds: 4 });
    expect(body()).toContain("````\nno ```room```\n````");
    const answer = "There are 25 previews already, of 25 at most. The oldest is pull request #3.";
    await up?.(place, { record: record(), result: "refused", answer, seconds: 4 });
    expect(body()).toContain(`### There is no room for a preview\n\n${answer}`);
    await mistaken?.(place, { pr: 7, sha: head, answer: "labels: found preview:own-planet" });
    expect(body()).toMatch(/^<!-- .* -->\n### There is no preview of `bbbbbbb`\n\n```\nlabels: found/);
    await down?.(place, { pr: 7, steps: [{ step: "stack", result: "removed" }], gone: true, seconds: 3 });
    expect(body()).toContain("### The preview is gone");
    // Nobody hears of what never was.
    await down?.(place, { pr: 8, steps: [{ step: "stack", result: "removed" }], gone: true, seconds: 3 });
  });

  test("GIVEN a preview of a commit that is no longer the head THEN it says so", async () => {
    const pull = server.addPull(7, head);
    await commentListener(github).up?.(place, { record: record(old), result: "up", seconds: 4 });
    expect(pull.comments[0]?.body).toContain(
      "This is the preview of aaaaaaaaaaaa; the head is bbbbbbbbbbbb now.",
    );
  });

  test("GIVEN a fork or an end THEN it says what to do", () => {
    expect(commentBody({ kind: "fork" })).toContain("npx groundwork preview up --pr 1 --sha");
    expect(commentBody({ kind: "expired", expiredAt: "2026-11-28T10:00:00.000Z" })).toContain(
      "ended 2026-11-28 at 10:00 UTC",
    );
    expect(commentBody({ kind: "ends soon", record: record() })).toMatch(
      /^> \[!WARNING\]\n> \*\*This preview ends 2026-11-28 at 10:00 UTC\.\*\* To keep it, push, or add the label `preview:keep-30d`\./,
    );
  });
});
