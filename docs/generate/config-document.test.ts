import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configDocument } from "./config-document";

const root = process.cwd();
const document = configDocument(root);

test("docs/infra/config.md is what `npm run docs` makes", () => {
  expect(readFileSync(join(root, "docs", "infra", "config.md"), "utf8")).toBe(document);
});

test("every field has a meaning, also inside records, lists and alternatives", () => {
  const rows = document.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((row) => row.split(" | ")[1] === "")).toEqual([]);
  for (const path of [
    "services.*.scaling.maxInstances",
    "apis.*.routes[].path",
    "services.*.database.name",
  ]) {
    expect(document).toContain(`| \`${path}\` |`);
  }
});
