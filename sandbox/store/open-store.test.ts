import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import fc from "fast-check";
import { type ObjectValue, UNKNOWN, type Value } from "../values/value";
import { openStore, type SandboxStore } from "./open-store";

let folder: string;
let store: SandboxStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gw-store-"));
  store = openStore(join(folder, "store"));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("objects", () => {
  test("are read back as they were put, and survive closing", async () => {
    // GIVEN
    const attributes: ObjectValue = { name: "a", tags: ["x", null], nested: [{ count: 1.5, on: true }] };
    const put = await store.transact((cloud) => cloud.put({ type: "thing", id: "a", attributes }));
    // WHEN
    await store.close();
    store = openStore(join(folder, "store"));
    // THEN
    expect(store.read((cloud) => cloud.get("thing", "a"))).toEqual(put);
    expect(put).toEqual({
      type: "thing",
      id: "a",
      attributes,
      createdAt: put.updatedAt,
      updatedAt: put.updatedAt,
    });
  });

  test("keep the time of their creation when they change", async () => {
    const first = await store.transact((cloud) => cloud.put({ type: "t", id: "a", attributes: { v: 1 } }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await store.transact((cloud) => cloud.put({ type: "t", id: "a", attributes: { v: 2 } }));
    expect(second.createdAt).toBe(first.createdAt);
    expect(second.updatedAt > first.updatedAt).toBe(true);
  });

  test("are listed by type, and a type that begins like another stays apart", async () => {
    await store.transact((cloud) => {
      for (const type of ["a", "a_b", "ab"]) cloud.put({ type, id: "x", attributes: {} });
      cloud.put({ type: "a", id: "w", attributes: {} });
      cloud.put({ type: "gone", id: "x", attributes: {} });
      cloud.delete("gone", "x");
    });
    expect(store.read((cloud) => cloud.list("a").map((object) => object.id))).toEqual(["w", "x"]);
    expect(store.read((cloud) => cloud.list("a", "x").map((object) => object.id))).toEqual(["x"]);
    expect(store.types()).toEqual(["a", "a_b", "ab"]);
    expect(store.countByType()).toEqual({ a: 2, a_b: 1, ab: 1 });
  });

  test("may have ids of any length and content", async () => {
    // GIVEN ids that differ only far beyond what a database key can hold, among others
    const ids = fc.uniqueArray(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.nat().map((n) => `${"x".repeat(3_000)}${n}`),
      ),
    );
    const json: fc.Arbitrary<Value> = fc.jsonValue().map((value) => value as Value);
    await fc.assert(
      fc.asyncProperty(ids, json, async (given, value) => {
        const distinct = [...new Set(given.map((id) => Buffer.from(id).toString()))];
        await store.reset();
        // WHEN
        await store.transact((cloud) => {
          for (const id of distinct) cloud.put({ type: "t", id, attributes: { value, id } });
        });
        // THEN
        for (const id of distinct) {
          const found = store.read((cloud) => cloud.get("t", id));
          expect(found?.attributes).toEqual(JSON.parse(JSON.stringify({ value, id })));
        }
        expect(store.read((cloud) => cloud.list("t"))).toHaveLength(distinct.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe("transactions", () => {
  test("roll back alone when they throw, although they share a commit", async () => {
    const put = (id: string, fail: boolean) =>
      store.transact((cloud) => {
        cloud.put({ type: "t", id, attributes: {} });
        cloud.next("n");
        cloud.putFact(id, {});
        if (fail) throw new Error("no");
        return cloud.list("t").map((object) => object.id);
      });
    // WHEN asked for in one turn
    const outcomes = await Promise.allSettled([put("a", false), put("b", true), put("c", false)]);
    // THEN
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(outcomes[2]).toMatchObject({ value: ["a", "c"] });
    expect(store.read((cloud) => cloud.listFacts("").map((fact) => fact.key))).toEqual(["a", "c"]);
    expect(await store.transact((cloud) => cloud.next("n"))).toBe(3);
  });

  test("see nothing of a transaction that is not committed", async () => {
    const pending = store.transact((cloud) => cloud.put({ type: "t", id: "a", attributes: {} }));
    expect(store.read((cloud) => cloud.get("t", "a"))).toBeUndefined();
    await pending;
    expect(store.read((cloud) => cloud.get("t", "a"))).toBeDefined();
  });

  test("refuse asynchronous work, unknown values, and use after their end", async () => {
    await expect(store.transact(async (cloud) => cloud.next("n"))).rejects.toThrow("asynchronous");
    await expect(
      store.transact((cloud) => cloud.put({ type: "t", id: "a", attributes: { a: UNKNOWN } })),
    ).rejects.toThrow("unknown value");
    const kept = await store.transact((cloud) => cloud);
    expect(() => kept.next("n")).toThrow("this transaction is over");
    expect(await store.transact((cloud) => cloud.next("n"))).toBe(1);
  });

  test("finish when the store closes, and are refused afterwards", async () => {
    const last = store.transact((cloud) => cloud.next("n"));
    await store.close();
    await expect(last).resolves.toBe(1);
    await expect(store.transact((cloud) => cloud.next("n"))).rejects.toThrow("closed");
  });
});

test("facts are found by prefix and removed by undefined", async () => {
  const long = "y".repeat(2_500);
  await store.transact((cloud) => {
    for (const key of ["soft-deleted/a", "soft-deleted/b", "soft", `${long}1`, `${long}2`])
      cloud.putFact(key, { key });
    cloud.putFact("soft-deleted/a", undefined);
  });
  store.read((cloud) => {
    expect(cloud.listFacts("soft-").map((fact) => fact.key)).toEqual(["soft-deleted/b"]);
    expect(cloud.getFact("soft-deleted/a")).toBeUndefined();
    expect(cloud.listFacts(`${long}1`)).toEqual([{ key: `${long}1`, value: { key: `${long}1` } }]);
  });
});

test("reset forgets everything but never repeats a generation", async () => {
  // GIVEN
  const version = { bucket: "b", name: "n", md5Hash: "", crc32c: "", fields: {}, content: Buffer.from("1") };
  const before = await store.buckets.transact((buckets) => buckets.put(version));
  await store.transact((cloud) => cloud.put({ type: "t", id: "a", attributes: {} }));
  await store.saveSetting("faults", [1]);
  // WHEN
  await store.reset();
  // THEN
  expect([store.types(), store.buckets.buckets(), store.setting("faults")]).toEqual([[], [], undefined]);
  const after = await store.buckets.transact((buckets) => buckets.put(version));
  expect(BigInt(after.generation) > BigInt(before.generation)).toBe(true);
});

test("only its owner may read the files", () => {
  const inside = join(folder, "store");
  expect(statSync(inside).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(inside)) expect(statSync(join(inside, name)).mode & 0o777).toBe(0o600);
});

test("a file that is no store is a user's error that names it", () => {
  const broken = mkdtempSync(join(folder, "broken-"));
  writeFileSync(join(broken, "cloud.mdb"), "not a database ".repeat(1_000));
  expect(() => openStore(broken)).toThrow(/store can't be opened[\s\S]*cloud\.mdb[\s\S]*sandbox reset/);
});

describe("kill -9 in the middle of writing", () => {
  test("loses no acknowledged transaction and leaves none half done", async () => {
    // GIVEN a process that writes
    const writer = join(folder, "writer.cjs");
    buildSync({
      entryPoints: [join(__dirname, "kill-trial-writer.ts")],
      outfile: writer,
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["lmdb"],
    });
    const killed = join(folder, "killed");
    for (let trial = 0; trial < 6; trial++) {
      const child = spawn(process.execPath, [writer, killed], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, NODE_PATH: join(__dirname, "../../node_modules") },
      });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      await once(child.stdout, "data");
      // WHEN it is killed at some instant
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
      child.kill("SIGKILL");
      await once(child, "close");
      // THEN
      const reopened = openStore(killed);
      const acknowledged = output.split("\n").slice(0, -1).map(Number);
      const done = new Set(
        reopened.read((cloud) => cloud.listFacts("done/")).map((fact) => Number(fact.value.id)),
      );
      const parts = reopened.countByType().trial ?? 0;
      const next = await reopened.transact((cloud) => cloud.next("transactions"));
      await reopened.transact((cloud) => {
        for (let part = 0; part < 5; part++)
          cloud.put({ type: "trial", id: `${next}/${part}`, attributes: {} });
        cloud.putFact(`done/${next}`, { id: next });
      });
      await reopened.close();
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(acknowledged.filter((number) => !done.has(number))).toEqual([]);
      expect(parts).toBe(done.size * 5);
      expect(next).toBe(Math.max(...done) + 1);
    }
  });
});
