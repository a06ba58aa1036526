import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectVersion } from "../store/bucket-objects";
import { openStore, type SandboxStore } from "../store/open-store";
import { type CreatedObject, Recovery } from "./recovery";

let folder: string;
let store: SandboxStore;
let recovery: Recovery;
let takenBack: CreatedObject[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "gw-recovery-"));
  await start();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a sandbox starts, after whatever was before. */
async function start(): Promise<void> {
  takenBack = [];
  store = openStore(folder);
  recovery = await Recovery.start(store, (object) => takenBack.push(object));
}

async function restart(): Promise<void> {
  await store.close();
  await start();
}

async function write(name: string, content: object, connection: object): Promise<ObjectVersion> {
  const version = await store.buckets.transact((buckets) =>
    buckets.put({
      bucket: "states",
      name,
      md5Hash: "",
      crc32c: "",
      fields: {},
      content: Buffer.from(JSON.stringify(content)),
    }),
  );
  recovery.written(version, connection);
  return version;
}

const lock = (stack: string, connection: object): Promise<ObjectVersion> =>
  write(`${stack}.tflock`, {}, connection);

async function unlock(version: ObjectVersion, connection: object): Promise<void> {
  await store.buckets.transact((buckets) => buckets.retire(version));
  await recovery.deleted(version, connection);
}

/** Writes a state that tells of things with these ids. */
async function writeState(stack: string, ids: string[], connection: object): Promise<void> {
  const instances = ids.map((id) => ({ attributes: { id } }));
  await write(
    `${stack}.tfstate`,
    { version: 4, resources: [{ mode: "managed", type: "thing", name: "x", instances }] },
    connection,
  );
}

const create = (id: string): Promise<unknown> =>
  store.transact((cloud) => {
    cloud.put({ type: "thing", id, attributes: { name: id } });
    cloud.putFact("last", { id });
  });

const things = (): string[] => store.read((cloud) => cloud.list("thing")).map((object) => object.id);
const lastFact = (): unknown => store.read((cloud) => cloud.getFact("last")?.id);

test("what a killed run made and wrote into no state is taken back when its lock is taken away", async () => {
  // GIVEN a run that is killed after it wrote its state for the last time
  const [killed, next] = [{}, {}];
  const held = await lock("a", killed);
  await create("known");
  await writeState("a", ["known"], killed);
  await create("unknown 1");
  await create("unknown 2");
  recovery.closed(killed);
  expect(things()).toEqual(["known", "unknown 1", "unknown 2"]);
  // WHEN
  await unlock(held, next);
  // THEN
  expect(things()).toEqual(["known"]);
  expect(lastFact()).toBe("known");
  expect(takenBack.map(({ id }) => id)).toEqual(["unknown 2", "unknown 1"]);
  expect(store.creations.all()).toEqual([]);
});

test("what a living run made stays, whatever states say; so does what was made without a lock", async () => {
  await create("by hand");
  const living = {};
  const held = await lock("a", living);
  await create("with a local state, beside it");
  await unlock(held, living);
  expect(things()).toEqual(["by hand", "with a local state, beside it"]);
  expect(store.creations.all()).toEqual([]);
});

test("while another run could have made it, nothing is taken back", async () => {
  const [killed, living, next] = [{}, {}, {}];
  const [first, second] = [await lock("a", killed), await lock("b", living)];
  await create("of the killed run");
  await create("of the living run");
  await unlock(first, next);
  expect(things()).toHaveLength(2);
  await writeState("b", ["of the living run"], living);
  await unlock(second, living);
  expect(things()).toEqual(["of the living run"]);
});

test("when the sandbox is killed, its Terraforms may still finish, and what got lost is taken back then", async () => {
  const [before, after] = [{}, {}];
  const held = await lock("a", before);
  await create("answered");
  await create("answer lost");
  await restart();
  expect(things()).toHaveLength(2);
  await writeState("a", ["answered"], after);
  await unlock(held, after);
  expect(things()).toEqual(["answered"]);
});

test("a sandbox that was killed between the end of a lock and what follows from it makes up for that", async () => {
  const held = await lock("a", {});
  await create("unknown");
  await store.buckets.transact((buckets) => buckets.retire(held));
  await restart();
  expect(things()).toEqual([]);
  expect(takenBack).toEqual([{ type: "thing", id: "unknown" }]);
});

test("what others changed since is not undone, and an object that was made again is another one", async () => {
  const killed = {};
  const held = await lock("a", killed);
  await create("updated");
  await create("made again");
  await store.transact((cloud) => {
    cloud.put({ type: "thing", id: "updated", attributes: { name: "new" } });
    cloud.putFact("last", { id: "somebody else" });
    cloud.delete("thing", "made again");
  });
  await new Promise((resolve) => setTimeout(resolve, 2));
  await create("made again");
  await store.transact((cloud) => cloud.putFact("last", { id: "somebody else" }));
  const [again] = store.creations.all().slice(-1);
  await store.transactAll(() => again && store.creations.forget(again));
  await unlock(held, {});
  expect(things()).toEqual(["made again"]);
  expect(lastFact()).toBe("somebody else");
});

test("an object without an id is known by what its state says of it", async () => {
  const killed = {};
  const held = await lock("a", killed);
  await store.transact((cloud) => {
    cloud.put({ type: "user", id: "p/u", attributes: { project: "p", name: "u", made: "today" } });
  });
  await store.transact((cloud) => {
    cloud.put({ type: "user", id: "p/v", attributes: { project: "p", name: "v", made: "today" } });
  });
  const instances = [{ attributes: { project: "p", name: "u", made: null, roles: [] } }];
  await write(
    "a.tfstate",
    { version: 4, resources: [{ mode: "managed", type: "user", name: "u", instances }] },
    killed,
  );
  await unlock(held, {});
  expect(store.read((cloud) => cloud.list("user")).map(({ id }) => id)).toEqual(["p/u"]);
});

test("while a state can't be read, nothing is taken back", async () => {
  const killed = {};
  const held = await lock("a", killed);
  await create("who knows");
  await write("b.tfstate", { serial: 1, encrypted_data: "AAAA" }, killed);
  await unlock(held, {});
  expect(things()).toEqual(["who knows"]);
});
