import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { StorageBucket } from "../bucket/storage-bucket";
import { transportOf } from "../bucket/transport";
import { actorOf } from "./actor";
import { checked, History } from "./history";
import type { Began, Ended, HistoryEvent, HistoryRecord } from "./record";
import { progressOf, runsOf } from "./runs";

const before = { lineage: "l", serial: 3, generation: "7" };
const began = (commit: string, stack = "dev-data"): Began => ({
  kind: "began",
  stack,
  commit,
  digest: "sha256:1",
  by: { who: "ann" },
  approvals: [],
  terraform: { product: "Terraform", version: "1.11.4" },
  before,
});
const ended = (of: number, result: Ended["result"], stack = "dev-data"): Ended => ({
  kind: "ended",
  stack,
  commit: "c",
  began: of,
  result,
  counts: { added: 1, changed: 0, destroyed: 0 },
  seconds: 1,
  after: { ...before, serial: 4 },
});

describe("the history of an environment", () => {
  let folder: string;
  let store: SandboxStore;
  let server: StateServer;
  let bucket: StorageBucket;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-history-"));
    store = openStore(folder);
    server = await startStateServer({ buckets: store.buckets });
    const env = { STORAGE_EMULATOR_HOST: `127.0.0.1:${server.port}` };
    bucket = new StorageBucket("shop-dev-tfstate", { transport: transportOf(env) });
  });
  beforeEach(() => store.reset());
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("GIVEN several that write at once THEN every record is there once, in a chain without gaps", async () => {
    const writers = [1, 2, 3].map(() => new History("dev", bucket));
    await Promise.all(
      writers.flatMap((history, writer) =>
        [1, 2, 3, 4].map((turn) => history.append(began(`commit-${writer}-${turn}`))),
      ),
    );
    const { records, flaws } = await new History("dev", bucket).read();
    expect(flaws).toEqual([]);
    expect(records.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const commits = records.map(({ event }) => (event.kind === "began" ? event.commit : ""));
    expect(new Set(commits).size).toBe(12);
    // In the order in which each of them asked.
    expect(commits.filter((commit) => commit.startsWith("commit-0"))).toEqual(
      [1, 2, 3, 4].map((turn) => `commit-0-${turn}`),
    );
  });

  test("GIVEN a long history WHEN appended THEN it goes on behind the last, over the border of a folder", async () => {
    const last: HistoryRecord = {
      version: 1,
      number: 999,
      previous: "x",
      at: "2026-11-21T12:00:00.000Z",
      environment: "dev",
      event: began("old"),
    };
    await bucket.write("history/000000/000000999.json", JSON.stringify(last));
    const history = new History("dev", bucket, () => new Date("2026-11-21T13:00:00Z"));
    expect((await history.append(began("new"))).number).toBe(1_000);
    expect(await bucket.folders("history/")).toEqual(["000000", "000001"]);
    expect(await new History("dev", bucket).append(began("newer"))).toMatchObject({ number: 1_001 });
    const numbers = async (newest?: number) =>
      (await history.read(newest)).records.map(({ number }) => number);
    expect([await numbers(1), await numbers(3), await numbers()]).toEqual([
      [1_001],
      [999, 1_000, 1_001],
      [999, 1_000, 1_001],
    ]);
  });

  test("GIVEN a record that was removed, changed or isn't one THEN it shows", async () => {
    const history = new History("dev", bucket);
    for (const commit of ["a", "b", "c", "d", "e"]) await history.append(began(commit));
    const name = (number: number) => `history/000000/00000000${number}.json`;
    const second = await bucket.read(name(2));
    await bucket.write(name(2), second?.content.toString().replace("ann", "bob") ?? "");
    await bucket.remove(name(4));
    await bucket.write(name(5), "{}");
    expect((await history.read()).flaws).toEqual([
      { number: 2, what: "changed" },
      { number: 4, what: "missing" },
      { number: 5, what: "unreadable" },
    ]);
    expect(checked(new Map())).toEqual({ records: [], flaws: [] });
  });
});

describe("how far a commit got", () => {
  const after = (...events: HistoryEvent[]) =>
    progressOf(
      runsOf(
        events.map((event, index) => ({
          version: 1,
          number: index + 1,
          previous: null,
          at: "2026-11-21T12:00:00.000Z",
          environment: "dev",
          event,
        })),
      ),
      "dev-data",
      "c",
    ).is;
  const rolledBack: HistoryEvent = {
    kind: "state",
    stack: "dev-data",
    action: "rolled back",
    by: { who: "ann" },
    before,
    after: before,
  };

  test.each<[string, HistoryEvent[], ReturnType<typeof after>]>([
    ["nothing", [], "new"],
    ["another stack's", [began("c", "dev-network"), ended(1, "applied", "dev-network")], "new"],
    ["its beginning only", [began("c")], "unfinished"],
    ["a failure", [began("c"), ended(1, "failed")], "unfinished"],
    ["a stop", [began("c"), ended(1, "stopped")], "unfinished"],
    ["its end", [began("c"), ended(1, "applied")], "applied"],
    [
      "a killed run and one that found nothing left",
      [began("c"), began("c"), ended(2, "nothing left")],
      "applied",
    ],
    ["a failure, and another commit after it", [began("c"), ended(1, "failed"), began("d")], "new"],
    ["its end, and another commit after it", [began("c"), ended(1, "applied"), began("d")], "applied"],
    ["its end, and a rollback of the state", [began("c"), ended(1, "applied"), rolledBack], "new"],
  ])("GIVEN %s", (_what, events, expected) => expect(after(...events)).toBe(expected));

  test("GIVEN a workflow THEN its starter and its run are named; elsewhere the machine's user", () => {
    const workflow = {
      GITHUB_ACTOR: "ann",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "hazelwick/shop",
      GITHUB_RUN_ID: "42",
      GITHUB_RUN_ATTEMPT: "2",
    };
    expect(actorOf(workflow)).toEqual({
      who: "ann",
      run: "https://github.com/hazelwick/shop/actions/runs/42/attempts/2",
    });
    expect(actorOf({}).who).toMatch(/.+@.+/);
  });
});
