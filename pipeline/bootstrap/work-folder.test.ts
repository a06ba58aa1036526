import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WorkFolder } from "./work-folder";

describe("the private folder of a bootstrap", () => {
  let root: string;
  let folder: WorkFolder;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "work-folder-"));
    const synthesized = join(root, "stacks");
    mkdirSync(synthesized);
    const backend = { gcs: { bucket: "states", prefix: "foundation" } };
    const configuration = { terraform: { backend, required_version: ">= 1.11" }, resource: {} };
    writeFileSync(join(synthesized, "cdk.tf.json"), JSON.stringify(configuration));
    folder = new WorkFolder(root, "sandbox", {
      name: "dev-foundation",
      environment: "dev",
      folder: synthesized,
    });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN a synthesized foundation WHEN prepared THEN only its backend is another, and adoptions stand beside it", () => {
    folder.hold();
    folder.prepare();
    const read = (name: string) => JSON.parse(readFileSync(join(folder.local.folder, name), "utf8"));
    expect(read("cdk.tf.json")).toEqual({
      terraform: { backend: { local: { path: folder.stateFile } }, required_version: ">= 1.11" },
      resource: {},
    });
    folder.adopt([{ to: "a.b", id: "c" }]);
    expect(read("adoptions.tf.json")).toEqual({ import: [{ to: "a.b", id: "c" }] });
    expect(folder.adoptions).toEqual([{ to: "a.b", id: "c" }]);
    folder.adopt([]);
    expect(folder.adoptions).toEqual([]);
    folder.remove();
    expect(folder.exists).toBe(false);
  });

  test("GIVEN a living holder THEN nobody else comes in; GIVEN one that is gone THEN its place is free", () => {
    folder.hold();
    writeFileSync(join(folder.path, "holder"), String(process.ppid));
    expect(() => folder.hold()).toThrow(`dev is being bootstrapped by process ${process.ppid}`);
    // No system has a process of this number.
    writeFileSync(join(folder.path, "holder"), "2147483646");
    folder.hold();
    folder.release();
    folder.hold();
  });

  test("GIVEN kills THEN what was begun, not refused and is not in the state is told, also by the runs to come", () => {
    folder.hold();
    for (const address of ["a.refused", "a.known", "a.lost"]) folder.begins(address);
    folder.refused("a.refused");
    const known = (...names: string[]) => {
      const resources = names.map((name) => ({ mode: "managed", type: "a", name }));
      writeFileSync(folder.stateFile, JSON.stringify({ lineage: "l", serial: 3, resources }));
    };
    known("known");
    expect(folder.lost()).toEqual(["a.lost"]);
    // Made a second time, and written down.
    folder.begins("a.lost");
    known("known", "lost");
    expect(folder.lost()).toEqual(["a.lost"]);
    expect(folder.state()).toMatchObject({ lineage: "l", serial: 3 });
  });
});
