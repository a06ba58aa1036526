import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type SandboxStore } from "../store/open-store";
import { TypesInUse } from "./types-in-use";

let folder: string;
let store: SandboxStore;
let types: TypesInUse;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gw-types-"));
  store = openStore(join(folder, "store"));
  types = new TypesInUse(store, () => [join(folder, "stacks"), join(folder, "missing")]);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  const file = join(folder, "stacks", path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

const sorted = (types: ReadonlySet<string>) => [...types].sort();

test("types are found in configurations, states and the store, and again when those change", async () => {
  // GIVEN
  expect(types.current("google")).toEqual({ resources: new Set(), data: new Set() });
  write("dev-data/cdk.tf.json", '{"resource":{"google_a":{}},"data":[{"google_b":{}},{"google_c":{}}]}');
  write(
    "own/modules/deep/main.tf",
    'resource "mongodbatlas_d" "x" {}\n  data "google_e" "y" {}\n# resource "google_g"',
  );
  write("own/.terraform/modules/other/main.tf", 'resource "google_not_this" "x" {}');
  write("own/notes.txt", 'resource "google_nor_this" "x" {}');
  await store.transact((cloud) => cloud.put({ type: "google_h", id: "1", attributes: {} }));
  const state = {
    resources: [
      { mode: "managed", type: "google_i" },
      { mode: "data", type: "google_j" },
    ],
  };
  const putState = (name: string, content: unknown) =>
    store.buckets.transact((buckets) =>
      buckets.put({
        bucket: "states",
        name,
        md5Hash: "",
        crc32c: "",
        fields: {},
        content: Buffer.from(JSON.stringify(content, null, 2)),
      }),
    );
  await putState("dev/data/default.tfstate", state);
  await putState("dev/data/default.tflock", { type: "google_no_state" });
  // THEN a type too many, as in a comment, does no harm
  const { resources, data } = types.current("google");
  expect(sorted(resources)).toEqual(["google_a", "google_g", "google_h", "google_i", "mongodbatlas_d"]);
  expect(sorted(data)).toEqual(["google_b", "google_c", "google_e", "google_j"]);

  // WHEN
  write("dev-data/cdk.tf.json", '{"resource":{"google_k":{}}}');
  await putState("dev/data/default.tfstate", {});
  // THEN
  const later = types.current("google").resources;
  expect([later.has("google_k"), later.has("google_a"), later.has("google_i")]).toEqual([true, false, false]);
  // AND a file that is just being written stands for what it said before
  write("dev-data/cdk.tf.json", '{"resource":{"goo');
  expect(types.current("google").resources.has("google_k")).toBe(true);
});

test("GIVEN an object of a type that a configuration gives to one provider THEN only that one has it", async () => {
  const body = { thing: { provider: "google-beta" } };
  write("beta/cdk.tf.json", JSON.stringify({ resource: { google_l: body } }));
  await store.transact((cloud) => cloud.put({ type: "google_l", id: "1", attributes: {} }));
  expect(types.current("google-beta").resources.has("google_l")).toBe(true);
  expect(types.current("google").resources.has("google_l")).toBe(false);
});

test("what was found a moment ago is found again, and nothing older than that", async () => {
  expect(types.recent("google").resources.has("google_m")).toBe(false);
  write("late/cdk.tf.json", '{"resource":{"google_m":{}}}');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(types.recent("google").resources.has("google_m")).toBe(true);
});
