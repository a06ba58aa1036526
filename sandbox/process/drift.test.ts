import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type SandboxStore } from "../store/open-store";
import { deleteObject, editObject } from "./drift";

let folder: string;
let store: SandboxStore;
const target = { type: "google_thing", id: "projects/p/things/a" };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gw-drift-"));
  store = openStore(folder);
});

beforeEach(async () => {
  await store.reset();
  const attributes = { name: "a", labels: { team: "x" }, scaling: [{ max: 1 }], note: null };
  await store.transact((cloud) => cloud.put({ ...target, attributes }));
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function putState(name: string, resources: object[]): Promise<void> {
  const content = Buffer.from(JSON.stringify({ version: 4, resources }));
  const version = { bucket: "states", name, md5Hash: "", crc32c: "", fields: {}, content };
  await store.buckets.transact((buckets) => buckets.put(version));
}

const instance = (index_key?: string | number) => ({
  ...(index_key !== undefined && { index_key }),
  attributes: { id: target.id },
});

test("an edit reaches attributes, keys of maps old and new, and items of lists", async () => {
  const set = { name: "b", "labels.team": "y", "labels.new": "z", "scaling[0].max": 5, note: "set" };
  const { attributes } = await editObject(store, { target, set });
  expect(attributes).toEqual({
    name: "b",
    labels: { team: "y", new: "z" },
    scaling: [{ max: 5 }],
    note: "set",
  });
  expect(store.read((cloud) => cloud.get(target.type, target.id))?.attributes).toEqual(attributes);
});

test.each([["colour"], ["scaling[3].max"], ["name.first"], ["__proto__"], ["constructor.name"]])(
  "an edit of %s, which isn't there, changes nothing",
  async (path) => {
    await expect(editObject(store, { target, set: { name: "b", [path]: 1 } })).rejects.toThrow(
      "no such attribute",
    );
    expect(store.read((cloud) => cloud.get(target.type, target.id))?.attributes.name).toBe("a");
  },
);

test.each([[""], ["a..b"], ["[x]"], ["a["]])("the path %j can't be read", async (path) => {
  await expect(editObject(store, { target, set: { [path]: 1 } })).rejects.toThrow("can't be read");
});

test("an object is found by its address in a state", async () => {
  await putState("dev/data/default.tfstate", [
    { mode: "managed", type: "google_thing", name: "it", instances: [instance()] },
    { mode: "managed", type: "google_thing", name: "by_key", instances: [instance("k"), instance("l")] },
    { module: "module.m", mode: "managed", type: "google_thing", name: "it", instances: [instance(0)] },
    { mode: "data", type: "google_thing", name: "data", instances: [instance()] },
  ]);
  for (const address of ["google_thing.it", 'google_thing.by_key["k"]', "module.m.google_thing.it[0]"]) {
    await editObject(store, { target: { address }, set: { name: address } });
    expect(store.read((cloud) => cloud.get(target.type, target.id))?.attributes.name).toBe(address);
  }
  await expect(deleteObject(store, { address: "google_thing.data" })).rejects.toThrow(
    /no state that knows it/,
  );
});

test("an address that several states know needs a state's name", async () => {
  const resource = { mode: "managed", type: "google_thing", name: "it", instances: [instance()] };
  await putState("dev/data/default.tfstate", [resource]);
  await putState("prod/data/default.tfstate", [resource]);
  const address = "google_thing.it";
  await expect(deleteObject(store, { address })).rejects.toThrow(/dev\/data.*prod\/data/);
  expect(await deleteObject(store, { address, state: "prod/" })).toMatchObject(target);
  await expect(deleteObject(store, { address, state: "prod/" })).rejects.toThrow("no such object");
});
