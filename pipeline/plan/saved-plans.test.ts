import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SavedPlans, type SavedRun } from "./saved-plans";

const run: SavedRun = {
  version: 1,
  plannedAt: "2026-11-21T12:00:00.000Z",
  target: "sandbox",
  terraform: { product: "Terraform", version: "1.11.4" },
  stacks: [{ name: "dev-data", environment: "dev", result: "changes", dependsOn: [] }],
};
const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));

describe("saved plans", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "saved-plans-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN a complete run THEN it is the newest, and reads as it was written", () => {
    SavedPlans.create(root, at(1)).writeRun({ ...run, target: "cloud" });
    const saved = SavedPlans.create(root, at(2));
    saved.writeJson("dev-data", "{}");
    saved.writeRun(run);
    SavedPlans.create(root, at(3));

    const newest = SavedPlans.newest(root);
    expect(newest.folder).toBe(saved.folder);
    expect(newest.readRun()).toEqual(run);
    expect([newest.readJson("dev-data"), newest.readJson("dev-network")]).toEqual(["{}", undefined]);
    expect(newest.isApplied("dev-data")).toBe(false);
    newest.markApplied("dev-data");
    expect(SavedPlans.open(saved.folder).isApplied("dev-data")).toBe(true);
  });

  test("GIVEN secrets in plans THEN only their owner reads them", () => {
    const saved = SavedPlans.create(root, at(1));
    saved.writeJson("dev-data", "{}");
    expect(statSync(saved.folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(saved.folder, "dev-data.json")).mode & 0o777).toBe(0o600);
  });

  test("GIVEN many runs THEN the newest ten stay", () => {
    for (let minute = 0; minute < 13; minute++) SavedPlans.create(root, at(minute)).writeRun(run);
    const kept = readdirSync(join(root, ".groundwork", "plans")).sort();
    expect(kept).toHaveLength(10);
    expect(kept[0]).toMatch(/^20261121T120300-/);
  });

  test("GIVEN nothing that is complete THEN the user is told to plan", () => {
    expect(() => SavedPlans.newest(root)).toThrow('Nothing is planned yet: run "groundwork plan" first.');
    expect(() => SavedPlans.open(root)).toThrow(
      /--plan: found .*; expected a folder made by "groundwork plan"/,
    );
  });
});
