import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { BucketFailed, GenerationMismatch } from "./bucket";
import { StorageBucket } from "./storage-bucket";
import { transportOf } from "./transport";

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("a bucket in the sandbox", () => {
  let folder: string;
  let store: SandboxStore;
  let server: StateServer;
  let bucket: StorageBucket;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-bucket-"));
    store = openStore(folder);
    server = await startStateServer({ buckets: store.buckets, token: "t@ken" });
    const env = { STORAGE_EMULATOR_HOST: `http://sandbox:t%40ken@127.0.0.1:${server.port}` };
    bucket = new StorageBucket("shop-dev-tfstate", { transport: transportOf(env) });
  });
  beforeEach(() => store.reset());
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("GIVEN an object WHEN it is written again THEN every version can be read and told apart", async () => {
    const first = await bucket.write("data/default.tfstate", "one", { metadata: { who: "ann" } });
    const second = await bucket.write("data/default.tfstate", Buffer.from("zwei"), {
      ifGeneration: first.generation,
    });
    expect(await bucket.info("data/default.tfstate")).toEqual(second);
    expect((await bucket.read("data/default.tfstate"))?.content.toString()).toBe("zwei");
    const old = await bucket.read("data/default.tfstate", first.generation);
    expect([old?.content.toString(), old?.info.metadata]).toEqual(["one", { who: "ann" }]);
    const versions = await collected(bucket.list("data/", { versions: true }));
    expect(
      versions.map(({ generation, size, replacedAt }) => [generation, size, replacedAt === undefined]),
    ).toEqual([
      [first.generation, 3, false],
      [second.generation, 4, true],
    ]);
  });

  test("GIVEN somebody else was faster WHEN written, copied or deleted THEN nothing is lost", async () => {
    const first = await bucket.write("a", "1", { ifGeneration: "0" });
    await bucket.write("a", "2");
    await expect(bucket.write("a", "3", { ifGeneration: first.generation })).rejects.toThrow(
      GenerationMismatch,
    );
    await expect(bucket.write("a", "3", { ifGeneration: "0" })).rejects.toThrow("expected there to be none");
    await expect(bucket.remove("a", { ifGeneration: first.generation })).rejects.toThrow(GenerationMismatch);
    await bucket.write("b", "x");
    await expect(bucket.copy({ name: "b" }, "a", { ifGeneration: "0" })).rejects.toThrow(GenerationMismatch);
    expect((await bucket.read("a"))?.content.toString()).toBe("2");
  });

  test("GIVEN an older version WHEN copied THEN its content is a new version, and a missing one is told", async () => {
    const first = await bucket.write("a", "1");
    await bucket.write("a", "2");
    await bucket.copy({ name: "a", generation: first.generation }, "backups/a");
    expect((await bucket.read("backups/a"))?.content.toString()).toBe("1");
    await expect(bucket.copy({ name: "nothing" }, "b")).rejects.toThrow("there is no such object");
    expect([
      await bucket.info("nothing"),
      await bucket.read("nothing"),
      await bucket.remove("nothing"),
    ]).toEqual([undefined, undefined, false]);
  });

  test("GIVEN more objects than fit on a page THEN the list goes on, and folders are told once", async () => {
    await store.buckets.transact((buckets) => {
      for (let number = 0; number < 1_203; number++) {
        const name = `history/${Math.floor(number / 1_000)}/${String(number).padStart(4, "0")}`;
        buckets.put({
          bucket: bucket.name,
          name,
          md5Hash: "",
          crc32c: "",
          fields: {},
          content: Buffer.from("x"),
        });
      }
    });
    const names = (await collected(bucket.list("history/"))).map(({ name }) => name);
    expect([names.length, names.at(-1)]).toEqual([1_203, "history/1/1202"]);
    expect(await bucket.folders("history/")).toEqual(["0", "1"]);
  });
});

describe("a bucket that has its moments", () => {
  let server: Server;
  let answers: { status: number; headers?: Record<string, string>; body?: unknown; destroyAfter?: boolean }[];
  let requests: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage["headers"];
  }[];
  let pauses: number[];
  let bucket: StorageBucket;

  const resource = (content: { name: string; md5Hash?: string }) => ({
    generation: "7",
    size: "1",
    timeCreated: "2026-11-21T12:00:00.000Z",
    ...content,
  });

  beforeAll(async () => {
    server = createServer((message, response) => {
      requests.push({ method: message.method, url: message.url, headers: message.headers });
      message.resume().on("end", () => {
        const answer = answers.shift() ?? { status: 200, body: {} };
        if (answer.destroyAfter) return void message.socket.destroy();
        const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {});
        response.writeHead(answer.status, answer.headers).end(text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const env = {
      GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.token",
      GOOGLE_STORAGE_CUSTOM_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/storage/v1/b`,
    };
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    bucket = new StorageBucket("b", { transport: transportOf(env), pause, random: () => 1 });
  });
  beforeEach(() => {
    [answers, requests, pauses] = [[], [], []];
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test("GIVEN errors that pass THEN it waits longer each time, or as long as asked, and carries the identity", async () => {
    answers = [
      { status: 503, body: "<html>busy</html>" },
      { status: 429, headers: { "retry-after": "3" } },
      { status: 200, destroyAfter: true },
      { status: 200, body: resource({ name: "a" }) },
    ];
    expect(await bucket.info("a")).toMatchObject({ generation: "7", size: 1 });
    expect(pauses).toEqual([500, 3_000, 2_000]);
    expect(requests[0]).toMatchObject({
      url: "/storage/v1/b/b/o/a",
      headers: { authorization: "Bearer ya29.token" },
    });
  });

  test("GIVEN a write whose answer got lost WHEN repeated THEN what is there is recognized as ours, or not", async () => {
    const md5Hash = "xMpCOKC5I4INzFCab3WEmw=="; // of "1"
    answers = [
      { status: 200, destroyAfter: true },
      { status: 412 },
      { status: 200, body: resource({ name: "a", md5Hash }) },
    ];
    expect(await bucket.write("a", "1", { ifGeneration: "0" })).toMatchObject({ generation: "7" });
    answers = [
      { status: 502 },
      { status: 412 },
      { status: 200, body: resource({ name: "a", md5Hash: "of somebody else" }) },
    ];
    await expect(bucket.write("a", "1", { ifGeneration: "0" })).rejects.toThrow(GenerationMismatch);
    answers = [{ status: 502 }, { status: 404 }];
    expect(await bucket.remove("a", { ifGeneration: "7" })).toBe(true);
  });

  test("GIVEN a refusal that stays THEN its reason is told, after one request; no answer at all after six", async () => {
    const message = "tf@x.iam.gserviceaccount.com does not have storage.objects.get access";
    answers = [{ status: 403, body: { error: { message } } }];
    await expect(bucket.info("a")).rejects.toThrow(`gs://b/a: 403 ${message}`);
    expect(requests).toHaveLength(1);
    answers = Array.from({ length: 6 }, () => ({ status: 200, destroyAfter: true }));
    await expect(bucket.info("a")).rejects.toThrow(BucketFailed);
    expect(requests).toHaveLength(7);
  });
});
