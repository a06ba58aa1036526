import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResourceType } from "../schemas/model";
import type { ApplyRequest, Services } from "../services/contract";
import { openStore, type SandboxStore } from "../store/open-store";
import { type FaultRule, parseFaultRule } from "./fault-rule";
import { createFaults, type Faults } from "./faults";

let folder: string;
let store: SandboxStore;
let faults: Faults;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gw-faults-"));
  store = openStore(folder);
});

beforeEach(async () => {
  await store.reset();
  faults = createFaults(store);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const TYPE: ResourceType = {
  name: "google_thing",
  provider: "google",
  schemaVersion: 0,
  block: { attributes: {}, blocks: {} },
  facts: { attrs: {} },
};
const provider = { name: "google" as const, config: {} };
const createRequest: ApplyRequest = { type: TYPE, provider, prior: null, planned: { id: "a" }, config: {} };

/** Services over the real store that know one type of object. */
const services: Services = {
  async apply({ prior, planned }) {
    const id = String((planned ?? prior)?.id);
    await store.transact((cloud) => {
      if (planned === null) cloud.delete(TYPE.name, id);
      else cloud.put({ type: TYPE.name, id, attributes: planned });
    });
    return { state: planned, diagnostics: [] };
  },
  async read(_type, _provider, current) {
    const found = store.read((cloud) => cloud.get(TYPE.name, String(current.id)));
    return { state: found?.attributes ?? null, diagnostics: [] };
  },
  import: async () => ({ state: null, diagnostics: [] }),
  readDataSource: async () => ({ state: null, diagnostics: [] }),
};

/** Which of so many calls are struck. */
async function strikesOf(rule: FaultRule, calls: number): Promise<boolean[]> {
  const own = createFaults(store);
  await own.add(rule);
  const struck: boolean[] = [];
  for (let call = 0; call < calls; call++)
    struck.push((await own.intercept("create", "google_thing")) !== undefined);
  await own.clear();
  return struck;
}

test("strikes the named operations of the named types, so many times", async () => {
  await faults.add({
    type: "google_th*",
    operations: ["create", "plan"],
    effect: { kind: "error", status: 503 },
    times: 2,
  });
  expect(await faults.intercept("update", "google_thing")).toBeUndefined();
  expect(await faults.intercept("create", "mongodbatlas_google_thing")).toBeUndefined();
  expect(await faults.intercept("plan", "google_thing")).toMatchObject([{ severity: "error" }]);
  const [diagnostic] = (await faults.intercept("create", "google_thing")) ?? [];
  expect(diagnostic?.summary).toBe(
    "Error creating google_thing: googleapi: Error 503: The service is currently unavailable., backendError",
  );
  expect(await faults.intercept("create", "google_thing")).toBeUndefined();
});

test("the same seed strikes the same calls, at about the asked rate", async () => {
  const rule: FaultRule = { effect: { kind: "error", status: 429 }, rate: 0.3, seed: 7 };
  const first = await strikesOf(rule, 100);
  expect(await strikesOf(rule, 100)).toEqual(first);
  expect(await strikesOf({ ...rule, seed: 8 }, 100)).not.toEqual(first);
  const hits = first.filter(Boolean).length;
  expect(hits).toBeGreaterThan(15);
  expect(hits).toBeLessThan(45);
});

test("delays and times out", async () => {
  await faults.add({ effect: { kind: "latency", milliseconds: 30 } });
  await faults.add({ effect: { kind: "timeout", milliseconds: 30 }, operations: ["delete"] });
  const started = Date.now();
  expect(await faults.intercept("create", "t")).toBeUndefined();
  expect(Date.now() - started).toBeGreaterThanOrEqual(29);
  expect(await faults.intercept("delete", "t")).toMatchObject([
    { summary: expect.stringContaining("timeout") },
  ]);
});

test("loses the answer of something that was done", async () => {
  await faults.add({ effect: { kind: "answer-lost" }, times: 1 });
  const troubled = faults.around(services);
  const lost = await troubled.apply(createRequest);
  expect(lost).toMatchObject({ state: null, diagnostics: [{ severity: "error" }] });
  expect(store.countByType()).toEqual({ google_thing: 1 });
  expect((await troubled.apply(createRequest)).diagnostics).toEqual([]);
});

test("holds the answer back of something that was done", async () => {
  await faults.add({ effect: { kind: "slow-answer", milliseconds: 50 } });
  const slow = faults.around(services).apply(createRequest);
  const first = await Promise.race([slow, new Promise((resolve) => setTimeout(resolve, 25, "nothing yet"))]);
  expect([first, store.countByType()]).toEqual(["nothing yet", { google_thing: 1 }]);
  expect((await slow).diagnostics).toEqual([]);
});

test("hides a new object from so many reads", async () => {
  await faults.add({ effect: { kind: "late", reads: 2 } });
  const troubled = faults.around(services);
  await troubled.apply(createRequest);
  const found = [];
  for (let read = 0; read < 3; read++) found.push((await troubled.read(TYPE, provider, { id: "a" })).state);
  expect(found).toEqual([null, null, { id: "a" }]);
});

test("rules are kept until they are removed", async () => {
  const { id } = await faults.add({ effect: { kind: "error", status: 500 }, times: 1 });
  await faults.add({ effect: { kind: "late", reads: 1 } });
  await faults.intercept("read", "t");
  // WHEN the process starts again
  const again = createFaults(store);
  // THEN
  expect(again.list()).toMatchObject([{ strikes: 1 }, { effect: { kind: "late" } }]);
  expect(await again.intercept("read", "t")).toBeUndefined();
  expect([await again.remove(id), await again.remove(id), again.list().length]).toEqual([true, false, 1]);
});

test("a rule that makes no sense is refused with everything that is wrong in it", () => {
  expect(() =>
    parseFaultRule({ type: "no type!", rate: 2, when: 1, effect: { kind: "error", status: 200 } }),
  ).toThrow(
    /fault\.when: [\s\S]*fault\.type: found "no type!"[\s\S]*fault\.rate: [\s\S]*fault\.effect\.status: found 200/,
  );
  expect(() => parseFaultRule({ effect: { kind: "flood" } })).toThrow(
    /fault\.effect\.kind: found "flood"; expected one of error/,
  );
  expect(() => parseFaultRule("x")).toThrow("expected an object");
  const rule: FaultRule = { effect: { kind: "latency", milliseconds: 5 }, rate: 0.5 };
  expect(parseFaultRule(rule)).toEqual(rule);
});
