import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOfAll } from "../digest/digest";
import { countChanges } from "../plan/changes";
import { mergeReports } from "./merge-reports";
import { readReports } from "./read-reports";
import { renderMarkdown } from "./render-markdown";
import type { Report, ReportedStack } from "./report";

const stack = (name: string, more: Partial<ReportedStack> = {}): ReportedStack => ({
  name,
  environment: name.split("-")[0] ?? "",
  stack: name.split("-")[1] ?? "",
  project: "p",
  dependsOn: [],
  result: "changes",
  digest: digestOfAll({ [name]: digestOfAll({}) }),
  counts: { ...countChanges([]), create: 1 },
  changes: [],
  outputs: [],
  drifted: [],
  renames: [],
  diagnostics: [],
  ...more,
});
const report = (...stacks: ReportedStack[]): Report => ({
  version: 1,
  target: "cloud",
  changedSince: "main (1234567890)",
  digest: digestOfAll({}),
  stacks,
  orphans: [],
  risks: [],
  counts: { ...countChanges([]), create: stacks.length },
});

describe("the reports of several jobs", () => {
  test("GIVEN two THEN they are as one: counted together, the worst risk first, one digest as of one job", () => {
    const dev = report(stack("dev-data"));
    const prod = report(stack("prod-data"));
    dev.risks = [{ kind: "replacement", text: "r", stack: "dev-data" }];
    prod.risks = [{ kind: "data loss", text: "d", stack: "prod-data" }];
    const merged = mergeReports([dev, prod], []);
    expect(merged.counts.create).toBe(2);
    expect(merged.risks.map(({ kind }) => kind)).toEqual(["data loss", "replacement"]);
    const digests = [...dev.stacks, ...prod.stacks].flatMap(({ name, digest }) =>
      digest ? [[name, digest]] : [],
    );
    expect(merged.digest).toBe(digestOfAll(Object.fromEntries(digests)));
  });

  test("GIVEN a job that never reported THEN its stacks are told, and there is no digest", () => {
    const merged = mergeReports(
      [report(stack("dev-data"))],
      [
        { name: "dev-data", environment: "dev" },
        { name: "prod-data", environment: "prod" },
      ],
    );
    expect(merged.digest).toBeUndefined();
    expect(merged.stacks.map(({ name, result }) => [name, result])).toEqual([
      ["dev-data", "changes"],
      ["prod-data", "not planned"],
    ]);
    expect(renderMarkdown(merged)).toContain("No digest: not every stack could be planned");
  });

  test("GIVEN one that is only a rehearsal THEN it says so", () => {
    const merged = mergeReports([{ ...report(stack("dev-data")), rehearsed: true }], []);
    expect(renderMarkdown(merged)).toContain("a rehearsal in the sandbox, on what the base makes");
  });

  test("GIVEN a folder of a job's report, of several jobs' or of none THEN what there is", () => {
    const folder = mkdtempSync(join(tmpdir(), "reports-"));
    for (const job of ["a", "b"]) {
      mkdirSync(join(folder, job));
      writeFileSync(join(folder, job, "report.json"), JSON.stringify(report(stack(`${job}-data`))));
    }
    expect(readReports(folder)).toHaveLength(2);
    expect(readReports(join(folder, "a"))).toHaveLength(1);
    expect(readReports(join(folder, "c"))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
