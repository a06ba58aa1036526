import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { StorageBucket } from "../bucket/storage-bucket";
import { transportOf } from "../bucket/transport";
import { lockHolderOf, StateLocked, whileLocked } from "./lock";
import { rollBack } from "./rollback";
import { currentVersion, noState, stateAddress } from "./state-object";
import { stateGenerations } from "./versions";

/** As Terraform writes it. */
const state = (serial: number, resources: number, lineage = "aaaa") => `{
  "version": 4,
  "terraform_version": "1.11.4",
  "serial": ${serial},
  "lineage": "${lineage}",
  "outputs": {},
  "resources": [
    {
      "mode": "managed",
      "type": "a",
      "name": "b",
      "instances": [${Array.from({ length: resources }, () => '{"attributes": {"serial": 3, "id": 12345678901234567890}}').join(", ")}]
    }
  ]
}
`;

const address = stateAddress("gs://shop-dev-tfstate/data");
const who = { who: "ann@laptop", now: new Date("2026-11-21T12:00:00.123Z") };

describe("the versions of a state", () => {
  let folder: string;
  let store: SandboxStore;
  let server: StateServer;
  let bucket: StorageBucket;
  const write = async (content: string) => (await bucket.write(address.state, content)).generation;
  const live = async () => (await bucket.read(address.state))?.content.toString();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gw-versions-"));
    store = openStore(folder);
    server = await startStateServer({ buckets: store.buckets });
    const env = { STORAGE_EMULATOR_HOST: `127.0.0.1:${server.port}` };
    bucket = new StorageBucket(address.bucket, { transport: transportOf(env) });
  });
  beforeEach(() => store.reset());
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("GIVEN a state that was written THEN every version is told, the newest first; GIVEN none THEN none", async () => {
    expect([await stateGenerations(bucket, address), await currentVersion(bucket, address)]).toEqual([
      [],
      noState,
    ]);
    const first = await write(state(1, 1));
    const second = await write(state(2, 3));
    await bucket.write(`${address.state}.backup`, "another object");
    expect(await stateGenerations(bucket, address)).toMatchObject([
      { version: { serial: 2, lineage: "aaaa", generation: second }, live: true, resources: 3 },
      { version: { serial: 1, lineage: "aaaa", generation: first }, live: false, resources: 1 },
    ]);
  });

  test("GIVEN a bad state WHEN rolled back THEN the older one is a new version, and the bad one is kept aside", async () => {
    const first = await write(state(7, 2));
    const bad = await write(state(9, 0));
    const { before, after, backup } = await rollBack(bucket, address, first, who);
    expect(before).toEqual({ lineage: "aaaa", serial: 9, generation: bad });
    expect(after).toMatchObject({ lineage: "aaaa", serial: 10 });
    // Big numbers are as they were.
    expect(await live()).toBe(state(10, 2));
    expect(backup).toBe(`backups/data/20261121T120000Z-serial-9-${bad}.tfstate`);
    expect((await bucket.read(backup ?? ""))?.content.toString()).toBe(state(9, 0));
    expect(await lockHolderOf(bucket, address)).toBeUndefined();

    // And back again.
    await rollBack(bucket, address, bad, who);
    expect(await live()).toBe(state(11, 0));
  });

  test("GIVEN a state that was deleted WHEN rolled back THEN it is there again", async () => {
    const first = await write(state(3, 1));
    await bucket.remove(address.state);
    expect(await rollBack(bucket, address, first, who)).toMatchObject({ before: noState, backup: undefined });
    expect(await live()).toBe(state(4, 1));
  });

  test("GIVEN somebody at work WHEN rolled back THEN nothing happens, and they are named", async () => {
    const first = await write(state(1, 1));
    await write(state(2, 1));
    const lock = JSON.stringify({
      ID: "x",
      Who: "bob@ci",
      Operation: "OperationTypeApply",
      Created: "2026-11-21T11:00:00Z",
    });
    const { generation } = await bucket.write(address.lock, lock);
    const refused = await rollBack(bucket, address, first, who).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StateLocked);
    expect((refused as StateLocked).holder).toMatchObject({
      id: generation,
      who: "bob@ci",
      operation: "OperationTypeApply",
    });
    expect([await live(), await lockHolderOf(bucket, address)]).toMatchObject([
      state(2, 1),
      { who: "bob@ci" },
    ]);
  });

  test.each([
    ["another state's version", state(1, 1, "bbbb"), "is of another state"],
    ["an encrypted one", "encrypted", "is of another state"],
  ])("GIVEN %s THEN it is refused, and the lock is given back", async (_what, content, words) => {
    const first = await write(content);
    await write(state(2, 1));
    await expect(rollBack(bucket, address, first, who)).rejects.toThrow(words);
    await expect(rollBack(bucket, address, "123", who)).rejects.toThrow("no generation 123");
    expect([await live(), await lockHolderOf(bucket, address)]).toEqual([state(2, 1), undefined]);
  });

  test("GIVEN work under the lock that fails THEN the lock is given back", async () => {
    const lock = { ...who, operation: "test" };
    const failing = whileLocked(bucket, address, lock, async () => {
      expect(await lockHolderOf(bucket, address)).toMatchObject({ who: "ann@laptop", operation: "test" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await lockHolderOf(bucket, address)).toBeUndefined();
  });
});
