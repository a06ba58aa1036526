import { createFaults, type Faults } from "@groundwork/sandbox/faults/faults";
import { RestApi } from "@groundwork/sandbox/rest-api/rest-api";
import { TrialCloud } from "@groundwork/sandbox/services/trial-cloud";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { createColors } from "picocolors";
import { StorageBucket } from "../../bucket/storage-bucket";
import { transportOf } from "../../bucket/transport";
import { type GitHub, openGitHub } from "../../github/client";
import { GitHubServer } from "../../github/testing/github-server";
import { CloudApi } from "../clouds/cloud-api";
import { sandboxTransport } from "../clouds/transport";
import { tellPullRequest } from "../comment/tell";
import type { PreviewRecord } from "../contract";
import { readOpenPreviewed, readPreviewed } from "../pull-requests/read-pull-requests";
import { AccountSide } from "../remnants/accounts";
import { AppEngineSide } from "../remnants/app-engine";
import { ArtifactSide, StateBucketSide } from "../remnants/bucket-sides";
import { SecretSide } from "../remnants/secrets";
import { createVersion } from "../remnants/testing";
import { renderSweep } from "./render-report";
import { type SweepOptions, type SweepWork, sweepPreviews } from "./sweep";

const colours = createColors(false);
const project = "acme-dev";
const head = "b".repeat(40);
const now = new Date("2026-11-21T12:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

let cloud: TrialCloud;
let faults: Faults;
let stateServer: StateServer;
let server: GitHubServer;
let github: GitHub;
let bucket: (name: string) => StorageBucket;
let work: SweepWork;
let takenDown: number[];

beforeEach(async () => {
  cloud = new TrialCloud();
  faults = createFaults(cloud.store);
  const apis = new RestApi({ store: cloud.store, services: faults.around(cloud.services), faults });
  stateServer = await startStateServer({ buckets: cloud.store.buckets, token: "t", apis });
  const env = { STORAGE_EMULATOR_HOST: `http://sandbox:t@127.0.0.1:${stateServer.port}` };
  bucket = (name) => new StorageBucket(name, { transport: transportOf(env) });
  server = new GitHubServer();
  github = await openGitHub(server.env(await server.start()), { second: 1 });
  const transport = sandboxTransport(() => env);
  const api = (host: string) => new CloudApi(host, { transport, pause: async () => {} });
  takenDown = [];
  work = {
    sides: [
      new AppEngineSide(api("appengine.googleapis.com"), project),
      new SecretSide(api("secretmanager.googleapis.com"), project),
      new AccountSide(api("iam.googleapis.com"), project),
      new ArtifactSide(bucket("artifacts")),
      new StateBucketSide(bucket("states")),
    ],
    readRecords: async () => [record(5), record(6)],
    readOpen: (numbers) => readOpenPreviewed(github, numbers),
    readOne: (number) => readPreviewed(github, number),
    async down(pr, _askedAt, tell) {
      takenDown.push(pr);
      await tell();
      await bucket("states").remove(`previews/pr-${pr}/preview.json`);
      return { pr, steps: [{ step: "record", result: "removed" }], gone: true, seconds: 0 };
    },
    warn: async ({ expiresAt }, of) => {
      if (of) await tellPullRequest(github, of.pr, { kind: "ends soon", record: { ...of, expiresAt } });
    },
    tellGone: (pr, expiredAt) =>
      tellPullRequest(
        github,
        pr,
        expiredAt === undefined ? { kind: "gone" } : { kind: "expired", expiredAt },
      ),
    tellFork: (pr) => tellPullRequest(github, pr, { kind: "fork" }),
    now: () => now,
    atOnce: 4,
    stop: new AbortController().signal,
  };
  await cloud.created("google_app_engine_application", { location_id: "europe-west" });
  for (const id of ["v1", "v2"]) await version("default", id);
});
afterEach(async () => {
  await server.stop();
  await stateServer.close();
  await cloud.close();
});

const record = (pr: number): PreviewRecord => ({
  version: 1,
  pr,
  sha: head,
  title: `Change ${pr}`,
  owner: "ann",
  labels: [],
  pushedAt: ago(6.5),
  expiresAt: ago(-0.5),
  changedServices: [],
  state: "up",
  askedAt: ago(6.5),
  createdAt: ago(6.5),
  changedAt: ago(6.5),
  urls: { sites: { storefront: `https://shop--pr-${pr}-x.web.app` }, services: {}, gateways: {} },
  monthlyCost: 1.5,
});
const version = (service: string, id: string) => createVersion(cloud, service, id);
const secret = (pr: number) =>
  cloud.created("google_secret_manager_secret", {
    secret_id: `pr-${pr}-secret`,
    replication: [{ auto: [{}] }],
  });
/** Something of a preview on four sides. */
async function leave(pr: number): Promise<void> {
  await version("default", `pr-${pr}-3f9a1c2`);
  await secret(pr);
  await cloud.created("google_service_account", { account_id: `preview-pr-${pr}` });
  await bucket("artifacts").write(`previews/pr-${pr}/3f9a1c2/orders.zip`, "zip");
}
const sweep = (options?: SweepOptions) => sweepPreviews(work, options);
async function left(): Promise<number[]> {
  const found = await Promise.all(work.sides.map((side) => side.read()));
  return [...new Set(found.flat().map(({ pr }) => pr))].sort((a, b) => a - b);
}
const comments = (pr: number) => server.pulls.get(pr)?.comments.map(({ body }) => body) ?? [];

describe("a sweep", () => {
  test("GIVEN 200 remnants beside living previews WHEN planned THEN nothing goes; WHEN swept THEN all in time", async () => {
    const orphans = Array.from({ length: 50 }, (_, index) => 100 + index);
    for (const pr of [...orphans, 5, 7]) await leave(pr);
    server.addPull(5, head, { createdAt: ago(6.5) });
    server.addPull(7, head, { createdAt: ago(40), labels: ["preview:keep-30d"] });
    server.pushes.push({ ref: "refs/heads/change", after: head, timestamp: ago(6.5) });
    await faults.add({ effect: { kind: "error", status: 503 }, operations: ["read", "delete"], rate: 0.05 });
    const before = cloud.store.countByType();

    const plan = await sweep({ plan: true });
    expect(plan.previews.map(({ pr, result }) => [pr, result])).toEqual(orphans.map((pr) => [pr, "planned"]));
    expect([cloud.store.countByType(), comments(5)]).toEqual([before, []]);
    const told = renderSweep(plan, { plan: true, now, colours });
    expect(told).toMatch(/^number +would +why +what\n/);
    expect(told).toMatch(/\n#100 +go +closed.* +version, secret, account, artifact\n/);
    expect(told).toMatch(/\n#5 +lives +ends in 12 h +Change 5\n/);
    expect(told).toContain("Previews: 50 would go (200 things), 2 live");

    const report = await sweep();
    expect(
      report.previews.flatMap(({ items }) => items).filter(({ result }) => result === "removed"),
    ).toHaveLength(200);
    expect([await left(), report.seconds < 60, report.unread]).toEqual([[5, 7], true, []]);
    expect(comments(5)).toEqual([
      expect.stringMatching(/ends 2026-11-22 at 00:00 UTC[\s\S]*preview:keep-30d/),
    ]);
    expect((await sweep()).previews).toEqual([]);
    expect(comments(5)).toHaveLength(1);
  }, 300_000);

  test("GIVEN an item that fails THEN the others go, and the next sweep finishes; GIVEN a limit THEN no more", async () => {
    for (const pr of [1, 2, 3]) await leave(pr);
    const { id } = await faults.add({
      type: "google_secret_manager_secret",
      operations: ["delete"],
      effect: { kind: "error", status: 403 },
      times: 1,
    });
    const first = await sweep({ limit: 2 });
    expect(first.previews.map(({ pr, result }) => [pr, result]).sort()).toEqual([
      [1, expect.any(String)],
      [2, expect.any(String)],
    ]);
    expect(first.previews.filter(({ result }) => result === "failed")).toHaveLength(1);
    expect([first.postponed, (await left()).length]).toEqual([[3], 2]);
    expect(renderSweep(first, { plan: false, now, colours })).toMatch(
      /\n#\d is not all gone.*\n {2}secret pr-\d-secret: .*403[\s\S]*1 removed \(8 things\), 1 not all gone, 1 left for/,
    );
    await faults.remove(id);
    await sweep();
    expect(await left()).toEqual([]);
  });

  test("GIVEN an expired one with a record THEN it is taken down and told why", async () => {
    await leave(6);
    await bucket("states").write("previews/pr-6/preview.json", "{}");
    server.addPull(6, head, { createdAt: ago(8) });
    const report = await sweep();
    expect(report.previews).toMatchObject([{ pr: 6, why: "expired", result: "removed" }]);
    expect([takenDown, await left()]).toEqual([[6], []]);
    expect(comments(6)).toEqual([expect.stringContaining("### The preview has expired")]);
  });

  test("GIVEN it is reopened while everything is read THEN it stays", async () => {
    await leave(6);
    const pull = server.addPull(6, head, { createdAt: ago(8), state: "closed" });
    const { readOpen } = work;
    work.readOpen = async (numbers) => {
      const open = await readOpen(numbers);
      pull.state = "open";
      pull.events.push({ event: "reopened", actor: "ann", created_at: ago(0) });
      return open;
    };
    expect((await sweep()).previews).toMatchObject([{ pr: 6, result: "kept", items: [] }]);
    expect(await left()).toEqual([6]);
  });

  test("GIVEN a pull request from a fork THEN it is told once why it has no preview", async () => {
    server.addPull(8, head, { head: { sha: head, ref: "change", repo: "mallory/shop" } });
    await sweep({ plan: true });
    expect(comments(8)).toEqual([]);
    for (let time = 0; time < 2; time++) await sweep();
    expect(comments(8)).toEqual([expect.stringContaining("### There is no preview for a fork")]);
  });

  test("GIVEN somebody asked for it again THEN nothing of it is touched", async () => {
    await leave(6);
    await bucket("states").write("previews/pr-6/preview.json", "{}");
    work.down = async (pr) => ({ pr, steps: [], gone: false, seconds: 0 });
    const before = cloud.store.countByType();
    expect((await sweep()).previews).toMatchObject([
      { pr: 6, result: "kept", reason: "somebody works on it" },
    ]);
    expect(cloud.store.countByType()).toEqual(before);
  });

  test("GIVEN GitHub can't tell what is open THEN nothing goes; GIVEN a side is silent THEN the others are swept", async () => {
    await leave(6);
    server.trouble({ status: 401, message: "Bad credentials", times: 1, path: /pulls$/ });
    await expect(sweep()).rejects.toThrow("which pull requests are open");
    expect(await left()).toEqual([6]);
    await faults.add({
      type: "google_service_account",
      operations: ["read"],
      effect: { kind: "error", status: 403 },
      times: 1,
    });
    const report = await sweep();
    expect(report.unread).toEqual([{ side: "account", reason: expect.stringContaining("403") }]);
    expect(cloud.store.countByType()).toMatchObject({ google_service_account: 1 });
    expect((await sweep()).previews).toMatchObject([
      { pr: 6, result: "removed", items: [{ side: "account" }] },
    ]);
  });
});
