import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToSummary, folded } from "./workflow-log";

const folder = mkdtempSync(join(tmpdir(), "workflow-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the log of a workflow run", () => {
  test("GIVEN summaries in a workflow run THEN each is added; GIVEN anything else THEN nothing is written", () => {
    const file = join(folder, "summary.md");
    const inGitHub = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file };
    addToSummary("## one\n", inGitHub);
    addToSummary("## two", inGitHub);
    addToSummary("## three", { GITHUB_STEP_SUMMARY: file });
    addToSummary("## three", { GITHUB_ACTIONS: "true" });
    expect(readFileSync(file, "utf8")).toBe("## one\n\n## two\n\n");
  });

  test("GIVEN more than a summary holds THEN it is cut at a line, and says so", () => {
    const file = join(folder, "long.md");
    writeFileSync(file, "ä".repeat(500_000));
    const inGitHub = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file };
    addToSummary("a line of text\n".repeat(10_000), inGitHub);
    expect(statSync(file).size).toBeLessThanOrEqual(1024 * 1024);
    expect(readFileSync(file, "utf8")).toMatch(/a line of text\n\nThe rest is in the log\.\n$/);
    addToSummary("nothing more fits", inGitHub);
    expect(readFileSync(file, "utf8")).toMatch(/The rest is in the log\.\n$/);
  });

  test("GIVEN a long text in a workflow run THEN it is folded; GIVEN a short one, or anything else THEN it is not", () => {
    const long = "line\n".repeat(60);
    expect(folded("The plan\nof prod", long, { GITHUB_ACTIONS: "true" })).toBe(
      `::group::The plan of prod\n${long}\n::endgroup::`,
    );
    expect([folded("a", "line", { GITHUB_ACTIONS: "true" }), folded("a", long, {})]).toEqual(["line", long]);
  });
});
