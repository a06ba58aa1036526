import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Log } from "./log";

test("a log goes on where it was, begins anew when it is large, and is never worth failing for", () => {
  const folder = mkdtempSync(join(tmpdir(), "gw-log-"));
  const file = join(folder, "sandbox.log");
  writeFileSync(file, `${"x".repeat(1024 * 1024)}\n`);
  const log = new Log(file);
  log.line("first of the new file");
  log.error("trouble", new Error("with a stack"));
  expect(statSync(`${file}.1`).size).toBe(1024 * 1024 + 1);
  expect(readFileSync(file, "utf8")).toMatch(
    /^\S+Z \d+ first of the new file\n.*trouble: Error: with a stack\n\s+at /,
  );

  rmSync(folder, { recursive: true });
  expect(() => log.line("nobody reads this")).not.toThrow();
});
