import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { StorageBucket } from "../bucket/storage-bucket";
import { transportOf } from "../bucket/transport";
import { type Lease, takeLease } from "./lease";

const name = "previews/pr-12/lease.json";
const moment = (second: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, second)).toISOString();

describe("the lease of a preview", () => {
  let folder: string;
  let store: SandboxStore;
  let server: StateServer;
  let bucket: StorageBucket;
  const running = new AbortController();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-lease-"));
    store = openStore(folder);
    server = await startStateServer({ buckets: store.buckets, token: "t" });
    const env = { STORAGE_EMULATOR_HOST: `http://sandbox:t@127.0.0.1:${server.port}` };
    bucket = new StorageBucket("shop-preview-tfstate", { transport: transportOf(env) });
  });
  beforeEach(() => store.reset());
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const take = (second: number, stop = running.signal) =>
    takeLease({ bucket, name, askedAt: moment(second), doing: `up ${second}`, stop, beat: 250, look: 10 });
  const taken = async (second: number): Promise<Lease> => {
    const lease = await take(second);
    if (!lease) throw new Error("superseded");
    return lease;
  };
  const write = (content: unknown) => bucket.write(name, JSON.stringify(content));

  test("GIVEN one at work WHEN several wait THEN the newest gets it, and everybody else gives way", async () => {
    const first = await taken(1);
    expect([first.inherited, await first.check()]).toEqual([false, false]);
    const newest = take(4);
    const others = [2, 3].map((second) => take(second));
    expect(await Promise.all(others)).toEqual([undefined, undefined]);
    expect(await first.check()).toBe(true);
    await first.release();
    const fourth = await newest;
    expect(fourth?.superseded).toBe(false);
    await fourth?.release();
    expect(await bucket.info(name)).toBeUndefined();
  });

  test("GIVEN many at once THEN no two ever hold it", async () => {
    let [held, most] = [0, 0];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const lease = await taken(5);
        most = Math.max(most, ++held);
        await wait(5);
        held--;
        await lease.release();
      }),
    );
    expect(most).toBe(1);
  });

  test("GIVEN a holder that died here, or shows no sign of life elsewhere THEN its lease is inherited", async () => {
    const dead = { version: 1, holder: "x", doing: "up", beat: 3, newest: moment(1) };
    await write({ ...dead, host: hostname(), pid: 2 ** 22 - 1 });
    const here = await taken(2);
    expect(here.inherited).toBe(true);
    await here.release();
    await write({ ...dead, host: "elsewhere", pid: 1 });
    const there = await taken(2);
    expect(there.inherited).toBe(true);
    await there.release();
  });

  test("GIVEN a holder whose lease was taken away THEN it learns that, and takes nothing back", async () => {
    const first = await taken(1);
    const other = {
      version: 1,
      holder: "y",
      doing: "down",
      host: "elsewhere",
      pid: 1,
      beat: 0,
      newest: moment(1),
    };
    await write(other);
    expect(await first.check()).toBe(true);
    await first.release();
    expect(JSON.parse((await bucket.read(name))?.content.toString() ?? "")).toEqual(other);
  });

  test("GIVEN a holder at work for long THEN its signs of life keep it; WHEN the waiting is stopped THEN nothing is taken", async () => {
    const first = await taken(1);
    const stop = new AbortController();
    const second = take(2, stop.signal);
    await wait(1_300);
    stop.abort();
    expect(await second).toBeUndefined();
    expect(await first.check()).toBe(true);
    await first.release();
  });
});
