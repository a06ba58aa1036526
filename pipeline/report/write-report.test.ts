import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportFolder } from "./write-report";

test("GIVEN a file where the report's folder is to be THEN that is said before anything is planned", () => {
  const root = mkdtempSync(join(tmpdir(), "write-report-"));
  try {
    writeFileSync(join(root, "file"), "");
    expect(reportFolder(root, "new/report")).toBe(join(root, "new", "report"));
    expect(reportFolder(root, ".")).toBe(root);
    for (const out of ["file", "file/below/it"]) {
      expect(() => reportFolder(root, out)).toThrow(`found ${join(root, "file")}, which is a file`);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
