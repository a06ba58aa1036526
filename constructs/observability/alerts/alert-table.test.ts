import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inSeconds } from "../../units";
import { type AlertName, alertRow, alertTable } from "./alert-table";

const names = Object.keys(alertTable) as AlertName[];
const runbooks = join(__dirname, "..", "..", "..", "docs", "runbooks");

describe("the alert table", () => {
  test.each(names)("%s has a page that says what it means, where to look and what to do", (name) => {
    const page = readFileSync(join(runbooks, `${name}.md`), "utf8");
    expect(page.match(/^#+ .*$/gm)?.slice(1)).toEqual(["## What it means", "## Look here", "## Do this"]);
  });

  test("is linked by pages that exist only", () => {
    const pages = readdirSync(runbooks);
    const links = names.flatMap((name) => [
      ...readFileSync(join(runbooks, `${name}.md`), "utf8").matchAll(/\]\(([a-z-]+\.md)(?:#[a-z-]+)?\)/g),
    ]);
    expect(links.map((link) => link[1]).filter((link) => !pages.includes(link ?? ""))).toEqual([]);
  });

  test.each(names)(
    "%s wakes somebody for critical things, and looks no further back than Monitoring can",
    (name) => {
      const { tier, severity, window, lasting, about, threshold } = alertRow(name);
      expect(severity === "CRITICAL").toBe(tier === "P1" && name !== "budget-burns-steadily");
      expect(severity === "WARNING" && tier === "P1").toBe(false);
      expect(threshold.value).toBeGreaterThanOrEqual(0);
      expect(threshold.unit !== "share" || threshold.value <= 1).toBe(true);
      expect(inSeconds(lasting)).toBeLessThanOrEqual(86_400);
      if (about !== "spending") expect(inSeconds(window)).toBeLessThanOrEqual(86_400);
    },
  );
});
