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

test("types are found in configurations, states and the store, and again when those change", async () => {
  // GIVEN
  expect(types.current()).toEqual(new Set());
  write("dev-data/cdk.tf.json", '{"resource":{"google_a":{}},"data":[{"google_b":{}},{"google_c":{}}]}');
  write(
    "own/modules/deep/main.tf",
    'resource "mongodbatlas_d" "x" {}\n  data "google_e" "y" {}\nephemeral\t"google_f" "z" {}\n# resource "google_g"',
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
  const found = ["a", "b", "c", "e", "f", "g", "h", "i", "j"].map((letter) => `google_${letter}`);
  expect([...types.current()].sort()).toEqual([...found, "mongodbatlas_d"]);

  // WHEN
  write("dev-data/cdk.tf.json", '{"resource":{"google_k":{}}}');
  await putState("dev/data/default.tfstate", {});
  // THEN
  const later = types.current();
  expect([later.has("google_k"), later.has("google_a"), later.has("google_i")]).toEqual([true, false, false]);
  // AND a file that is just being written stands for what it said before
  write("dev-data/cdk.tf.json", '{"resource":{"goo');
  expect(types.current().has("google_k")).toBe(true);
});
