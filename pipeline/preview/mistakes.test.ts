import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PreviewRequest } from "./contract";
import { refuseMistakes } from "./mistakes";

const request: PreviewRequest = {
  pr: 12,
  sha: "3f9a1c2",
  title: "A blue button",
  owner: "ann",
  labels: [],
  pushedAt: "2026-11-21T10:00:00.000Z",
  expiresAt: "2026-11-28T10:00:00.000Z",
  changedServices: [{ name: "orders", artifact: "gs://shop/previews/pr-12/3f9a1c2/orders.zip" }],
};

describe("mistakes in what a preview would be made of", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "gw-mistakes-"));
    for (const name of ["site", "empty", "fixtures", "wrong"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "site", "index.html"), "<h1>Shop</h1>");
    writeFileSync(
      join(folder, "fixtures", "orders.json"),
      '[{ "_id": { "$oid": "64b7f0c2a1b2c3d4e5f60718" } }]',
    );
    writeFileSync(join(folder, "wrong", "orders.json"), "{");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("GIVEN nothing wrong THEN nothing is said; names of managed users and of bots are names too", async () => {
    for (const owner of ["ann", "ann_hazelwick", "dependabot[bot]"]) {
      const sites = { storefront: join(folder, "site") };
      await refuseMistakes({ request: { ...request, owner }, sites, fixtures: join(folder, "fixtures") });
    }
  });

  test("GIVEN everything wrong THEN all of it is told at once", async () => {
    const changedServices = [...request.changedServices, ...request.changedServices];
    const asked = refuseMistakes({
      request: { ...request, owner: "An N", title: "x".repeat(301), changedServices },
      sites: { storefront: join(folder, "empty") },
      fixtures: join(folder, "wrong"),
    });
    await expect(asked).rejects.toMatchObject({
      name: "UserError",
      problems: [
        { field: "preview.title" },
        { field: "preview.owner", found: '"An N"' },
        { field: "--service", found: "orders twice" },
        { field: join(folder, "empty"), found: "no files" },
        { field: join(folder, "wrong", "orders.json"), expected: "MongoDB's Extended JSON" },
      ],
    });
  });
});
