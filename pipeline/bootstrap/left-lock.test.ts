import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { StorageBucket } from "../bucket/storage-bucket";
import { transportOf } from "../bucket/transport";
import { stateAddress } from "../state/state-object";
import { giveBackLeftLock } from "./left-lock";

describe("the lock of a move that was killed", () => {
  let folder: string;
  let store: SandboxStore;
  let server: StateServer;
  let bucket: StorageBucket;
  const address = stateAddress("gs://states/foundation");
  const lock = (Who: string, Operation: string) =>
    bucket.write(address.lock, JSON.stringify({ Who, Operation, Created: "2026-11-21T12:00:00Z" }));
  const giveBack = () => giveBackLeftLock(bucket, address, { who: "ann@laptop", patience: 20 });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "left-lock-"));
    store = openStore(folder);
    server = await startStateServer({ buckets: store.buckets });
    const env = { STORAGE_EMULATOR_HOST: `http://127.0.0.1:${server.port}` };
    bucket = new StorageBucket("states", { transport: transportOf(env) });
  });
  beforeEach(() => store.reset());
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("GIVEN our own that stays THEN it is given back", async () => {
    await lock("ann@laptop", "migration destination state");
    expect(await giveBack()).toMatchObject({ who: "ann@laptop" });
    expect(await bucket.info(address.lock)).toBeUndefined();
  });

  test.each([
    ["somebody else's", "bob@desk", "migration destination state"],
    ["one of an apply", "ann@laptop", "OperationTypeApply"],
  ])("GIVEN %s THEN it stays", async (_whose, who, operation) => {
    await lock(who, operation);
    expect(await giveBack()).toBeUndefined();
    expect(await bucket.info(address.lock)).toBeDefined();
  });

  test("GIVEN none THEN nothing is waited for", async () => {
    expect(await giveBack()).toBeUndefined();
  });
});
