import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { unzip } from "../../bootstrap/terraform/unzip.mjs";
import { sourceFiles } from "./source-files";
import { filesIn, zip } from "./zip";

describe("an artifact", () => {
  test("GIVEN any files THEN the zip gives them back, counts them, and doesn't depend on their order", () => {
    const file = fc.record({
      name: fc.stringMatching(/^[a-zä€]{1,8}(\/[a-z.]{1,8})?$/).filter((name) => !name.endsWith("/")),
      content: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ name }) => name, maxLength: 8 }), (files) => {
        const archive = zip(files);
        expect(filesIn(archive)).toBe(files.length);
        for (const { name, content } of files) expect(unzip(archive, name)).toEqual(content);
        expect(zip([...files].reverse())).toEqual(archive);
      }),
      { numRuns: 100 },
    );
  });

  test("GIVEN no zip, or one cut short THEN nothing is counted", () => {
    const archive = zip([{ name: "a", content: Buffer.from("a") }]);
    expect(filesIn(Buffer.from("a"))).toBeUndefined();
    expect(filesIn(archive.subarray(0, -1))).toBeUndefined();
    expect(filesIn(archive.subarray(40))).toBeUndefined();
  });

  test("GIVEN a service's folder THEN what runs is packed: no packages, tests, hidden files or links", () => {
    const folder = mkdtempSync(join(tmpdir(), "service-"));
    for (const name of ["node_modules/a", ".git", "lib"]) mkdirSync(join(folder, name), { recursive: true });
    for (const name of [
      "package.json",
      "lib/a.js",
      "lib/a.test.ts",
      "node_modules/a/b.js",
      ".git/c",
      ".env",
      "old.zip",
    ])
      writeFileSync(join(folder, name), name);
    symlinkSync("/etc/hostname", join(folder, "link"));
    expect(sourceFiles(folder).map(({ name }) => name)).toEqual(["lib/a.js", "package.json"]);
    rmSync(folder, { recursive: true });
    expect(() => sourceFiles(folder)).toThrow("expected a folder with package.json");
  });
});
